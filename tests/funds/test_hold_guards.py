"""What the database itself refuses about money that is held, past every line of Python."""

import pytest
from django.db import IntegrityError, connection, transaction

from funds.guards import drop_guards
from funds.models import Hold
from funds.services import place_hold, release_hold
from tests.funds.conftest import ANONG, SOMPORN, Books
from tests.funds.forge import execute, insert, only_books_guarded

FROZEN = {
    "amount": "satang = satang - 1",
    "reason": "reason = 'another'",
    "account": "account_id = (SELECT a.id FROM funds_account a WHERE a.id <> funds_hold.account_id LIMIT 1)",
    "group": "group_id = (SELECT max(group_id) FROM funds_book)",
    "person": "placed_by = 'another'",
    "moment": "placed_at = '2025-01-01 00:00:00'",
}


@pytest.fixture
def hold(books: Books) -> Hold:
    books.receive()
    return place_hold(account=books.account("O2100", "0001"), satang=120_00, reason="guarantee", by=SOMPORN)


def refused_until_unguarded(statement: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        execute(statement)
    drop_guards(connection)
    execute(statement)


@pytest.mark.parametrize("what", FROZEN)
def test_what_is_held_stays_as_it_was_placed(what: str, hold: Hold, other_books: Books) -> None:
    refused_until_unguarded(f"UPDATE funds_hold SET {FROZEN[what]}", "satcha:frozen")


def test_a_hold_is_not_deleted(hold: Hold) -> None:
    refused_until_unguarded("DELETE FROM funds_hold", "satcha:kept")
    assert not Hold.objects.exists()


RELEASED = {
    "taken back": "released_at = NULL, released_by = ''",
    "by another": "released_by = 'another'",
    "at another time": "released_at = '2030-01-01 00:00:00'",
}


@pytest.mark.parametrize("what", RELEASED)
def test_a_hold_ends_once(what: str, hold: Hold) -> None:
    release_hold(hold=hold, by=ANONG)
    refused_until_unguarded(f"UPDATE funds_hold SET {RELEASED[what]}", "satcha:released")


def test_a_hold_stands_on_an_account_of_its_group(hold: Hold, other_books: Books) -> None:
    row = {
        "group_id": other_books.group.pk,
        "account_id": hold.account_id,
        "satang": 1,
        "reason": "x",
        "placed_by": "x",
        "placed_at": "2026-01-05 12:00:00",
        "released_by": "",
    }
    refused_until_unguarded(insert("funds_hold", row), "satcha:account_of_other_group")


@pytest.mark.sqlite
def test_a_hold_is_not_replaced(hold: Hold) -> None:
    row = Hold.objects.values().get() | {"satang": 1}
    statement = insert("funds_hold", {name: value for name, value in row.items() if value is not None})
    refused_until_unguarded(statement.replace("INSERT", "INSERT OR REPLACE"), "satcha:exists")


@pytest.mark.postgres
def test_the_holds_are_not_emptied(hold: Hold) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    only_books_guarded()
    refused_until_unguarded("TRUNCATE funds_hold CASCADE", "satcha:kept")
