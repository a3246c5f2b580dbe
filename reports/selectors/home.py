"""The group's home: who we are, what to do next, what needs attention, how savings grew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.models import Posting
from funds.selectors import code_balances
from members.models import Member, SavingsGroup
from thai.months import add_months, month_of, months_between


@dataclass(frozen=True)
class Register:
    """How many members and households a group has."""

    members: int
    households: int

    @property
    def sentence(self) -> str:
        """Both in words: "4 members in 1 household"."""
        members = ngettext("%(count)s member", "%(count)s members", self.members) % {"count": self.members}
        households = ngettext("%(count)s household", "%(count)s households", self.households)
        return _("%(members)s in %(households)s") % {
            "members": members,
            "households": households % {"count": self.households},
        }


def register(*, group: SavingsGroup) -> Register:
    """Count active members and their households; one query."""
    active = Member.objects.filter(group=group, status=Member.Status.ACTIVE)
    return Register(**active.aggregate(members=Count("pk"), households=Count("household", distinct=True)))


def savings_by_month(*, group: SavingsGroup, since: date, until: date) -> Sequence[tuple[date, int]]:
    """Pledge savings (satang >= 0) at the end of each month between two days; three queries."""
    postings = Posting.objects.filter(group=group, account__code="O2100")
    balance = -code_balances(group, ["O2100"], month_of(since) - timedelta(days=1))["O2100"]
    within = postings.filter(booked_on__gte=month_of(since), booked_on__lt=add_months(until, 1))
    moved = dict(
        within.order_by().annotate(month=TruncMonth("booked_on")).values_list("month").annotate(satang=Sum("amount"))
    )
    points = []
    for month in months_between(since, until):
        balance -= moved.get(month, 0)
        points.append((month, balance))
    return points
