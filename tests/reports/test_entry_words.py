"""What an entry's page says of it: names and amounts as people read them, never the journal's own keys."""

import pytest
from django.utils import translation

from reports.selectors.entry_words import in_words

SAID = {
    "who left and who got the money": (
        {
            "reason": "death",
            "shares": [{"name": "นางปราณี", "percent": 100, "satang": 1_250_50, "method": "transfer"}],
        },
        ["Reason: Death", "Paid out to: นางปราณี 1,250.50 baht (bank transfer)"],
    ),
    "a reason in words stays as written": ({"reason": "ลงผิด"}, ["Reason: ลงผิด"]),
    "the bank's figures": (
        {"bank": "ธ.ก.ส. 020", "through": "2026-09-30", "book": 100_00, "open_lines": 0},
        [
            "Bank account: ธ.ก.ส. 020",
            "Compared up to: 30 September 2569",
            "Balance in the bank book: 100.00 baht",
            "In the bank book only: 0.00 baht",
        ],
    ),
    "the founding": (
        {"group": "หนองรวง", "officers": [{"name": "นางอนงค์", "office": "chair", "person": "abc"}]},
        ["Group: หนองรวง", "First officers: Chair นางอนงค์"],
    ),
    "months, and how it was paid": (
        {"months": ["2026-10", "2026-11"], "method": "set_off", "contracts": ["1/2569", "2/2569"]},
        ["Months paid: Oct 2569, Nov 2569", "Paid by: set off against a loan", "Contract number: 1/2569, 2/2569"],
    ),
    "what people do not read": ({"payees": ["abc"], "person": "abc", "proof": "x", "memo": ""}, []),
}


@pytest.mark.parametrize("what", SAID)
def test_each_part_is_said_with_its_name(what):
    details, expected = SAID[what]
    with translation.override("en"):
        assert [f"{name}: {said}".replace("\xa0", " ") for name, said in in_words(details)] == expected
