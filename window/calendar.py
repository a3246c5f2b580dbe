"""The twelve months of a pledge: which were paid in time, late, missed, or are still to come. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from savings.schedule import Period, pledged_in
from thai.months import add_months

MONTHS_OF_A_YEAR = 12


class State(Enum):
    """How a month stands."""

    PAID = "paid"
    LATE = "late"
    MISSED = "missed"
    PART = "part"
    TONIGHT = "tonight"
    NEXT = "next"
    NONE = "none"


@dataclass(frozen=True)
class Payment:
    """What a receipt that still stands paid of a month; satang."""

    month: date
    satang: int
    paid_on: date


@dataclass(frozen=True)
class MonthMark:
    """One month of the calendar; amounts in satang."""

    month: date
    pledged: int
    paid: int
    state: State

    @property
    def owed(self) -> int:
        """What is missing of a month that is over."""
        return self.pledged - self.paid if self.state in (State.MISSED, State.PART) else 0


def calendar(
    *,
    first: date,
    periods: Sequence[Period],
    payments: Sequence[Payment],
    due_from: date | None,
    over_through: date,
    tonight: Collection[date] = (),
) -> list[MonthMark]:
    """Mark the twelve months from `first`.

    A month before `due_from` asks for nothing; one up to `over_through` is over, for its meeting was held; one of
    `tonight` is entered on the sheet of a meeting that is not closed.
    """
    paid = _sums(payments)
    marks = []
    for month in (add_months(first, step) for step in range(MONTHS_OF_A_YEAR)):
        pledged = pledged_in(periods, month) if due_from is not None and month >= due_from else 0
        so_far = paid.get(month, 0)
        state = _state(month, pledged, so_far, payments, over_through)
        if month in tonight and state not in (State.PAID, State.LATE):
            state = State.TONIGHT
        marks.append(MonthMark(month, pledged, so_far, state))
    return marks


def _sums(payments: Sequence[Payment]) -> dict[date, int]:
    sums: dict[date, int] = {}
    for payment in payments:
        sums[payment.month] = sums.get(payment.month, 0) + payment.satang
    return sums


def _state(month: date, pledged: int, paid: int, payments: Sequence[Payment], over_through: date) -> State:
    if paid and paid >= pledged:
        last = max(payment.paid_on for payment in payments if payment.month == month)
        return State.LATE if last >= add_months(month, 1) else State.PAID
    if not pledged:
        return State.NONE
    if month > over_through:
        return State.NEXT
    return State.PART if paid else State.MISSED
