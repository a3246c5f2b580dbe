"""What a member's money debits and credits, at the meeting or beside it. Plain values in satang.

A line is (account code, holder, satang), debit > 0, credit < 0; docs/LEDGER.md holds the same table.
"""

from dataclasses import dataclass

Line = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Received:
    """One payer's money: what for, and which way it came.

    also: lines that a package above credits in the operating pool out of the same money, such as a loan's.
    """

    holder: str
    pledge: int = 0
    special: int = 0
    fee: int = 0
    fine: int = 0
    book: str = ""
    bank: str | None = None
    also: tuple[Line, ...] = ()

    @property
    def operating(self) -> int:
        return self.pledge + self.special + self.fine - sum(satang for _code, _holder, satang in self.also)


def receipt_lines(received: Received) -> list[Line]:
    """Debit cash (or bank, for a transfer) of each pool; credit pledge savings, special savings, fines and fees."""
    place, bank = ("1100", "") if received.bank is None else ("1200", received.bank)
    return _without_nothing(
        [
            (f"O{place}", bank, received.operating),
            ("O2100", received.holder, -received.pledge),
            ("O2200", received.book, -received.special),
            ("O4200", "", -received.fine),
            *received.also,
            (f"A{place}", bank, received.fee),
            ("A4100", "", -received.fee),
        ]
    )


def _without_nothing(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line[2]]
