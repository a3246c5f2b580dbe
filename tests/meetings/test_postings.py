"""docs/LEDGER.md is the contract: every event of the meeting day posts exactly what its row says."""

from pathlib import Path
from typing import Any

import pytest

from funds.purposes import EXPENSES
from meetings.postings import difference_lines, payment_lines
from savings.postings import Received, receipt_lines

LEDGER = Path(__file__).resolve().parents[2] / "docs" / "LEDGER.md"


def ledger_rows():
    """The rows of the meeting day, the first table: (kind, event) -> codes debited and credited."""
    rows = {}
    meeting_day = LEDGER.read_text().partition("\n## ")[0]
    for line in meeting_day.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`"):
            debit, credit = ({word for word in cell.split() if word[:1] in "OA"} for cell in cells[2:])
            rows[cells[0].strip("`"), cells[1]] = (debit, credit)
    return rows


def codes(lines):
    assert not sum(satang for code, _holder, satang in lines if code[0] == "O")
    assert not sum(satang for code, _holder, satang in lines if code[0] == "A")
    return {code for code, _, satang in lines if satang > 0}, {code for code, _, satang in lines if satang < 0}


def paid(kind, code, *, from_bank=False):
    return payment_lines(kind=kind, satang=5_00, code=code, holder="x", from_bank=from_bank, bank="b" * from_bank)


LOAN = (("O1300", "1/2569", -5), ("O4100", "", -6), ("O4200", "", -7))
ALL: Any = {"holder": "0001", "book": "0001-1", "pledge": 1, "special": 2, "fee": 3, "fine": 4, "also": LOAN}
EVENTS = {
    ("receipt", "a member pays at a meeting in cash"): receipt_lines(Received(**ALL)),
    ("receipt", "a member pays by bank transfer"): receipt_lines(Received(**ALL, bank="b")),
    ("withdrawal", "special savings paid back in cash"): paid("withdrawal", "O2200"),
    ("withdrawal", "special savings paid back by transfer"): paid("withdrawal", "O2200", from_bank=True),
    ("expense", "administrative cost paid by transfer"): paid("expense", "A5100", from_bank=True),
    ("bank_fetch", "operating money fetched from the bank"): paid("bank_fetch", "O1200"),
    ("bank_fetch", "administrative money fetched from the bank"): paid("bank_fetch", "A1200"),
    ("bank_carry", "operating money carried to the bank"): paid("bank_carry", "O1200"),
    ("bank_carry", "administrative money carried to the bank"): paid("bank_carry", "A1200"),
    ("cash_over", "counted more than the books say"): difference_lines(5)[1],
    ("cash_short", "counted less than the books say"): difference_lines(-5)[1],
    ("meeting_close", "the counted cash is declared, nothing moves"): [],
    **{("expense", expense.key): paid("expense", expense.code) for expense in EXPENSES},
}


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_each_event_posts_what_its_row_says(event):
    assert codes(EVENTS[event]) == ledger_rows()[event]


def test_every_row_of_the_meeting_day_is_held():
    kinds = {kind for kind, _event in EVENTS}
    assert {row for row in ledger_rows() if row[0] in kinds} == set(EVENTS)


def test_what_is_nought_has_no_line():
    assert [code for code, _holder, _satang in receipt_lines(Received(holder="0001", pledge=5))] == ["O1100", "O2100"]
