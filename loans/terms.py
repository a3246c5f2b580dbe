"""What was agreed on a loan and what has been paid on it: all that its standing follows from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from loans.schedule import DayCount, Instalment, Method, Rhythm


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreed terms; rates a month (1 % is Fraction(1, 100)).

    late_rate is charged on overdue principal only (Civil and Commercial Code s.224/1), by its days over 365.
    """

    monthly_rate: Fraction
    method: Method
    rhythm: Rhythm
    day_count: DayCount
    late_rate: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a loan's schedule, in force from starts_on; satang.

    A reschedule adds one: its principal is what was outstanding at the end of that day, and what was owed then is
    carried: a payment pays it first, but it is late only from the plan's first due date on.
    """

    starts_on: date
    principal: int
    instalments: tuple[Instalment, ...]
    carried_interest: int = 0
    carried_fine: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """Whatever lowered the loan on a day, satang; a payment that is taken back counts negative on that later day."""

    on: date
    principal: int
    interest: int
    fine: int


@dataclass(frozen=True, slots=True)
class Brought:
    """A loan that the books began with on a day, at so much outstanding (satang).

    What is missing to the plan's principal was paid before; all interest until that day counts as paid, but for
    `interest_owed` if the paper says that some was not.
    """

    on: date
    outstanding: int
    interest_owed: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """The version of the plan that is in force on a day, and what came after its opening, up to that day.

    `principal` is what was outstanding at the opening, `covered` what of the plan's principal was paid before it;
    what is carried is late from `late_from` on.
    """

    plan: Plan
    opening: date
    principal: int
    covered: int
    late_from: date
    carried_interest: int
    carried_fine: int
    paid: Sequence[Paid]


def course(plans: Sequence[Plan], paid: Sequence[Paid], as_of: date, brought: Brought | None) -> Course:
    """Choose what holds on `as_of`.

    Raises ValueError where the loan (or the books that it was brought into) began later, payments do not stand in the
    order of their days, or more was brought forward than the plan's principal.
    """
    _check_order(paid)
    if paid and paid[-1].on > as_of:
        paid = [payment for payment in paid if payment.on <= as_of]
    found = _opened(plans[0], paid, brought)
    for plan in plans[1:]:
        if plan.starts_on <= as_of:
            found = _opened(plan, _since(plan, found), brought)
    if as_of < found.opening:
        raise ValueError(f"the loan begins on {found.opening}: it has no standing on {as_of}")
    if found.covered < 0:
        raise ValueError(f"{found.principal} satang brought forward are more than the plan's {found.plan.principal}")
    return found


def _opened(plan: Plan, paid: Sequence[Paid], brought: Brought | None) -> Course:
    if brought is None or brought.on < plan.starts_on:
        late_from = plan.instalments[0].due_on
        carried = plan.carried_interest, plan.carried_fine
        return Course(plan, plan.starts_on, plan.principal, 0, late_from, *carried, paid)
    covered = plan.principal - brought.outstanding
    late_from = min(brought.on, _first_open(plan, covered))
    return Course(plan, brought.on, brought.outstanding, covered, late_from, brought.interest_owed, 0, paid)


def _first_open(plan: Plan, covered: int) -> date:
    """The due date of the first instalment whose principal is not wholly paid."""
    ends = accumulate(row.principal for row in plan.instalments)
    return next((row.due_on for row, end in zip(plan.instalments, ends, strict=True) if end > covered), date.max)


def _since(plan: Plan, before: Course) -> Sequence[Paid]:
    """Leave out what was paid before the reschedule: that day's payments too, unless the principal says otherwise."""
    lowered = 0
    for index, payment in enumerate(before.paid):
        lowered += payment.principal
        is_that_day = payment.on == plan.starts_on
        if payment.on > plan.starts_on or (is_that_day and lowered > before.principal - plan.principal):
            return before.paid[index:]
    return ()


def _check_order(paid: Sequence[Paid]) -> None:
    last = date.min
    for payment in paid:
        if payment.on < last:
            raise ValueError(f"payments stand in the order of their days: {payment.on} comes after {last}")
        last = payment.on
