"""Whatever is changed, deleted, inserted or swapped in the journal is found."""

from collections.abc import Callable

import pytest
from django.db import connection

from funds.models import Entry, EntryDetails
from tests.funds.conftest import Books
from tests.reports.verify_books.conftest import found_in, journal_damage


def test_honest_books_are_intact(books: Books) -> None:
    assert journal_damage(books) == []


OTHER_ACCOUNT = "(SELECT id FROM funds_account WHERE group_id = :g AND code = 'O2350' AND holder = '0002')"


SOMEBODY = "'somebody'"


ENTRY_FIELDS = {
    "group_id": "group_id + 1",
    "n": "n + 1000",
    "operation": "'" + ("f" * 32) + "'",
    "kind": "'income'",
    "booked_on": "'2026-01-06'",
    "recorded_at": "'2026-11-05 03:00:00'",
    "maker": SOMEBODY,
    "approvers": SOMEBODY,
    "reverses_id": ":e + 2",
    "memo_hash": "'" + "1" * 64 + "'",
    "declared": '\'{"O1100": 1, "A1100": 0}\'',
    "prev": "'" + "2" * 64 + "'",
    "hash": "'" + "3" * 64 + "'",
    "lines": "lines + 1",
    "locked_through": "'2020-01-01'",
    "declared_through": "'2020-01-01'",
}


@pytest.mark.parametrize("column", ENTRY_FIELDS)
@pytest.mark.parametrize("n", [3, 5])
def test_a_changed_column_of_an_entry_is_found(column: str, n: int, books: Books, tamper: Callable[..., None]) -> None:
    if connection.vendor == "postgresql":
        tamper("ALTER TABLE funds_entry DROP CONSTRAINT entry_number_once")
    tamper(f"UPDATE funds_entry SET {column} = {ENTRY_FIELDS[column]} WHERE id = :e + {n}")
    assert n in found_in(books)


def test_a_changed_id_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_entry SET id = id + 1000 WHERE id = :e + 15")
    assert found_in(books) >= {15, 1015}


POSTING_FIELDS = {
    "entry_id": ":e + 2",
    "line": "3",
    "group_id": "group_id + 1",
    "account_id": OTHER_ACCOUNT,
    "booked_on": "'2026-01-06'",
    "amount": "amount - 1",
}


@pytest.mark.parametrize("column", POSTING_FIELDS)
def test_a_changed_column_of_a_posting_is_found(column: str, books: Books, tamper: Callable[..., None]) -> None:
    if column == "entry_id":
        tamper("UPDATE funds_posting SET line = 9 WHERE entry_id = :e + 4 AND line = 2")
    tamper(f"UPDATE funds_posting SET {column} = {POSTING_FIELDS[column]} WHERE entry_id = :e + 4 AND line IN (2, 9)")
    assert 4 in found_in(books)


@pytest.mark.parametrize("change", ["code = 'O3100'", "holder = '0077'", "group_id = group_id + 1", "code = 'O9999'"])
def test_a_changed_account_is_found(change: str, books: Books, tamper: Callable[..., None]) -> None:
    tamper(f"UPDATE funds_account SET {change} WHERE group_id = :g AND code = 'O2350' AND holder = '0002'")
    assert 3 in found_in(books)


@pytest.mark.parametrize(
    "change", ["salt = '00'", "salt = 'zz'", """text = '{"payer":"another"}'""", "entry_id = :e + 900"]
)
def test_changed_words_are_found(change: str, books: Books, tamper: Callable[..., None]) -> None:
    tamper(f"UPDATE funds_entrydetails SET {change} WHERE entry_id = :e + 2")
    assert 2 in found_in(books)


def test_words_erased_without_a_decision_are_found(books: Books) -> None:
    EntryDetails.objects.filter(entry__n=2).delete()
    assert found_in(books) == {2}


DELETED = {
    "first": 1,
    "middle": 4,
    "decision": 14,
}


@pytest.mark.parametrize("name", DELETED)
def test_a_deleted_entry_is_found(name: str, books: Books, tamper: Callable[..., None]) -> None:
    n = DELETED[name]
    tamper(
        f"DELETE FROM funds_posting WHERE entry_id = :e + {n}",
        f"DELETE FROM funds_entrydetails WHERE entry_id = :e + {n}",
        f"DELETE FROM funds_entry WHERE id = :e + {n}",
    )
    assert n + 1 in found_in(books)


def test_an_entry_deleted_without_its_postings_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM funds_entry WHERE id = :e + 15")
    assert 15 in found_in(books)


def test_a_deleted_posting_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM funds_posting WHERE entry_id = :e + 4 AND line = 2")
    assert 4 in found_in(books)


def test_an_inserted_entry_is_found(books: Books, tamper: Callable[..., None]) -> None:
    columns = ", ".join(
        str(field.column) for field in Entry._meta.fields if field.column not in ("id", "n", "operation")
    )
    key = "'" + "9" * 32 + "'"
    tamper(
        f"INSERT INTO funds_entry (id, n, operation, {columns}) SELECT id + 14, 16, {key}, {columns} FROM funds_entry"
        " WHERE id = :e + 2"
    )
    assert 16 in found_in(books)


def test_inserted_postings_are_found(books: Books, tamper: Callable[..., None]) -> None:
    rows = (
        "SELECT entry_id, line + 2, group_id, account_id, booked_on, amount FROM funds_posting WHERE entry_id = :e + 2"
    )
    tamper(f"INSERT INTO funds_posting (entry_id, line, group_id, account_id, booked_on, amount) {rows}")
    assert 2 in found_in(books)


def test_swapped_entries_are_found(books: Books, tamper: Callable[..., None]) -> None:
    for table, column in (("funds_entry", "id"), ("funds_posting", "entry_id"), ("funds_entrydetails", "entry_id")):
        for change in (":e + 2 THEN 900", ":e + 3 THEN 2", ":e + 900 THEN 3"):
            old, new = change.split(" THEN ")
            extra = f", n = {new}" if column == "id" else ""
            tamper(f"UPDATE {table} SET {column} = :e + {new}{extra} WHERE {column} = {old}")
    assert found_in(books) >= {2, 3}


def test_swapped_amounts_are_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_posting SET amount = -amount WHERE entry_id = :e + 2")
    assert 2 in found_in(books)
