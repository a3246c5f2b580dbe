"""Event -> lines of the journal: what each act of the meeting day debits and credits. Plain values in satang.

A line is (account code, holder, satang), debit > 0, credit < 0; docs/LEDGER.md holds the same table.
"""

from dataclasses import dataclass

Line = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Received:
    """One payer's money: what for, and which way it came."""

    holder: str
    pledge: int = 0
    special: int = 0
    fee: int = 0
    fine: int = 0
    book: str = ""
    bank: str | None = None

    @property
    def operating(self) -> int:
        return self.pledge + self.special + self.fine


def receipt_lines(received: Received) -> list[Line]:
    """Debit cash (or bank, for a transfer) of each pool; credit pledge savings, special savings, fines and fees."""
    place, bank = ("1100", "") if received.bank is None else ("1200", received.bank)
    return _without_nothing(
        [
            (f"O{place}", bank, received.operating),
            ("O2100", received.holder, -received.pledge),
            ("O2200", received.book, -received.special),
            ("O4200", "", -received.fine),
            (f"A{place}", bank, received.fee),
            ("A4100", "", -received.fee),
        ]
    )


def payment_lines(
    *, kind: str, satang: int, code: str, holder: str, from_bank: bool = False, bank: str = ""
) -> list[Line]:
    """Debit what the payment is for; credit cash, or the bank where it is paid by transfer. Always within one pool."""
    pool = code[0]
    cash: Line = (f"{pool}1100", "", satang)
    match kind:
        case "bank_fetch":
            return [cash, (code, holder, -satang)]
        case "bank_carry":
            return [(code, holder, satang), _reversed(cash)]
    paid_from: Line = (f"{pool}1200", bank, satang) if from_bank else cash
    return [(code, holder, satang), _reversed(paid_from)]


def difference_lines(difference: int) -> tuple[str, list[Line]]:
    """Cash over (difference > 0) is income, cash short (< 0) is cost, both of the operating pool."""
    if difference > 0:
        return "cash_over", [("O1100", "", difference), ("O4900", "", -difference)]
    return "cash_short", [("O5900", "", -difference), ("O1100", "", difference)]


def _reversed(line: Line) -> Line:
    code, holder, satang = line
    return code, holder, -satang


def _without_nothing(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line[2]]
