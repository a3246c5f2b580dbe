"""The group's home: who we are, what to do next, what needs attention, how savings grew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.models import Posting
from members.models import Member, SavingsGroup
from thai.months import month_of, months_between


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


def savings_by_month(*, group: SavingsGroup, since: date, until: date, now: int) -> Sequence[tuple[date, int]]:
    """Pledge savings (satang >= 0) at the end of each month between two days, reckoned back from `now`; one query.

    Summed by day and not by month: meetings are few, and the index on postings knows days.
    """
    moved: dict[date, int] = {}
    postings = Posting.objects.filter(group=group, account__code="O2100", booked_on__gte=month_of(since))
    for day, amount in postings.order_by().values_list("booked_on").annotate(Sum("amount")):
        moved[month_of(day)] = moved.get(month_of(day), 0) - amount
    balance = now - sum(moved.values())
    points = []
    for month in months_between(since, until):
        balance += moved.get(month, 0)
        points.append((month, balance))
    return points
