"""The one gate to the books: what it posts, what it refuses."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from funds import chain, errors
from funds.accounts import account_for, accounts_for
from funds.journal import (
    EntryDraft,
    Line,
    credit,
    debit,
    open_book,
)
from funds.models import Entry
from funds.selectors import cash_balances
from tests.funds.conftest import ANONG, JANUARY_5, SOMPORN, WICHAI, Books, make_group

IN = (("O1100", "", 200_00), ("O2100", "0001", -200_00))


def test_an_entry_continues_the_chain(books: Books) -> None:
    first, second = books.receive(), books.receive(300_00, "0002")
    assert (first.n, second.n) == (2, 3)
    assert second.prev == first.hash
    assert second.id == books.group.pk * 2**32 + 3
    assert books.last == second
    assert second.paper_code == chain.paper_code(second.hash)


def test_a_group_starts_with_nothing(db: None) -> None:
    books = Books(make_group("ban-mai"))
    with pytest.raises(errors.BooksNotOpen):
        books.receive()
    opening = books.open()
    assert (opening.n, opening.lines, opening.booked_on) == (1, 0, date(2025, 12, 31))
    assert opening.locked_through == opening.declared_through == opening.booked_on
    with pytest.raises(errors.BooksAlreadyOpen):
        books.open()


def test_opening_balances_are_dated_the_day_before_the_first_year(db: None) -> None:
    books = Books(make_group("ban-mai"))
    opening = books.open(lines=books.lines(("O1100", "", 5), ("O2100", "0001", -5)))
    assert cash_balances(books.group) == {"O1100": 5, "A1100": 0}
    assert opening.lines == 2
    with pytest.raises(errors.PeriodLocked):
        books.receive(on=date(2025, 12, 31))


def test_only_decisions_stand_before_the_opening(db: None) -> None:
    books = Books(make_group("ban-mai"))
    with pytest.raises(errors.BooksNotOpen):
        books.post("slip_issue")
    open_book(group=books.group)
    assert books.post("slip_issue").n == 1
    with pytest.raises(errors.BooksNotOpen):
        books.receive()
    assert books.open().n == 2


REFUSED: dict[str, tuple[type[errors.BooksError], str, tuple[Any, ...], dict[str, Any]]] = {
    "sides differ": (errors.Unbalanced, "receipt", (("O1100", "", 2), ("O2100", "0001", -1)), {}),
    "pools mixed": (errors.Unbalanced, "receipt", (("O1100", "", 2), ("A4100", "", -2)), {}),
    "one leg": (errors.MalformedEntry, "receipt", (("O1100", "", 2),), {}),
    "no leg": (errors.MalformedEntry, "receipt", (), {}),
    "close with lines": (errors.MalformedEntry, "meeting_close", IN, {"ok": [WICHAI], "declared": {}}),
    "close without the count": (errors.MalformedEntry, "meeting_close", (), {"ok": [WICHAI]}),
    "unknown kind": (errors.MalformedEntry, "gift", IN, {}),
    "memo as a float": (errors.MalformedEntry, "receipt", IN, {"details": {"rate": 0.5}}),
    "control character": (errors.MalformedEntry, "receipt", IN, {"details": {"memo": "a\x00"}}),
    "receipt that declares": (errors.MalformedEntry, "receipt", IN, {"declared": {"O1100": 1, "A1100": 0}}),
    "tomorrow": (errors.FutureDate, "receipt", IN, {"on": date(2999, 1, 1)}),
    "before the first year": (errors.PeriodLocked, "receipt", IN, {"on": date(2025, 6, 1)}),
    "alone": (errors.SecondPersonNeeded, "withdrawal", (("O2100", "0001", 1), ("O1100", "", -1)), {}),
    "money out alone": (errors.SecondPersonNeeded, "income", (("O2100", "0001", 1), ("O1200", "", -1)), {}),
    "own approval": (errors.PeopleNotApart, "receipt", IN, {"ok": [SOMPORN, WICHAI]}),
    "payee approves": (errors.PeopleNotApart, "receipt", IN, {"ok": [WICHAI], "payee": WICHAI}),
    "payee asks": (errors.PeopleNotApart, "receipt", IN, {"ok": [WICHAI], "payee": [ANONG, SOMPORN]}),
    "empty box": (
        errors.InsufficientFunds,
        "expense",
        (("A5100", "", 1), ("A1100", "", -1)),
        {"ok": [WICHAI], "payee": ANONG},
    ),
    "savings too small": (
        errors.InsufficientFunds,
        "resignation",
        (("O2100", "0009", 1), ("O1100", "", -1)),
        {"ok": [WICHAI]},
    ),
    "between the pools": (
        errors.PoolsCrossed,
        "income",
        (("O5100", "", 1), ("O1100", "", -1), ("A1100", "", 1), ("A4900", "", -1)),
        {"ok": [WICHAI]},
    ),
    "debt between the pools": (
        errors.PoolsCrossed,
        "income",
        (("O1900", "", 1), ("O4500", "", -1)),
        {"ok": [WICHAI]},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_gate_refuses(name: str, books: Books) -> None:
    problem, kind, moves, how = REFUSED[name]
    before = Entry.objects.count()
    with pytest.raises(problem) as caught:
        books.post(kind, *moves, **how)
    with translation.override("en"):
        assert caught.value.message
    assert Entry.objects.count() == before


@pytest.mark.parametrize("satang", [0, -1, 1.0, True, 2**53])
def test_an_amount_is_whole_and_positive(satang: int, books: Books) -> None:
    with pytest.raises(errors.MalformedEntry):
        debit(books.account("O1100"), satang)
    with pytest.raises(errors.MalformedEntry):
        credit(books.account("O1100"), satang)


def test_a_line_past_the_helpers_is_checked_again(books: Books) -> None:
    lines = [Line(books.account("O1100"), 1.5), Line(books.account("O2100", "0001"), -1.5)]  # type: ignore[arg-type]
    with pytest.raises(errors.MalformedEntry):
        books.post_all(EntryDraft(kind="receipt", on=JANUARY_5, by=SOMPORN, lines=lines))


def test_accounts_of_another_group_are_refused(books: Books, other_books: Books) -> None:
    lines = [debit(other_books.account("O1100"), 5), credit(books.account("O2100", "0001"), 5)]
    with pytest.raises(errors.MalformedEntry):
        books.post_all(EntryDraft(kind="receipt", on=JANUARY_5, by=SOMPORN, lines=lines))


@pytest.mark.parametrize(("code", "holder"), [("A1300", ""), ("O2100", "1"), ("O2100", ""), ("O1100", "0001")])
def test_accounts_are_those_of_the_chart(code: str, holder: str, books: Books) -> None:
    with pytest.raises(errors.UnknownAccount):
        account_for(books.group, code, holder)


def test_many_accounts_take_three_queries_and_then_one(books: Books, django_assert_max_num_queries) -> None:
    keys = [("O2100", f"{number:04d}") for number in range(1, 501)]
    with django_assert_max_num_queries(5):  # savepoints of bulk_create included
        made = accounts_for(books.group, keys)
    with django_assert_max_num_queries(1):
        assert accounts_for(books.group, keys) == made
    assert len(made) == 500
