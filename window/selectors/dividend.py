"""The last share-out as the home page of a member names it."""

from dataclasses import dataclass

from members.models import Member
from shareout.models import MemberShare
from shareout.selectors.explanation import PaidShare, paid_share, posted_share_outs


@dataclass(frozen=True)
class LastDividend:
    """What the last posted share-out gave a member (satang, may be 0) and what became of it."""

    year: int
    satang: int
    paid: PaidShare


def last_dividend(member: Member) -> LastDividend | None:
    """The last share-out that stands in the books; None where there is none. One query, or five."""
    share_out = posted_share_outs(member.group).first()
    if share_out is None:
        return None
    share = MemberShare.objects.filter(share_out=share_out, member=member).first()
    return LastDividend(share_out.year.year, share.satang if share else 0, paid_share(share_out, member))
