"""Interest on special savings. Plain values: satang, dates, rates in hundredths of a per cent a year. No database.

A period is whole months. Each month is reckoned by the terms that hold on its first day:

- daily: every day counts with the balance at its end (the day of a deposit counts, the day of a withdrawal does not),
  satang x days x rate / (10,000 x 365), in leap years as well;
- monthly: the lowest balance at the end of any day of the month, satang x rate / (10,000 x 12).

The parts of a book are added as fractions and rounded once, half a satang up.

By hand: 10,000.00 baht for the 30 days of June at 3.00 per cent by day: 1,000,000 x 30 x 300 / 3,650,000 = 2,465.75...,
so 24.66 baht. The same month by its lowest balance: 1,000,000 x 300 / 120,000 = 2,500, so 25.00 baht.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thai.months import add_months, month_of, months_apart, months_between

DAILY, MONTHLY = "daily", "monthly"
DAYS_OF_A_YEAR, MONTHS_OF_A_YEAR = 365, 12
WHOLE = 100_00  # hundredths of a per cent
DENOMINATOR = WHOLE * DAYS_OF_A_YEAR * MONTHS_OF_A_YEAR


@dataclass(frozen=True, slots=True)
class Terms:
    """From the first of a month on: how much a year, reckoned how."""

    valid_from: date
    rate: int
    method: str


@dataclass(frozen=True, slots=True)
class Movement:
    """What came into a book (satang > 0) or went out of it on a day."""

    on: date
    satang: int


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of days, both included, that earns by one balance at one rate."""

    first: date
    last: date
    balance: int
    rate: int
    method: str

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int:
        """How many months it has, where it is whole months."""
        return months_apart(month_of(self.first), month_of(self.last)) + 1

    @property
    def weight(self) -> int:
        """What it earns, in parts of a satang: of DENOMINATOR one."""
        time = self.days * MONTHS_OF_A_YEAR if self.method == DAILY else self.months * DAYS_OF_A_YEAR
        return self.balance * self.rate * time


@dataclass(frozen=True, slots=True)
class Working:
    """How the interest of a book came about."""

    steps: tuple[Step, ...]

    @property
    def satang(self) -> int:
        """The interest: all steps together, half a satang rounded up."""
        return (2 * sum(step.weight for step in self.steps) + DENOMINATOR) // (2 * DENOMINATOR)

    @property
    def shown(self) -> tuple[Step, ...]:
        """The steps as people read them: months of one lowest balance and rate that follow each other are one line."""
        return tuple(_joined(self.steps, (DAILY, MONTHLY)))


def interest(
    brought_forward: int, movements: Sequence[Movement], terms: Sequence[Terms], *, first: date, last: date
) -> Working:
    """Reckon a book's interest from `first` (the first of a month) to `last` (the last of one).

    brought_forward: the balance before `first`; movements: those from `first` to `last`; terms: in order of time.
    """
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        raise ValueError(f"{first} to {last} is not whole months")
    ends = _balances_by_day(brought_forward, movements)
    steps: list[Step] = []
    for month in months_between(first, last):
        held = terms_on(terms, month)
        if held is None or not held.rate:
            continue
        end = add_months(month, 1) - timedelta(days=1)
        stretches = list(_stretches(ends, month, end))
        if held.method == MONTHLY:
            lowest = min(balance for _first, _last, balance in stretches)
            stretches = [(month, end, lowest)]
        steps += [Step(day, until, balance, held.rate, held.method) for day, until, balance in stretches if balance > 0]
    return Working(tuple(_joined(steps)))


def terms_on(terms: Sequence[Terms], on: date) -> Terms | None:
    """The terms that hold on a day; None before the first."""
    place = bisect_right([each.valid_from for each in terms], on)
    return terms[place - 1] if place else None


def next_period_end(start: date, credit_months: Sequence[int]) -> date:
    """The last day of the first month from `start` on at whose end interest is credited."""
    month = start
    while month.month not in credit_months:
        month = add_months(month, 1)
    return add_months(month, 1) - timedelta(days=1)


def _balances_by_day(brought_forward: int, movements: Sequence[Movement]) -> list[tuple[date, int]]:
    """The days on which the balance changes, each with the balance at its end."""
    changes: dict[date, int] = {date.min: brought_forward}
    for movement in sorted(movements, key=lambda each: each.on):
        changes[movement.on] = changes.get(movement.on, 0) + movement.satang
    balance, ends = 0, []
    for day, satang in changes.items():
        balance += satang
        ends.append((day, balance))
    return ends


def _stretches(ends: Sequence[tuple[date, int]], first: date, last: date) -> Iterator[tuple[date, date, int]]:
    """The days of one balance within a month."""
    place = bisect_right([day for day, _balance in ends], first) - 1
    day = first
    while day <= last:
        after = ends[place + 1][0] if place + 1 < len(ends) else date.max
        until = min(last, after - timedelta(days=1))
        yield day, until, ends[place][1]
        day, place = until + timedelta(days=1), place + 1


def _joined(steps: Sequence[Step], methods: Sequence[str] = (DAILY,)) -> Iterator[Step]:
    """Stretches by day that follow each other at one balance and rate become one; months too where asked."""
    held: Step | None = None
    for step in steps:
        if (
            held is not None
            and held.method == step.method
            and step.method in methods
            and (held.balance, held.rate) == (step.balance, step.rate)
            and held.last + timedelta(days=1) == step.first
        ):
            held = Step(held.first, step.last, held.balance, held.rate, held.method)
            continue
        if held is not None:
            yield held
        held = step
    if held is not None:
        yield held
