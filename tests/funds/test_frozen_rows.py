"""What stands in the journal is neither changed nor deleted, emptied nor replaced."""

import pytest
from django.db import IntegrityError, transaction

from tests.funds.conftest import Books
from tests.funds.forge import (
    everything_off,
    execute,
    forge,
    insert,
    only_books_guarded,
)
from tests.funds.forgeries.registry import CASH_IN

CHANGES = {
    "entry": "UPDATE funds_entry SET maker = 'x'",
    "entry_lock": "UPDATE funds_entry SET locked_through = '2020-01-01'",
    "posting": "UPDATE funds_posting SET amount = amount",
    "account": "UPDATE funds_account SET holder = '0002' WHERE code = 'O2100'",
    "book": "UPDATE funds_book SET group_id = group_id",
    "entry_gone": "DELETE FROM funds_entry WHERE n = (SELECT max(n) FROM funds_entry)",
    "posting_gone": "DELETE FROM funds_posting",
    "account_gone": "DELETE FROM funds_account WHERE code = 'O2100'",
    "book_gone": "DELETE FROM funds_book",
}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_that_stands_is_changed_or_deleted(name: str, books: Books) -> None:
    books.receive()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        execute(CHANGES[name])
    with everything_off():
        execute(CHANGES[name])


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["funds_entry", "funds_posting", "funds_account", "funds_book"])
def test_no_table_is_emptied(table: str, books: Books) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # this test's own rows wait for their foreign keys
    only_books_guarded()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        execute(f"TRUNCATE {table} CASCADE")
    with everything_off():
        execute(f"TRUNCATE {table} CASCADE")


def test_nothing_is_replaced_through_a_conflict(books: Books) -> None:
    entry = books.receive()
    row = forge(books, *CASH_IN).entry | {"id": entry.pk, "n": entry.n}
    change = insert("funds_entry", row) + " ON CONFLICT (id) DO UPDATE SET maker = 'x'"
    with pytest.raises(IntegrityError, match=r"frozen|entry_exists"), transaction.atomic():
        execute(change)


REPLACED = ("funds_entry", "funds_posting", "funds_account", "funds_book")


@pytest.mark.sqlite
@pytest.mark.parametrize("table", REPLACED)
def test_insert_or_replace_replaces_nothing(table: str, books: Books) -> None:
    books.receive()
    copy = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    with pytest.raises(IntegrityError, match=r"exists|sealed"), transaction.atomic():
        execute(copy)
    with everything_off():
        execute(copy)


@pytest.mark.sqlite
def test_a_posting_is_not_replaced_by_its_row_number(books: Books) -> None:
    books.receive()
    forgery = forge(books, *CASH_IN)
    row = {"rowid": 1, **forgery.postings[0]}
    statement = insert("funds_posting", row).replace("INSERT", "INSERT OR REPLACE", 1)
    with pytest.raises(IntegrityError, match="posting_exists"), transaction.atomic():
        execute(statement)
