"""The plan of a loan: what falls due on which day, what it costs a year, and what a payment pays.

Pure and exact: whole satang and fractions, rounded half up once, never a float. Rates are fractions a month (1 % a
month is Fraction(1, 100)). Everything here may be recomputed by hand from its arguments.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from loans.allocation import Allocation, Owed, allocate_repayment
from loans.yearly_rate import YEARLY_CAP, exceeds_cap, flow_month, nominal_apr
from thai.months import add_months, days_in_month

__all__ = [
    "YEARLY_CAP",
    "Allocation",
    "DayCount",
    "ExactInstalment",
    "Instalment",
    "Method",
    "Owed",
    "Rhythm",
    "allocate_repayment",
    "build_schedule",
    "cap_schedule",
    "due_date",
    "exceeds_cap",
    "half_up",
    "nominal_apr",
]

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365
Exact = Fraction | int
Rounding = Callable[[Exact], Exact]


class Method(StrEnum):
    """On what interest is counted: on the principal first lent, or on what is left of it."""

    FLAT = "flat"
    REDUCING = "reducing"


class Rhythm(StrEnum):
    """How principal and interest are spread over the instalments."""

    EQUAL_PRINCIPAL = "equal_principal"
    EQUAL_INSTALMENT = "equal_instalment"
    INTEREST_ONLY = "interest_only"
    SINGLE_PAYMENT = "single_payment"


class DayCount(StrEnum):
    """How time is counted: each period one month, or its days over 365 (in leap years too)."""

    MONTHS = "months"
    DAYS_365 = "days_365"


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is planned to fall due on one day; satang."""

    number: int
    due_on: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """Principal and interest together, satang."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class ExactInstalment:
    """An instalment before any rounding, in fractions of a satang; only the cap is tested on it."""

    number: int
    due_on: date
    principal: Fraction
    interest: Fraction


def half_up(exact: Exact, step: int = 1) -> int:
    """Round an amount to the nearest multiple of `step`, half of a step upwards."""
    numerator, denominator = exact.numerator, exact.denominator * step
    return (2 * numerator + denominator) // (2 * denominator) * step


def due_date(first_due_on: date, months: int) -> date:
    """Return the same day of the month so many months later, or that month's last day where it has no such day."""
    month = add_months(first_due_on, months)
    return month.replace(day=min(first_due_on.day, days_in_month(month)))


def build_schedule(
    *,
    principal: int,
    monthly_rate: Fraction,
    instalments: int,
    method: Method,
    rhythm: Rhythm,
    starts_on: date,
    first_due_on: date,
    day_count: DayCount = DayCount.MONTHS,
    round_to: int = 1,
    grace_principal: int = 0,
) -> tuple[Instalment, ...]:
    """Plan the instalments of a loan; their principal sums to `principal`, always.

    principal: satang, > 0. monthly_rate: 1 % a month is Fraction(1, 100). instalments: how many; for single_payment the
    term in months, at whose end one instalment falls due, on first_due_on. round_to: the step in satang (100 = whole
    baht) to which the level instalment (equal_instalment, and flat) or the principal part (equal_principal) is rounded
    half up; the last instalment takes the rest. grace_principal: the first so many instalments pay interest only.

    Interest, half up to the satang: reducing balance x rate; flat principal x rate; single_payment principal x rate x
    months, not compounded; with days_365 balance x 12 x rate x days / 365, where a level instalment smaller than the
    interest of a long period pays no principal in it. The first period counts as one month whatever its length. The
    level instalment is the annuity P x r / (1 - (1 + r)^-n); flat P / n + P x r. flat ignores day_count, except that
    with interest_only and single_payment it is the same as reducing. Raises ValueError naming what is wrong, and the
    step where it leaves the last instalment no principal.
    """
    if round_to < 1:
        raise ValueError(f"round_to is a step of at least 1 satang, not {round_to}")
    deal = _Deal.checked(principal, monthly_rate, instalments, method, rhythm, grace_principal)
    dues = deal.dues(starts_on, first_due_on)
    periods = _periods(deal, starts_on, dues, day_count)
    parts = list(_parts(deal, periods, half_up, lambda exact: half_up(exact, round_to)))
    if any(part < 0 for part, _ in parts[:-1]):
        raise ValueError(f"a step of {round_to} satang (round_to) leaves instalments smaller than their interest")
    if parts[-1][0] <= 0:
        last = f"it leaves the last of {instalments} instalments {parts[-1][0]} of {principal} satang"
        raise ValueError(f"a step of {round_to} satang (round_to) is too coarse: {last}")
    rows = zip(dues, parts, strict=True)
    return tuple(Instalment(number, due, int(p), int(i)) for number, (due, (p, i)) in enumerate(rows, 1))


