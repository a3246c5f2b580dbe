"""What a repayment credits. Plain values in satang; docs/LEDGER.md holds the same table.

A line is (account code, holder, satang), debit > 0, credit < 0.
"""

from collections.abc import Iterable
from typing import Protocol

from savings.postings import Line


class Repaid(Protocol):
    """What one payment pays of one loan."""

    @property
    def fine(self) -> int: ...
    @property
    def interest(self) -> int: ...
    @property
    def principal(self) -> int: ...


def repayment_lines(repaid: Iterable[tuple[str, Repaid]]) -> list[Line]:
    """Credit fines, interest and each loan's principal; `repaid` names each loan by its contract number."""
    lines: list[Line] = []
    for number, part in repaid:
        lines += [("O1300", number, -part.principal), ("O4100", "", -part.interest), ("O4200", "", -part.fine)]
    return [line for line in lines if line[2]]
