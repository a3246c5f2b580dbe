"""Where a loan stands as of a day: what is owed, what is late, what comes next, what would free the borrower today.

Nothing of this is stored: it follows from what was agreed and what has been paid, for any day, in whole satang.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from loans.falling_due import Interest, counts_days, interest_to_come, interest_until
from loans.late_charge import late_charges
from loans.schedule import Allocation, Owed, Rhythm, allocate_repayment
from loans.terms import Brought, Course, Paid, Plan, Terms, course

__all__ = [
    "Brought",
    "InstalmentStanding",
    "Paid",
    "Plan",
    "Standing",
    "Terms",
    "carried_by_reschedule",
    "repay",
    "standing",
]


class InstalmentStanding(NamedTuple):
    """One due date of the plan and what has been paid of it; satang.

    Interest is what fell due, or what will if all that is owed is paid today and the rest goes to plan. Number 0 is
    what was carried from before the plan; a number after the plan's last one is a month's interest after the term.
    """

    number: int
    due_on: date
    principal: int
    interest: int
    fine: int
    principal_paid: int
    interest_paid: int
    fine_paid: int

    @property
    def total(self) -> int:
        """All that it comes to, paid or not."""
        return self.principal + self.interest + self.fine

    @property
    def paid(self) -> int:
        """What has been paid of it."""
        return self.principal_paid + self.interest_paid + self.fine_paid

    @property
    def rest(self) -> int:
        """What is still to be paid of it."""
        return self.total - self.paid

    @property
    def principal_rest(self) -> int:
        """What is still to be paid of its principal."""
        return self.principal - self.principal_paid

    @property
    def interest_rest(self) -> int:
        """What is still to be paid of its interest."""
        return self.interest - self.interest_paid

    @property
    def fine_rest(self) -> int:
        """What is still to be paid of its late charge."""
        return self.fine - self.fine_paid

    @property
    def is_paid(self) -> bool:
        """Nothing of it is left to pay."""
        return self.rest == 0

    def is_due(self, as_of: date) -> bool:
        """It has fallen due by the end of that day."""
        return self.due_on <= as_of

    def days_late(self, as_of: date) -> int:
        """Days since its due date while principal or interest of it is unpaid; 0 where nothing is late."""
        is_open = self.principal_rest > 0 or self.interest_rest > 0
        return max(0, (as_of - self.due_on).days) if is_open else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A loan as of the end of a day; satang.

    fine_owed, interest_owed: fallen due by then (as_of included) and unpaid. overdue_principal: due before as_of and
    unpaid; principal_due: due by then and unpaid; due_satang: all three kinds owed. days_past_due: since the oldest due
    date of which principal or interest is unpaid (oldest_unpaid_on; None if there is none); a late charge alone makes
    no day late. next_due_on and next_due_satang: the coming due date, once what is owed is paid; None and 0 where
    nothing is to come. settlement_interest: what a settlement today costs for the period under way.
    """

    as_of: date
    outstanding: int
    fine_owed: int
    interest_owed: int
    overdue_principal: int
    principal_due: int
    days_past_due: int
    oldest_unpaid_on: date | None
    next_due_on: date | None
    next_due_satang: int
    settlement_interest: int
    instalments: tuple[InstalmentStanding, ...]
    owed: tuple[Owed, ...]

    @property
    def due_satang(self) -> int:
        """All that is owed today."""
        return self.fine_owed + self.interest_owed + self.principal_due

    @property
    def settlement(self) -> int:
        """All that frees the borrower today."""
        return self.outstanding + self.fine_owed + self.interest_owed + self.settlement_interest

    @property
    def is_closed(self) -> bool:
        """Nothing is outstanding, owed, or still to fall due."""
        return self.settlement == 0


def standing(
    *, terms: Terms, plans: Sequence[Plan], paid: Sequence[Paid], as_of: date, brought: Brought | None = None
) -> Standing:
    """Say where a loan stands at the end of a day.

    plans: the versions of the schedule in order, the first from the day of the payout. paid: whatever lowered the loan,
    in the order of its days; what came after as_of is left out. Principal covers the oldest instalments first, so that
    an early payment covers the coming ones; so do interest and late charges. Raises ValueError where the loan begins
    after as_of, more principal was paid than lent, or the order is wrong.
    """
    found = course(plans, paid, as_of, brought)
    principal = interest = fine = 0
    for payment in found.paid:
        principal += payment.principal
        interest += payment.interest
        fine += payment.fine
    outstanding = found.principal - principal
    if outstanding < 0:
        raise ValueError(f"{principal} satang of principal were paid on a loan of {found.principal}")
    fallen = interest_until(terms, found, as_of, outstanding)
    charges = late_charges(terms, found, as_of) if terms.late_rate else []
    rows = _rows(terms, found, fallen, charges, as_of, Paid(as_of, principal, interest, fine))
    credit = interest + fallen.brought - found.carried_interest - sum(fallen.due) - sum(row[1] for row in fallen.after)
    return _summed(as_of, outstanding, max(0, fallen.started - max(0, credit)), rows)


