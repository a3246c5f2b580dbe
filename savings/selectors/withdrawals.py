"""Withdrawals beside the meeting: the list, what waits, what a member's own window says."""

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.selectors.reversals import with_reversal
from funds.waiting import Waiting
from members.models import SavingsGroup, User
from members.selectors.people import PeopleFilter, people
from savings.models import InterestRun, Withdrawal

SHOWS = ("all", "waiting", "paid", "cancelled")


def withdrawals(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[Withdrawal]:
    """The withdrawals of a group, the latest first."""
    found = Withdrawal.objects.filter(group=group).select_related(
        "member", "book", "entry", "requested_by", "approved_by", "cancelled_by", "signature"
    )
    found = with_reversal(found)
    if show == "waiting":
        found = found.filter(entry__isnull=True, cancelled_at__isnull=True)
    elif show == "paid":
        found = found.filter(entry__isnull=False, entry__reversals__isnull=True)
    elif show == "cancelled":
        found = found.filter(cancelled_at__isnull=False)
    if q:
        found = found.filter(member__in=people(group=group, by=PeopleFilter(q=q)).values("pk"))
    return found.order_by("-pk")


def withdrawals_total(found: QuerySet[Withdrawal]) -> int:
    """The sum of those that are neither cancelled nor reversed (satang)."""
    standing = found.filter(cancelled_at__isnull=True, entry__reversals__isnull=True).order_by()
    total: int = standing.aggregate(total=Sum("satang", default=0))["total"]
    return total


def waiting_withdrawals(group: SavingsGroup, user: User) -> list[Waiting]:
    """The withdrawals that a second officer has to approve."""
    return [
        Waiting(
            title=_("Withdrawal from book %(number)s") % {"number": row.book.number},
            satang=row.satang,
            to=row.member.full_name,
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("savings:withdrawal", args=[group.code, row.pk]),
        )
        for row in withdrawals(group, show="waiting")
    ]


def waiting_interest(group: SavingsGroup, user: User) -> list[Waiting]:
    """The creditings of interest that a second officer has to approve."""
    runs = InterestRun.objects.filter(group=group, entry__isnull=True, cancelled_at__isnull=True)
    return [
        Waiting(
            title=_("Interest of %(product)s") % {"product": run.product.name},
            satang=run.total_satang,
            to="",
            asked_by=run.requested_by,
            asked_at=run.requested_at,
            url=reverse("savings:interest", args=[group.code, run.pk]),
        )
        for run in runs.select_related("product", "requested_by")
    ]
