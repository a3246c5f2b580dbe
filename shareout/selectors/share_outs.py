"""Share-outs as they are looked at: where one stands, its heads, its members, what waits for approval."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.models import AccountYear, Entry
from funds.selectors import balances
from funds.waiting import Waiting
from members.models import SavingsGroup, User
from members.selectors.people import PeopleFilter, people
from shareout.models import HeadAllotment, MemberShare, ShareOut
from shareout.share_out_postings import PAYABLE

RELATED = (
    "year", "policy", "resolution", "requested_by", "approved_by", "posted_by", "first_entry", "last_entry",
    "signature__signed_by",
)  # fmt: skip


@dataclass(frozen=True)
class ShareTotals:
    """All members together, satang."""

    dividend: int
    rebate: int
    unpaid: int

    @property
    def satang(self) -> int:
        """Dividend and rebate."""
        return self.dividend + self.rebate


def share_outs_of(group: SavingsGroup) -> QuerySet[ShareOut]:
    """The share-outs of a group that stand, the latest first."""
    rows = ShareOut.objects.filter(group=group, cancelled_at__isnull=True)
    return rows.select_related(*RELATED).order_by("-year__starts_on")


def share_out_of(year: AccountYear) -> ShareOut | None:
    """The share-out of a year, if it has one."""
    return share_outs_of(year.group).filter(year=year).first()


def waiting_share_outs(group: SavingsGroup, user: User) -> list[Waiting]:
    """The share-outs among what waits for a second officer."""
    return [
        Waiting(
            title=_("Share-out of %(year)s") % {"year": row.year.year},
            satang=row.distributable,
            to="",
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("shareout:share-out", args=[group.code, row.pk]),
        )
        for row in share_outs_of(group).filter(approved_at__isnull=True)
    ]


def heads_of(share_out: ShareOut) -> QuerySet[HeadAllotment]:
    """The heads in the policy's order."""
    return HeadAllotment.objects.filter(share_out=share_out).order_by("position")


def head_entry(share_out: ShareOut, operation_name: str) -> Entry | None:
    """The entry of the other heads (`heads`) or of the administration, of a posted share-out."""
    if share_out.last_entry is None or share_out.first_entry is None:
        return None
    rows = Entry.objects.filter(
        group=share_out.group_id, pk__range=(share_out.first_entry.pk, share_out.last_entry.pk), member_share=None
    )
    code = "A3100" if operation_name == "administration" else ""
    found = rows.filter(postings__account__code=code) if code else rows.exclude(postings__account__code="A3100")
    return found.order_by("pk").first()


def shares_of(share_out: ShareOut, q: str = "") -> QuerySet[MemberShare]:
    """The members' shares by number, found by number or name."""
    rows = MemberShare.objects.filter(share_out=share_out).select_related("member", "entry")
    if q:
        rows = rows.filter(member__in=people(group=share_out.group, by=PeopleFilter(q=q)).values("pk"))
    return rows.order_by("member__number")


def totals_of(share_out: ShareOut) -> ShareTotals:
    """All members' shares, and what of their accounts is unpaid."""
    rows = list(MemberShare.objects.filter(share_out=share_out).select_related("member"))
    owed = balances(share_out.group, PAYABLE)
    return ShareTotals(
        dividend=sum(row.dividend_satang for row in rows),
        rebate=sum(row.rebate_satang for row in rows),
        unpaid=sum(max(0, -owed.get(row.member.holder, 0)) for row in rows if row.satang),
    )


def state_of(share_out: ShareOut, totals: ShareTotals) -> str:
    """draft is a policy; simulated, adopted, posted; paid when no member has anything of it on the account."""
    return "paid" if share_out.state == "posted" and not totals.unpaid else share_out.state
