"""Event -> lines of the journal: what each act of the meeting day debits and credits. Plain values in satang.

A line is (account code, holder, satang), debit > 0, credit < 0; docs/LEDGER.md holds the same table.
"""

from savings.postings import Line


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
