"""Which month of a pledge asks for how much, and what of it is paid. Plain values in satang, no database."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from thai.months import add_months, month_of, months_between


class Period(NamedTuple):
    """From the month `starts_on` the member has vowed so much a month (0: the vow rests), until the next period."""

    starts_on: date
    satang: int


class MonthDue(NamedTuple):
    """One month of a pledge: what was vowed and what has been paid for it."""

    month: date
    pledged: int
    paid: int

    @property
    def rest(self) -> int:
        """What of the month is still to be paid."""
        return max(self.pledged - self.paid, 0)


def pledged_in(periods: Sequence[Period], month: date) -> int:
    """What was vowed for a month: the last period that began by then. `periods` in order of time."""
    index = bisect_right([period.starts_on for period in periods], month)
    return periods[index - 1].satang if index else 0


def first_due_month(periods: Sequence[Period], *, admitted_on: date) -> date | None:
    """The first month that can be owed: none is before the admission or the first vow.

    A vow begins with the books at the earliest, unless months owed from before were taken over from paper.
    """
    if not periods:
        return None
    return max(month_of(admitted_on), periods[0].starts_on)


def months_due(periods: Sequence[Period], paid: Mapping[date, int], *, first: date, last: date) -> Iterator[MonthDue]:
    """Every month from `first` to `last` that asks for something, in order, with what is paid for it."""
    starts = [period.starts_on for period in periods]
    for month in months_between(first, last):
        index = bisect_right(starts, month)
        if index and (pledged := periods[index - 1].satang):
            yield MonthDue(month, pledged, paid.get(month, 0))


class Run(NamedTuple):
    """Months in a row, none left out, of which the same amount was paid each."""

    first: date
    last: date
    satang: int


def are_apart(runs: Sequence[Run]) -> bool:
    """Whether no month lies in two of these runs. `runs` in order of time."""
    return all(before.last < after.first for before, after in pairwise(runs))


def open_months(periods: Sequence[Period], runs: Sequence[Run], *, first: date, last: date) -> list[MonthDue]:
    """The months from `first` to `last` of which something is still to be paid, in order.

    The same answer as `months_due` gives month by month, for payments that are told in runs: what was paid in full
    is stepped over as a whole, so that ten regular years cost no more than one. `runs` in order, apart.
    """
    if last < first:
        return []
    if (unpaid_from := _unpaid_from(periods, runs, first)) is not None:
        return list(months_due(periods, {}, first=unpaid_from, last=last))
    found: list[MonthDue] = []
    edges = {first, *(period.starts_on for period in periods), *(run.first for run in runs)}
    edges |= {add_months(run.last, 1) for run in runs}
    starts = sorted(edge for edge in edges if first <= edge <= last)
    for start, end in zip(starts, [*starts[1:], add_months(last, 1)], strict=True):
        pledged = pledged_in(periods, start)
        paid = next((run.satang for run in runs if run.first <= start <= run.last), 0)
        if paid < pledged:
            found.extend(MonthDue(month, pledged, paid) for month in months_between(start, add_months(end, -1)))
    return found


def _unpaid_from(periods: Sequence[Period], runs: Sequence[Run], first: date) -> date | None:
    """The month from which on nothing is paid, where all before it is paid in full: so it is with nearly everybody.

    None where more than one run, or less than what was vowed, asks for a closer look.
    """
    if not runs:
        return first
    run = runs[0]
    if len(runs) > 1 or run.first > first or any(period.satang > run.satang for period in periods):
        return None
    return max(first, add_months(run.last, 1))
