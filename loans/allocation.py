"""What a payment pays first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still owed of one due date; satang."""

    due_on: date
    fine: int
    interest: int
    principal: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a payment pays, in satang; `left_over` is more than the loan can take."""

    fine: int
    interest: int
    principal: int
    left_over: int


def allocate_repayment(*, paid: int, owed: Sequence[Owed], outstanding: int, fines_last: bool = False) -> Allocation:
    """Apply a payment to all fines owed, then all interest owed, then principal, each oldest instalment first.

    As Civil and Commercial Code s.329 has it: costs, interest, principal. With `fines_last` the fines owed come after
    the interest and the principal owed, before principal that is not owed yet. paid: satang, >= 0. owed: what has
    fallen due and is unpaid, oldest first. outstanding: all principal not yet paid back, satang; a payment goes on to
    the principal to come, and what exceeds it is left over. Raises ValueError where an amount is negative, the order is
    not oldest first, or more principal is owed than is outstanding.
    """
    _check(paid, owed, outstanding)
    fines, interests, principals = (
        sum(row.fine for row in owed),
        sum(row.interest for row in owed),
        sum(row.principal for row in owed),
    )
    rest = paid
    fine = 0 if fines_last else min(rest, fines)
    rest -= fine
    interest = min(rest, interests)
    rest -= interest
    principal = min(rest, principals)
    rest -= principal
    if fines_last:
        fine = min(rest, fines)
        rest -= fine
    ahead = min(rest, outstanding - principal)
    return Allocation(fine, interest, principal + ahead, rest - ahead)


def _check(paid: int, owed: Sequence[Owed], outstanding: int) -> None:
    if paid < 0 or outstanding < 0:
        raise ValueError(f"paid ({paid}) and outstanding ({outstanding}) are 0 satang or more")
    if any(min(row.fine, row.interest, row.principal) < 0 for row in owed):
        raise ValueError("what is owed is 0 satang or more")
    if any(later.due_on < row.due_on for row, later in pairwise(owed)):
        raise ValueError("what is owed stands oldest first")
    principal = sum(row.principal for row in owed)
    if principal > outstanding:
        raise ValueError(f"{principal} satang of principal cannot be owed where only {outstanding} are outstanding")
