"""What members have vowed, what of it is paid, what is owed: three queries for a whole group."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet, Sum

from funds.models import ENTRIES_PER_GROUP, Entry
from members.models import Member, SavingsGroup
from savings.models import PledgeMonth, PledgePeriod
from savings.schedule import MonthDue, Period, first_due_month, months_due, pledged_in
from thai.months import add_months, month_of


@dataclass(frozen=True, slots=True)
class PledgeDue:
    """What a member is asked for on a day: the month of that day and every month missed before it.

    satang: all of it together. months_owed: the missed months in order, this month not among them. pledge: the vow of
    this month alone.
    """

    satang: int
    months_owed: list[date]
    pledge: int = 0


def counted_months(group: SavingsGroup) -> QuerySet[PledgeMonth]:
    """The paid months of a group that count: those of receipts which no entry reverses."""
    first = group.pk * ENTRIES_PER_GROUP
    reversed_ids = Entry.objects.filter(reverses__gt=first, reverses__lt=first + ENTRIES_PER_GROUP).values("reverses")
    return PledgeMonth.objects.filter(group=group).exclude(entry__in=reversed_ids)


def pledge_due(group: SavingsGroup, on: date) -> dict[int, PledgeDue]:
    """What each active member with a vow is asked for on a day, by member id; satang. Constant queries.

    Months count from the latest of admission, start of the books and first vow; those paid in advance ask nothing.
    """
    this_month = month_of(on)
    due: dict[int, PledgeDue] = {}
    for member_id, months in _schedules(group, this_month).items():
        owed = [month for month in months if month.rest]
        due[member_id] = PledgeDue(
            satang=sum(month.rest for month in owed),
            months_owed=[month.month for month in owed if month.month < this_month],
            pledge=next((month.pledged for month in months if month.month == this_month), 0),
        )
    return due


def open_pledge_months(
    group: SavingsGroup, on: date, *, ahead: int = 12, members: Iterable[int] | None = None
) -> dict[int, list[MonthDue]]:
    """The months that can be paid on a day, by member id, oldest first: owed, this one, and `ahead` months to come.

    Only months with something still to be paid. `members` narrows it to these ids. Constant queries.
    """
    last = add_months(month_of(on), ahead)
    schedules = _schedules(group, last, members=members)
    return {member_id: [month for month in months if month.rest] for member_id, months in schedules.items()}


def current_pledges(group: SavingsGroup, on: date) -> dict[int, int]:
    """What each member has vowed for the month of a day (satang), by member id."""
    month = month_of(on)
    return {member_id: pledged_in(periods, month) for member_id, periods in _periods(group, None).items()}


def last_paid_month(member: Member) -> date | None:
    """The last month for which a member has paid anything, None if none."""
    found: date | None = counted_months(member.group).filter(member=member).aggregate(last=Max("month"))["last"]
    return found


def _schedules(group: SavingsGroup, last: date, *, members: Iterable[int] | None = None) -> dict[int, list[MonthDue]]:
    ids = None if members is None else list(members)
    active = Member.objects.filter(group=group, status=Member.Status.ACTIVE, admitted_on__isnull=False)
    if ids is not None:
        active = active.filter(pk__in=ids)
    periods = _periods(group, ids)
    paid = _paid(group, ids)
    schedules: dict[int, list[MonthDue]] = {}
    for member_id, admitted_on in active.values_list("pk", "admitted_on"):
        assert admitted_on is not None
        own = periods.get(member_id, [])
        first = first_due_month(own, admitted_on=admitted_on, books_start_on=group.first_year_starts_on)
        if first is not None:
            schedules[member_id] = list(months_due(own, paid.get(member_id, {}), first=first, last=last))
    return schedules


def _periods(group: SavingsGroup, ids: list[int] | None) -> dict[int, list[Period]]:
    rows = PledgePeriod.objects.filter(group=group)
    if ids is not None:
        rows = rows.filter(member__in=ids)
    periods: defaultdict[int, list[Period]] = defaultdict(list)
    for member_id, starts_on, satang in rows.order_by("member", "starts_on").values_list(
        "member_id", "starts_on", "satang"
    ):
        periods[member_id].append(Period(starts_on, satang))
    return periods


def _paid(group: SavingsGroup, ids: list[int] | None) -> dict[int, dict[date, int]]:
    rows = counted_months(group)
    if ids is not None:
        rows = rows.filter(member__in=ids)
    paid: defaultdict[int, dict[date, int]] = defaultdict(dict)
    sums = rows.order_by().values_list("member_id", "month").annotate(satang=Sum("satang"))
    for member_id, month, satang in sums:
        paid[member_id][month] = satang
    return paid
