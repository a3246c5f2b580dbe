"""What members have vowed, what of it is paid, what is owed: three queries for a whole group."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, TypeAlias

from django.db.models import Count, Max, Min, QuerySet, Sum

from funds.models import ENTRIES_PER_GROUP, Entry
from members.models import Member, SavingsGroup
from savings.models import PledgeMonth, PledgePeriod
from savings.schedule import MonthDue, Period, Run, are_apart, first_due_month, months_due, open_months, pledged_in
from thai.months import add_months, month_of, months_apart

Periods: TypeAlias = tuple[Period, ...]


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


def pledge_due(group: SavingsGroup, on: date, *, members: Iterable[int] | None = None) -> dict[int, PledgeDue]:
    """What each active member with a vow is asked for on a day, by member id; satang. Constant queries.

    Months count from the later of admission and first vow; those paid in advance ask nothing. `members` narrows it to
    these ids.
    """
    this_month = month_of(on)
    ids = None if members is None else list(members)
    periods = _periods(group, ids)
    due: dict[int, PledgeDue] = {}
    alike: dict[tuple[Any, ...], PledgeDue] = {}
    for member_id, months in _open_months(group, periods, this_month, ids).items():
        key = (tuple(months), periods[member_id])
        if key not in alike:
            alike[key] = PledgeDue(
                satang=sum(month.rest for month in months),
                months_owed=[month.month for month in months if month.month < this_month],
                pledge=pledged_in(periods[member_id], this_month),
            )
        due[member_id] = alike[key]
    return due


def open_pledge_months(
    group: SavingsGroup, on: date, *, ahead: int = 12, members: Iterable[int] | None = None
) -> dict[int, list[MonthDue]]:
    """The months that can be paid on a day, by member id, oldest first: owed, this one, and `ahead` months to come.

    Only months with something still to be paid. `members` narrows it to these ids. Constant queries.
    """
    ids = None if members is None else list(members)
    return _open_months(group, _periods(group, ids), add_months(month_of(on), ahead), ids)


def current_pledges(group: SavingsGroup, on: date) -> dict[int, int]:
    """What each member has vowed for the month of a day (satang), by member id."""
    month = month_of(on)
    return {member_id: pledged_in(periods, month) for member_id, periods in _periods(group, None).items()}


def last_paid_month(member: Member) -> date | None:
    """The last month for which a member has paid anything, None if none."""
    found: date | None = counted_months(member.group).filter(member=member).aggregate(last=Max("month"))["last"]
    return found


def _open_months(
    group: SavingsGroup, periods: dict[int, Periods], last: date, ids: list[int] | None = None
) -> dict[int, list[MonthDue]]:
    """The months through `last` with something to be paid, of every active member with a vow.

    Whoever paid regularly is read as a few runs of months; only those with gaps are looked at month by month. Members
    of whom the same is told (most of a village) have one list, reckoned once.
    """
    active = Member.objects.filter(group=group, status=Member.Status.ACTIVE, admitted_on__isnull=False)
    if ids is not None:
        active = active.filter(pk__in=ids)
    firsts: dict[int, date] = {}
    for member_id, admitted_on in active.order_by("pk").values_list("pk", "admitted_on"):
        assert admitted_on is not None
        own = periods.get(member_id, ())
        first = first_due_month(own, admitted_on=admitted_on)
        if first is not None:
            firsts[member_id] = first
    runs = _runs(group, ids)
    gaps = [member_id for member_id in firsts if runs.get(member_id, ()) is None]
    irregular = _paid(group, gaps) if gaps else {}
    regular = cache(partial(_regular_months, last=last))
    found: dict[int, list[MonthDue]] = {}
    for member_id, first in firsts.items():
        own_runs = runs.get(member_id, ())
        if own_runs is None:
            months = months_due(periods[member_id], irregular.get(member_id, {}), first=first, last=last)
            found[member_id] = [month for month in months if month.rest]
        else:
            found[member_id] = regular(periods[member_id], own_runs, first)
    return found


def _regular_months(periods: Periods, runs: tuple[Run, ...], first: date, *, last: date) -> list[MonthDue]:
    return open_months(periods, runs, first=first, last=last)


def _runs(group: SavingsGroup, ids: list[int] | None) -> dict[int, tuple[Run, ...] | None]:
    """What each member paid as runs of months, in order; None for whom they do not tell everything."""
    rows = counted_months(group)
    if ids is not None:
        rows = rows.filter(member__in=ids)
    runs: dict[int, list[Run]] = defaultdict(list)
    gaps: set[int] = set()
    told_rows = rows.order_by().values_list("member_id", "satang")
    for member_id, satang, first, last, months, parts in told_rows.annotate(
        Min("month"), Max("month"), Count("month", distinct=True), Count("satang")
    ):
        runs[member_id].append(Run(first, last, satang))
        if not months == parts == months_apart(first, last) + 1:
            gaps.add(member_id)
    found: dict[int, tuple[Run, ...] | None] = {}
    for member_id, own in runs.items():
        ordered = tuple(sorted(own))
        found[member_id] = ordered if member_id not in gaps and are_apart(ordered) else None
    return found


def _periods(group: SavingsGroup, ids: list[int] | None) -> dict[int, Periods]:
    rows = PledgePeriod.objects.filter(group=group)
    if ids is not None:
        rows = rows.filter(member__in=ids)
    periods: defaultdict[int, list[Period]] = defaultdict(list)
    for member_id, starts_on, satang in rows.order_by("member_id", "starts_on").values_list(
        "member_id", "starts_on", "satang"
    ):
        periods[member_id].append(Period(starts_on, satang))
    return {member_id: tuple(own) for member_id, own in periods.items()}


def _paid(group: SavingsGroup, ids: list[int]) -> dict[int, dict[date, int]]:
    rows = counted_months(group).filter(member__in=ids)
    paid: defaultdict[int, dict[date, int]] = defaultdict(dict)
    sums = rows.order_by().values_list("member_id", "month").annotate(satang=Sum("satang"))
    for member_id, month, satang in sums:
        paid[member_id][month] = satang
    return paid
