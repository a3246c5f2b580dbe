"""Which month of a pledge asks for how much, and what of it is paid. Plain values in satang, no database."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thai.months import month_of, months_between


@dataclass(frozen=True, slots=True)
class Period:
    """From the month `starts_on` the member has vowed so much a month (0: the vow rests), until the next period."""

    starts_on: date
    satang: int


@dataclass(frozen=True, slots=True)
class MonthDue:
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


def first_due_month(periods: Sequence[Period], *, admitted_on: date, books_start_on: date) -> date | None:
    """The first month that can be owed: none is before the admission, the group's books or the first vow."""
    if not periods:
        return None
    return max(month_of(admitted_on), month_of(books_start_on), periods[0].starts_on)


def months_due(periods: Sequence[Period], paid: Mapping[date, int], *, first: date, last: date) -> Iterator[MonthDue]:
    """Every month from `first` to `last` that asks for something, in order, with what is paid for it."""
    for month in months_between(first, last):
        pledged = pledged_in(periods, month)
        if pledged:
            yield MonthDue(month, pledged, paid.get(month, 0))
