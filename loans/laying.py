"""Laying one sum on several loans of a borrower: what is due first, the oldest first, then more towards paying off.

Plain values in satang, no database.
"""

from collections.abc import Sequence
from typing import Protocol


class Owing(Protocol):
    """A loan as far as laying money on it needs to know."""

    @property
    def loan_id(self) -> int: ...
    @property
    def due_satang(self) -> int: ...
    @property
    def settlement(self) -> int: ...


def lay_on_loans(satang: int, loans: Sequence[Owing]) -> tuple[list[tuple[int, int]], int]:
    """Return what each loan gets, (id, satang) in the order of `loans`, and what none of them can take.

    loans: the one whose instalment is due the longest first. Each gets what is due of it before any gets more; what is
    beyond all that is due goes to the first, up to what pays it off, then to the next.
    """
    parts = dict.fromkeys((loan.loan_id for loan in loans), 0)
    rest = satang
    for most in (lambda loan: loan.due_satang, lambda loan: loan.settlement):
        for loan in loans:
            part = min(rest, max(most(loan) - parts[loan.loan_id], 0))
            parts[loan.loan_id] += part
            rest -= part
    return [(loan_id, part) for loan_id, part in parts.items() if part], rest
