"""What stands around the gate: guards, locks, clocks, erased words, long batches."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from funds import errors
from funds.accounts import accounts_for
from funds.guards import GuardsMissing, expected_guards, missing_guards
from funds.journal import (
    EntryDraft,
    lock_book,
)
from funds.models import Account, Entry, EntryDetails
from funds.services import erase_details, start_books
from tests.funds.conftest import SOMPORN, WICHAI, Books, make_group
from tests.funds.test_gate import IN


def test_nothing_is_posted_while_a_guard_is_missing(books: Books) -> None:
    name = next(iter(expected_guards(connection.vendor)))
    table = "" if connection.vendor == "sqlite" else " ON funds_account"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{table}")
    assert missing_guards(connection) == [name]
    with pytest.raises(GuardsMissing):
        books.receive()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE funds_entry DISABLE TRIGGER satcha_entry_chain",
        "ALTER FUNCTION satcha_entry_chain() SET search_path = pg_temp",
        "CREATE OR REPLACE FUNCTION satcha_entry_chain() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_a_guard_that_was_weakened_counts_as_missing(change: str, books: Books) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(change)
    assert missing_guards(connection) == ["satcha_entry_chain"]


@pytest.mark.django_db(transaction=True)
def test_the_book_is_locked_inside_a_transaction_only() -> None:
    group = make_group("ban-mai")
    with pytest.raises(transaction.TransactionManagementError):
        lock_book(group)


def test_erasing_keeps_the_entry_and_says_so(books: Books) -> None:
    entry = books.receive(details={"payer": "สมชาย"})
    assert entry.details.data == {"payer": "สมชาย"}
    decision = erase_details(entry=entry, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="asked")
    assert not EntryDetails.objects.filter(entry=entry).exists()
    assert decision.details.data["erased"] == entry.n
    with pytest.raises(errors.MalformedEntry):
        erase_details(entry=decision, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="again")


def test_a_member_who_is_an_officer_does_not_approve_their_own_payment(village) -> None:
    books = Books(village.group)
    books.receive(200_00, by=village.treasurer)
    payee = village.members["Wichai"]
    moves = (("O2100", "0001", 100_00), ("O1100", "", -100_00))
    with pytest.raises(errors.PeopleNotApart):
        books.post("withdrawal", *moves, by=village.treasurer, ok=[village.auditor], payee=payee)
    entry = books.post("withdrawal", *moves, by=village.treasurer, ok=[village.chair], payee=payee)
    assert entry.maker == village.treasurer.code
    assert entry.details.data["payees"] == [village.auditor.code]


def test_a_batch_takes_a_constant_number_of_queries(books: Books, django_assert_max_num_queries) -> None:
    accounts_for(books.group, [("O2100", f"{number:04d}") for number in range(1, 201)])

    def batch(size: int) -> list[EntryDraft]:
        return [books.draft("receipt", ("O1100", "", 5), ("O2100", f"{n:04d}", -5)) for n in range(1, size + 1)]

    small, large = batch(2), batch(200)
    for drafts, queries in ((small, 10), (large, 9)):  # the first entries of a new day ask for their account year
        with django_assert_max_num_queries(queries):
            books.post_all(*drafts)


def test_the_clock_running_back_does_not_stop_the_books(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    first = books.receive()
    earlier = first.recorded_at - timedelta(hours=1)
    monkeypatch.setattr("funds.journal.seal.timezone", SimpleNamespace(now=lambda: earlier))
    assert books.receive().recorded_at == first.recorded_at


def test_a_book_is_started_by_its_service_once(db: None) -> None:
    group = make_group("ban-mai")
    operation = uuid.uuid4()
    first = start_books(group=group, by=SOMPORN, ok=[WICHAI], operation=operation)
    assert start_books(group=group, by=SOMPORN, ok=[WICHAI], operation=operation) == first
    assert [year.year for year in group.account_years.all()] == [2569]
    assert Account.objects.filter(group=group).count() == 0


def test_a_batch_longer_than_a_statement_is_one_chain(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funds.journal.writers.MOST", 3)
    posted = books.post_all(*[books.draft("receipt", *IN) for _ in range(8)])
    assert [entry.n for entry in posted] == list(range(2, 10))
    assert [entry.prev for entry in posted[1:]] == [entry.hash for entry in posted[:-1]]


def test_words_with_quotes_and_backslashes_come_back_as_they_were(books: Books) -> None:
    details = {"memo": "ร้าน \"ก\" \\ {a,b} 'NULL', NULL", "slip": "", "list": ["{", "}"], "n": 1}
    assert Entry.objects.get(pk=books.receive(details=details).pk).details.data == details
