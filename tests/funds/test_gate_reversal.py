"""An entry is taken back by its mirror, once, by two people."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from funds import errors
from funds.journal import (
    correct_entry,
    correct_prior_year,
    reverse_entry,
)
from funds.models import Entry
from funds.selectors import balance, cash_balances
from tests.funds.conftest import FEBRUARY_5, SOMPORN, WICHAI, Books


def undo(entry: Entry, **how: Any) -> Entry:
    people: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI], "operation": uuid.uuid4(), "reason": "x"}
    return reverse_entry(entry=entry, **people | how)


def test_a_reversal_mirrors_every_posting(books: Books) -> None:
    entry = books.receive()
    undone = undo(entry)
    assert [row.amount for row in undone.postings.all()] == [-row.amount for row in entry.postings.all()]
    assert undone.reverses == entry
    assert undone.booked_on == timezone.localdate()
    assert balance(books.account("O2100", "0001")) == 0


def test_an_entry_is_reversed_once(books: Books) -> None:
    entry = books.receive()
    operation = uuid.uuid4()
    undone = undo(entry, operation=operation)
    assert undo(entry, operation=operation) == undone
    with pytest.raises(errors.AlreadyReversed):
        undo(entry)


def test_reversals_openings_closes_and_decisions_stay(books: Books) -> None:
    opening = Entry.objects.get(group=books.group, n=1)
    close = books.close()
    decision = books.post("slip_issue")
    undone = undo(books.receive(on=FEBRUARY_5))
    for entry in (opening, close, decision, undone):
        with pytest.raises(errors.CannotReverse):
            undo(entry)


def test_a_reversal_needs_two_people_and_keeps_floors(books: Books) -> None:
    entry = books.receive()
    with pytest.raises(errors.SecondPersonNeeded):
        undo(entry, ok=[])
    books.pay_back(100_00)
    with pytest.raises(errors.InsufficientFunds):
        undo(entry)


def test_a_correction_holds_its_floors_after_the_pair(books: Books) -> None:
    entry = books.receive(200_00)
    books.pay_back(100_00)
    right = books.draft("receipt", ("O1100", "", 150_00), ("O2100", "0001", -150_00), on=timezone.localdate())
    first, second = correct_entry(
        entry=entry, replacement=right, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="150"
    )
    assert (first.reverses, second.n) == (entry, first.n + 1)
    assert cash_balances(books.group)["O1100"] == 50_00


def test_a_correction_that_leaves_too_little_is_refused(books: Books) -> None:
    entry = books.receive(200_00)
    books.pay_back(100_00)
    wrong = books.draft("receipt", ("O1100", "", 50_00), ("O2100", "0001", -50_00), on=timezone.localdate())
    with pytest.raises(errors.InsufficientFunds):
        correct_entry(entry=entry, replacement=wrong, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="50")


def test_income_of_a_closed_year_is_corrected_against_the_undivided_profit(books: Books) -> None:
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    plain = books.receive(200_00)
    books.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=date(2026, 1, 31), ok=[WICHAI])
    with pytest.raises(errors.ClosedYearResult):
        undo(entry)
    how: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI], "resolution": "3/2569", "reason": "not ours"}
    corrected = correct_prior_year(entry=entry, operation=uuid.uuid4(), **how)
    assert corrected.kind == "prior_year"
    assert balance(books.account("O3900")) == balance(books.account("O1200")) == balance(books.account("O4300")) == 0
    assert undo(plain)
