"""What a loan costs a year, and whether that is above the law's cap; exact, whatever the schedule.

The yearly rate is 12 x the monthly internal rate of return: the monthly rate i at which the payments, each divided by
(1 + i) to the power of its month, are together worth the principal lent.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from thai.months import months_apart

YEARLY_CAP = Fraction(15, 100)  # Civil and Commercial Code s.654
_PER_CENT = 100
_HUNDREDTHS = 100
_MONTHS_A_YEAR = 12


class Flow(Protocol):
    """A payment by the borrower: satang, whole or exact."""

    @property
    def due_on(self) -> date: ...
    @property
    def principal(self) -> int | Fraction: ...
    @property
    def interest(self) -> int | Fraction: ...


def flow_month(starts_on: date, due_on: date) -> int:
    """Count a payment's month: calendar months from starts_on, at least 1."""
    return max(1, months_apart(starts_on, due_on))


def nominal_apr(schedule: Sequence[Flow], principal: int, starts_on: date) -> Decimal:
    """Return 12 x the monthly internal rate of return in per cent, half up to two places: Decimal('21.46').

    principal: satang received by the borrower on starts_on. Raises ValueError where nothing is lent, nothing is paid,
    or less is paid back than was lent.
    """
    flows = _monthly(schedule, principal, starts_on)
    if sum(flows) < principal:
        raise ValueError(f"the payments come to {sum(flows)} satang, less than the {principal} satang lent")
    low, high = 0, 2048
    while _reaches(flows, principal, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _reaches(flows, principal, middle) else (low, middle)
    return Decimal(low).scaleb(-2)


def exceeds_cap(schedule: Sequence[Flow], principal: int, starts_on: date, cap: Fraction = YEARLY_CAP) -> bool:
    """Say whether the loan costs more than `cap` a year (0.15 = 15 %), compared exactly: at the cap itself it does not.

    Civil and Commercial Code s.654. A rounded schedule may lie a hair above its own rate: test cap_schedule's.
    Arguments and errors as in nominal_apr.
    """
    return _rest_after(_monthly(schedule, principal, starts_on), principal, Fraction(cap, _MONTHS_A_YEAR)) < 0


def _monthly(schedule: Sequence[Flow], principal: int, starts_on: date) -> list[int | Fraction]:
    """Add up what is paid in each month; the first is month 1."""
    if principal <= 0:
        raise ValueError(f"principal is more than 0 satang, not {principal}")
    if not schedule:
        raise ValueError("a schedule has at least one instalment")
    months = [flow_month(starts_on, row.due_on) for row in schedule]
    flows: list[int | Fraction] = [0] * max(months)
    for month, row in zip(months, schedule, strict=True):
        flows[month - 1] += row.principal + row.interest
    return flows


def _reaches(flows: list[int | Fraction], principal: int, hundredths: int) -> bool:
    """Say whether the yearly rate rounds half up to so many hundredths of a per cent or more."""
    low_end = Fraction(2 * hundredths - 1, 2 * _HUNDREDTHS * _PER_CENT * _MONTHS_A_YEAR)
    return _rest_after(flows, principal, low_end) <= 0


def _rest_after(flows: list[int | Fraction], principal: int, rate: Fraction) -> int | Fraction:
    """Return what would be left after the last payment at this monthly rate, scaled to whole numbers.

    Below 0: the payments are worth more than the principal, so the loan costs more than the rate; 0: exactly the rate.
    """
    under, over = rate.denominator, rate.denominator + rate.numerator
    rest: int | Fraction = principal
    scale = 1
    for flow in flows:
        scale *= under
        rest = rest * over - flow * scale
    return rest
