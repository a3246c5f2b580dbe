"""Money brought beside the meeting: the list, its sums, and what of it the bank book has not shown yet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from funds.models import MatchedPosting, Way
from funds.selectors.reversals import with_reversal
from members.group_settings import setting
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people
from savings.models import Deposit
from savings.selectors.due import PledgeDue, open_pledge_months, pledge_due
from savings.selectors.months import FINE

SHOWS = ("all", "waiting", "cash", "transfer")


def deposits(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[Deposit]:
    """The deposits of a group, the latest first; each says whether it was reversed or found in the bank book."""
    found = with_reversal(Deposit.objects.filter(group=group)).select_related("member", "entry", "recorded_by")
    found = found.annotate(is_matched=Exists(MatchedPosting.objects.filter(entry=OuterRef("entry"))))
    if show == "waiting":
        found = found.filter(way=Way.TRANSFER, entry__reversals__isnull=True, is_matched=False)
    elif show in (Way.CASH, Way.TRANSFER):
        found = found.filter(way=show)
    if q:
        slip = found.filter(slip_ref__icontains=q)
        found = found.filter(member__in=people(group=group, by=PeopleFilter(q=q)).values("pk")) | slip
    return found.order_by("-received_on", "-pk")


def waiting_transfers(group: SavingsGroup) -> int:
    """How many transfers the bank book has not shown yet."""
    return deposits(group, show="waiting").count()


def deposits_total(found: QuerySet[Deposit]) -> int:
    """The sum of those that stand (satang)."""
    parts = F("pledge_satang") + F("special_satang") + F("fee_satang") + F("fine_satang")
    standing = found.filter(entry__reversals__isnull=True).order_by()
    total: int = standing.aggregate(total=Sum(parts, default=0))["total"]
    return total


@dataclass(frozen=True, slots=True)
class Asked:
    """What a member may bring on a day; satang. `months` are those that the pledge pays: owed, and this one."""

    pledge: int
    fine: int
    months: tuple[date, ...]
    owed: int


def asked_of(member: Member, on: date) -> Asked:
    """What is due of a member on a day, with the fine for each month owed."""
    due = pledge_due(member.group, on, members=[member.pk]).get(member.pk, PledgeDue(0, []))
    months = open_pledge_months(member.group, on, ahead=0, members=[member.pk]).get(member.pk, [])
    fine = int(setting(member.group, FINE, on))
    return Asked(due.satang, fine * len(due.months_owed), tuple(m.month for m in months), len(due.months_owed))
