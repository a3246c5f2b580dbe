"""What a loan would cost: its instalments, what is paid each month, and the yearly rate as a borrower would compare it.

Pure: from terms, an amount and a day. A yearly rate that is compared with the law's cap comes from the unrounded plan.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from loans.schedule import (
    MONTHS_A_YEAR,
    DayCount,
    ExactInstalment,
    Instalment,
    Method,
    Rhythm,
    build_schedule,
    cap_schedule,
    due_date,
)
from loans.yearly_rate import YEARLY_CAP, exceeds_cap, nominal_apr

EXAMPLE_SATANG = 10_000_00
_ANY_DAY = date(2026, 1, 5)  # what a term costs a year does not depend on the day: time is counted in months
_LARGE = 1_000_000_000_00
_PER_CENT = Fraction(1, 100)


class Agreed(Protocol):
    """How a loan is reckoned, by a product's terms or by a contract."""

    @property
    def monthly_rate(self) -> Fraction: ...
    @property
    def late_rate(self) -> Fraction: ...
    @property
    def method(self) -> str: ...
    @property
    def rhythm(self) -> str: ...
    @property
    def day_count(self) -> str: ...
    @property
    def round_to(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Quote:
    """A loan before it is given (satang)."""

    principal: int
    instalments: tuple[Instalment, ...]
    apr: Decimal
    is_above_cap: bool

    @property
    def interest(self) -> int:
        """All interest of the plan."""
        return sum(each.interest for each in self.instalments)

    @property
    def total(self) -> int:
        """All that is paid back."""
        return self.principal + self.interest

    @property
    def highest(self) -> int:
        """The highest instalment: what the borrower must be able to pay."""
        return max(each.total for each in self.instalments)

    @property
    def first(self) -> Instalment:
        """The first instalment."""
        return self.instalments[0]

    @property
    def last(self) -> Instalment:
        """The last instalment."""
        return self.instalments[-1]

    @property
    def is_level(self) -> bool:
        """Whether every instalment but the last is the same."""
        return len({each.total for each in self.instalments[:-1]}) == 1


def quote(
    agreed: Agreed, *, principal: int, months: int, starts_on: date, first_due_on: date | None = None, grace: int = 0
) -> Quote:
    """Plan a loan of so many satang over so many months; due a month after it begins unless told.

    Raises ValueError where no such plan can be made: the step of rounding leaves the last instalment nothing.
    """
    due = first_due_on or first_due(agreed, starts_on, months)
    lines = build_schedule(
        principal=principal,
        monthly_rate=agreed.monthly_rate,
        instalments=months,
        method=Method(agreed.method),
        rhythm=Rhythm(agreed.rhythm),
        starts_on=starts_on,
        first_due_on=due,
        day_count=DayCount(agreed.day_count),
        round_to=agreed.round_to,
        grace_principal=grace,
    )
    exact = _exact(agreed, principal, months, grace, starts_on, due)
    return Quote(principal, lines, nominal_apr(lines, principal, starts_on), exceeds_cap(exact, principal, starts_on))


def first_due(agreed: Agreed, starts_on: date, months: int) -> date:
    """The first due date of a plan that nobody has set yet: a month later, or at the end of a single payment's term."""
    return due_date(starts_on, months if agreed.rhythm == Rhythm.SINGLE_PAYMENT else 1)


@dataclass(frozen=True, slots=True)
class Dearest:
    """The term (months, of them `grace` without principal) at which a product costs most a year, and how much."""

    months: int
    grace: int
    apr: Decimal
    is_above_cap: bool
    is_above_cap_when_late: bool


def dearest(agreed: Agreed, *, longest: int, grace_max: int = 0) -> Dearest:
    """Find what a product costs a year at most, over every term and every grace it offers.

    On a reducing balance no term costs more than twelve times the month's rate, and the shortest costs exactly that.
    """
    if agreed.method != Method.FLAT or agreed.rhythm in (Rhythm.INTEREST_ONLY, Rhythm.SINGLE_PAYMENT):
        longest, grace_max = 1, 0
    return _dearest(_Reckoned.of(agreed), longest, grace_max)


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """The same terms by value, so that an answer can be kept."""

    monthly_rate: Fraction
    late_rate: Fraction
    method: str
    rhythm: str
    day_count: str
    round_to: int

    @classmethod
    def of(cls, agreed: Agreed) -> "_Reckoned":
        return cls(
            agreed.monthly_rate, agreed.late_rate, agreed.method, agreed.rhythm, agreed.day_count, agreed.round_to
        )


@lru_cache(maxsize=256)
def _dearest(agreed: _Reckoned, longest: int, grace_max: int) -> Dearest:
    room = YEARLY_CAP - MONTHS_A_YEAR * agreed.late_rate
    best, apr = (1, 0), Decimal(0)
    is_above = is_above_when_late = False
    for months in range(1, longest + 1):
        for grace in range(min(grace_max, months - 1) + 1):
            plan = _exact(agreed, _LARGE, months, grace, _ANY_DAY, first_due(agreed, _ANY_DAY, months))
            if months == 1 or exceeds_cap(plan, _LARGE, _ANY_DAY, Fraction(apr) * _PER_CENT):
                best, apr = (months, grace), nominal_apr(plan, _LARGE, _ANY_DAY)
            is_above = is_above or exceeds_cap(plan, _LARGE, _ANY_DAY)
            is_above_when_late = is_above_when_late or room < 0 or exceeds_cap(plan, _LARGE, _ANY_DAY, room)
    return Dearest(*best, apr, is_above, is_above_when_late)


def _exact(
    agreed: Agreed, principal: int, months: int, grace: int, starts_on: date, due: date
) -> tuple[ExactInstalment, ...]:
    return cap_schedule(
        principal=principal,
        monthly_rate=agreed.monthly_rate,
        instalments=months,
        method=Method(agreed.method),
        rhythm=Rhythm(agreed.rhythm),
        starts_on=starts_on,
        first_due_on=due,
        day_count=DayCount(agreed.day_count),
        grace_principal=grace,
    )
