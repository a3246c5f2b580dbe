"""The charge for being late: only on the principal of overdue instalments (Civil and Commercial Code s.224/1).

Each instalment's unpaid principal x 12 x rate a month x days / 365, from its due date to the day it is paid, half up.
"""

from datetime import date

from loans.falling_due import half_up
from loans.schedule import DAYS_A_YEAR, MONTHS_A_YEAR
from loans.terms import Course, Terms


def late_charges(terms: Terms, course: Course, as_of: date) -> list[int]:
    """Return what each instalment of the plan has been charged by `as_of`, paid or not; satang.

    Of a loan brought forward the days count from the day that the books began.
    """
    over, under = terms.late_rate.numerator * MONTHS_A_YEAR, terms.late_rate.denominator * DAYS_A_YEAR
    charges = []
    end = 0
    for row in course.plan.instalments:
        end += row.principal
        late_from = max(row.due_on, course.opening)
        overdue = _overdue_days(course, row.principal, end, late_from, as_of) if late_from < as_of else 0
        charges.append(half_up(overdue, over, under))
    return charges


def _overdue_days(course: Course, principal: int, end: int, since: date, as_of: date) -> int:
    """Sum the principal of one instalment that was overdue each day; `end` is all principal up to and with it."""
    covered = course.covered
    gathered = 0
    for payment in course.paid:
        if payment.on > since:
            gathered += max(0, min(principal, end - covered)) * (payment.on - since).days
            since = payment.on
        covered += payment.principal
    return gathered + max(0, min(principal, end - covered)) * (as_of - since).days