def cap_schedule(
    *,
    principal: int,
    monthly_rate: Fraction,
    instalments: int,
    method: Method,
    rhythm: Rhythm,
    starts_on: date,
    first_due_on: date,
    day_count: DayCount = DayCount.MONTHS,
    grace_principal: int = 0,
) -> tuple[ExactInstalment, ...]:
    """Plan the same loan without any rounding, for the test against the yearly cap: 1.25 % a month is 15 % a year.

    With days_365 a period counts as many months as lie between its ends, as in the yearly rate: that some periods of a
    month have 31 days puts no loan above the cap. Arguments and errors as in build_schedule.
    """
    deal = _Deal.checked(principal, monthly_rate, instalments, method, rhythm, grace_principal)
    dues = deal.dues(starts_on, first_due_on)
    periods = _periods(deal, starts_on, dues, DayCount.MONTHS)
    if day_count == DayCount.DAYS_365 and not deal.is_flat:
        months = [0, *(flow_month(starts_on, due) for due in dues)]
        periods = [Fraction(after - before) for before, after in pairwise(months)]
    parts = _parts(deal, periods, lambda exact: exact, lambda exact: exact)
    rows = zip(dues, parts, strict=True)
    return tuple(ExactInstalment(number, due, Fraction(p), Fraction(i)) for number, (due, (p, i)) in enumerate(rows, 1))


@dataclass(frozen=True, slots=True)
class _Deal:
    """The checked terms of a plan; `count` rows, `term` months."""

    principal: int
    rate: Fraction
    count: int
    term: int
    rhythm: Rhythm
    is_flat: bool
    grace: int

    @classmethod
    def checked(
        cls, principal: int, rate: Fraction, instalments: int, method: Method, rhythm: Rhythm, grace: int
    ) -> "_Deal":
        method, rhythm = Method(method), Rhythm(rhythm)
        is_bullet = rhythm in {Rhythm.INTEREST_ONLY, Rhythm.SINGLE_PAYMENT}
        if principal <= 0:
            raise ValueError(f"principal is more than 0 satang, not {principal}")
        if rate < 0:
            raise ValueError(f"monthly_rate is 0 or more, not {rate}")
        if instalments < 1:
            raise ValueError(f"instalments is at least 1, not {instalments}")
        if grace < 0 or (grace and is_bullet):
            raise ValueError(f"grace_principal is 0 or more, and 0 with {rhythm}; not {grace}")
        if grace >= instalments:
            raise ValueError(
                f"grace_principal ({grace}) leaves none of {instalments} instalments to repay the principal"
            )
        count = 1 if rhythm == Rhythm.SINGLE_PAYMENT else instalments
        return cls(
            principal, Fraction(rate), count, instalments, rhythm, method == Method.FLAT and not is_bullet, grace
        )

    def dues(self, starts_on: date, first_due_on: date) -> list[date]:
        """The due dates: the day of first_due_on in each month from then on."""
        if first_due_on <= starts_on:
            raise ValueError(f"first_due_on ({first_due_on}) is after starts_on ({starts_on})")
        return [due_date(first_due_on, months) for months in range(self.count)]

    def level(self) -> Fraction:
        """The exact amount of a period: the level instalment, or the principal part of equal_principal."""
        payers = self.count - self.grace
        even = Fraction(self.principal, payers)
        if self.is_flat:
            return even + self.principal * self.rate
        if self.rhythm == Rhythm.EQUAL_PRINCIPAL or not self.rate:
            return even
        over, under = self.rate.numerator, self.rate.denominator
        grown = (over + under) ** payers
        return Fraction(self.principal * over * grown, under * (grown - under**payers))


def _periods(deal: _Deal, starts_on: date, dues: list[date], day_count: DayCount) -> list[Fraction]:
    """How many months of interest each row bears."""
    if DayCount(day_count) == DayCount.DAYS_365 and not deal.is_flat:
        days = [(due - before).days for before, due in pairwise([starts_on, *dues])]
        return [Fraction(MONTHS_A_YEAR * count, DAYS_A_YEAR) for count in days]
    return [Fraction(deal.term if deal.rhythm == Rhythm.SINGLE_PAYMENT else 1)] * deal.count


def _parts(
    deal: _Deal, periods: list[Fraction], to_satang: Rounding, to_step: Rounding
) -> Iterator[tuple[Exact, Exact]]:
    """Yield principal and interest of each row; a principal below 0 says that the step was too coarse."""
    level = to_step(deal.level())
    pays_part = deal.rhythm == Rhythm.EQUAL_PRINCIPAL and not deal.is_flat
    is_too_low = not pays_part and level < to_satang(deal.principal * deal.rate)
    balance: Exact = deal.principal
    for number, period in enumerate(periods, 1):
        interest = to_satang((deal.principal if deal.is_flat else balance) * deal.rate * period)
        part: Exact = 0
        if number == deal.count:
            part = balance
        elif number > deal.grace and deal.rhythm != Rhythm.INTEREST_ONLY:
            part = level if pays_part else level - interest
            part = part if is_too_low else max(0, part)
        balance -= part
        yield part, interest