def _rows(
    terms: Terms, course: Course, fallen: Interest, charges: list[int], as_of: date, paid: Paid
) -> tuple[InstalmentStanding, ...]:
    """Lay what was paid over the instalments, the oldest first."""
    plan = course.plan
    principals, reached = _filled(plan, course.covered + paid.principal), len(fallen.due)
    parts = [row.principal - part for row, part in zip(plan.instalments[reached:], principals[reached:], strict=True)]
    left = course.principal - paid.principal - sum(row.principal for row in plan.instalments[:reached])
    left += sum(principals[:reached])
    interests = fallen.due + interest_to_come(terms, course, fallen, parts, as_of, left)
    interest_left, fine_left = paid.interest, paid.fine
    rows = []
    if course.carried_interest or course.carried_fine:
        interest, fine = min(interest_left, course.carried_interest), min(fine_left, course.carried_fine)
        carried = course.carried_interest, course.carried_fine
        rows.append(InstalmentStanding(0, course.late_from, 0, *carried, 0, interest, fine))
        interest_left, fine_left = interest_left - interest, fine_left - fine
    interest_left += fallen.brought
    charges = charges or [0] * len(principals)
    for row, part, interest, charge in zip(plan.instalments, principals, interests, charges, strict=True):
        interest_part = min(interest, interest_left)
        interest_left -= interest_part
        fine = min(charge, fine_left)
        fine_left -= fine
        rows.append(
            InstalmentStanding(row.number, row.due_on, row.principal, interest, charge, part, interest_part, fine)
        )
    for number, (due_on, interest) in enumerate(fallen.after, len(principals) + 1):
        interest_part = min(interest, interest_left)
        interest_left -= interest_part
        rows.append(InstalmentStanding(number, due_on, 0, interest, 0, 0, interest_part, 0))
    return tuple(rows)


def _filled(plan: Plan, paid: int) -> list[int]:
    """How much of each instalment's principal is covered."""
    parts = []
    for row in plan.instalments:
        part = min(row.principal, paid)
        parts.append(part)
        paid -= part
    return parts


def _summed(as_of: date, outstanding: int, settlement_interest: int, rows: tuple[InstalmentStanding, ...]) -> Standing:
    """Add up what is owed and find what is oldest and what comes next."""
    owed = []
    oldest = next_on = None
    next_satang = overdue = 0
    for row in rows:
        number, due_on, principal, interest, fine, principal_paid, interest_paid, fine_paid = row
        rest = principal - principal_paid + interest - interest_paid
        if due_on > as_of and number:
            if rest > 0:
                next_on, next_satang = due_on, rest
                break
            continue
        if rest <= 0 and fine == fine_paid:
            continue
        owed.append(Owed(due_on, fine - fine_paid, interest - interest_paid, principal - principal_paid))
        if due_on < as_of:
            overdue += principal - principal_paid
        if oldest is None and rest > 0 and due_on <= as_of:
            oldest = due_on
    return Standing(
        as_of,
        outstanding,
        sum(row.fine for row in owed),
        sum(row.interest for row in owed),
        overdue,
        sum(row.principal for row in owed),
        (as_of - oldest).days if oldest else 0,
        oldest,
        next_on,
        next_satang,
        settlement_interest,
        rows,
        tuple(owed),
    )


def repay(standing: Standing, satang: int, *, fines_last: bool = False) -> Allocation:
    """Say what a payment of so much (satang, > 0) on the standing's day pays; the settlement or more closes the loan.

    What is above what is owed goes to the principal to come. The last of the principal is not taken before the interest
    of the period under way, which would otherwise never fall due, nor before the fines, even where they come last: with
    nothing outstanding the loan would be closed and nobody could pay them any more.
    """
    if satang <= 0:
        raise ValueError(f"a payment is more than 0 satang, not {satang}")
    interest = standing.interest_owed + standing.settlement_interest
    if satang >= standing.settlement:
        return Allocation(standing.fine_owed, interest, standing.outstanding, satang - standing.settlement)
    found = allocate_repayment(paid=satang, owed=standing.owed, outstanding=standing.outstanding, fines_last=fines_last)
    if found.principal < standing.outstanding:
        return found
    to_principal = found.principal + found.left_over
    extra = min(standing.settlement_interest, to_principal)
    fines = min(standing.fine_owed - found.fine, to_principal - extra)
    return Allocation(found.fine + fines, found.interest + extra, to_principal - extra - fines, 0)


def carried_by_reschedule(terms: Terms, standing: Standing) -> tuple[int, int]:
    """Return the interest and the late charge (satang) that a new plan from the standing's day carries.

    What is owed; and by days, or of a single payment, what the period under way has gathered. By months the new plan's
    first period is a whole month already: nothing is charged twice.
    """
    is_gathering = counts_days(terms) or terms.rhythm == Rhythm.SINGLE_PAYMENT
    begun = standing.settlement_interest if is_gathering else 0
    return standing.interest_owed + begun, standing.fine_owed
