"""A bank loan's schedule worked out: equal parts of the principal, interest on what is still owed. Whole satang."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from thai.months import add_months

BAHT = 100
MONTHS_OF_A_YEAR = 12
WHOLE = 100_00  # a rate is hundredths of a per cent


@dataclass(frozen=True)
class Planned:
    """One instalment to be: day, principal and interest in satang."""

    due_on: date
    principal: int
    interest: int


def plan_instalments(*, principal: int, rate: int, count: int, first_due: date, months: int) -> list[Planned]:
    """Instalments every so many months; each part of the principal in whole baht, the last takes the rest.

    The interest of each is that of the months since the one before on what is still owed, to the nearest satang.
    """
    part = principal // count // BAHT * BAHT or principal // count
    owed = principal
    planned = []
    for step in range(count):
        paid = owed if step == count - 1 else min(part, owed)
        interest = _nearest(owed * rate * months, WHOLE * MONTHS_OF_A_YEAR)
        planned.append(Planned(_same_day(first_due, step * months), paid, interest))
        owed -= paid
    return [each for each in planned if each.principal or each.interest]


def _same_day(first: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    month = add_months(first, months)
    return month.replace(day=min(first.day, monthrange(month.year, month.month)[1]))


def _nearest(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)
