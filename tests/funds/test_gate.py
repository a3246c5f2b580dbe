"""The gate: what it posts, what it refuses, and in which words."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from funds import chain, errors
from funds.accounts import account_for, accounts_for
from funds.guards import GuardsMissing, expected_guards, missing_guards
from funds.journal import (
    EntryDraft,
    Line,
    correct_entry,
    correct_prior_year,
    credit,
    debit,
    lock_book,
    open_book,
    reverse_entry,
)
from funds.models import Account, Entry, EntryDetails
from funds.selectors import available, balance, cash_balances
from funds.services import erase_details, place_hold, release_hold, start_books
from tests.funds.conftest import ANONG, FEBRUARY_5, JANUARY_5, SOMPORN, WICHAI, Books, make_group

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


# --- the same form again --------------------------------------------------------------------------


def test_the_same_operation_posts_once(books: Books) -> None:
    operation = uuid.uuid4()
    first = books.receive(details={"memo": "มกราคม"}, operation=operation)
    again = books.receive(details={"memo": "มกราคม"}, operation=operation)
    assert again == first
    assert Entry.objects.filter(group=books.group).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"satang": 300_00},
        {"holder": "0002"},
        {"on": FEBRUARY_5},
        {"by": ANONG},
        {"ok": [WICHAI]},
        {"details": {"memo": "other"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_operation_with_other_content_is_refused(change: dict, books: Books) -> None:
    operation = uuid.uuid4()
    books.receive(operation=operation)
    with pytest.raises(errors.OperationReused):
        books.receive(**{"operation": operation, **change})


def test_a_batch_posts_once_and_returns_its_entries(books: Books) -> None:
    operation = uuid.uuid4()
    drafts = [
        books.draft("receipt", *IN, operation=uuid.uuid4()),
        books.draft("receipt", *IN),
        books.draft("meeting_close", ok=[WICHAI], declared={"O1100": 400_00, "A1100": 0}),
    ]
    first = books.post_all(*drafts, operation=operation)
    assert [entry.n for entry in first] == [2, 3, 4]
    assert first[2].operation == operation
    assert books.post_all(*drafts, operation=operation) == first
    with pytest.raises(errors.OperationReused):
        books.post_all(drafts[0], drafts[2], operation=operation)


def test_a_row_already_posted_stops_the_batch(books: Books) -> None:
    row = uuid.uuid4()
    books.receive(operation=row)
    with pytest.raises(errors.OperationReused):
        books.post_all(books.draft("receipt", *IN, operation=row), books.draft("receipt", *IN))
    assert books.last.n == 2


def test_erased_words_do_not_post_twice(books: Books) -> None:
    operation = uuid.uuid4()
    entry = books.receive(details={"payer": "สมชาย"}, operation=operation)
    erase_details(entry=entry, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="asked")
    assert books.receive(details={"payer": "สมชาย"}, operation=operation) == entry


# --- floors, holds, locks -------------------------------------------------------------------------


def test_floors_are_checked_in_the_order_of_the_batch(books: Books) -> None:
    pay = books.draft("resignation", ("O2100", "0001", 200_00), ("O1100", "", -200_00), ok=[WICHAI])
    receive = books.draft("receipt", *IN)
    with pytest.raises(errors.InsufficientFunds):
        books.post_all(pay, receive)
    assert len(books.post_all(receive, pay)) == 2


def test_floors_count_what_is_dated_later_too(books: Books) -> None:
    books.receive(200_00, on=JANUARY_5)
    books.pay_back(200_00, on=FEBRUARY_5)
    with pytest.raises(errors.InsufficientFunds):
        books.pay_back(1, on=date(2026, 1, 20))


def test_held_money_stays(books: Books) -> None:
    books.receive(200_00)
    savings = books.account("O2100", "0001")
    hold = place_hold(account=savings, satang=150_00, reason="guarantee", by=SOMPORN)
    assert available(savings) == 50_00
    with pytest.raises(errors.InsufficientFunds):
        books.pay_back(50_01)
    books.pay_back(50_00)
    release_hold(hold=hold, by=SOMPORN)
    books.pay_back(150_00)
    with pytest.raises(errors.HoldReleased):
        release_hold(hold=hold, by=SOMPORN)


def test_no_more_is_held_than_is_there(books: Books) -> None:
    books.receive(200_00)
    savings = books.account("O2100", "0001")
    place_hold(account=savings, satang=150_00, reason="guarantee", by=SOMPORN)
    with pytest.raises(errors.InsufficientFunds):
        place_hold(account=savings, satang=50_01, reason="withdrawal", by=SOMPORN)


def test_money_may_still_come_to_a_balance_below_its_holds(books: Books) -> None:
    books.receive(200_00)
    place_hold(account=books.account("O1100"), satang=200_00, reason="payment", by=SOMPORN)
    assert books.receive(5)


def test_counted_cash_stays_as_declared(books: Books) -> None:
    books.receive(200_00)
    books.close(operating=200_00)
    with pytest.raises(errors.DeclaredAccountTouched):
        books.receive(on=JANUARY_5)
    assert books.post("income", ("O1200", "", 5), ("O4300", "", -5), on=JANUARY_5)
    assert books.receive(on=date(2026, 1, 6))


def test_what_is_counted_is_what_the_books_say(books: Books) -> None:
    books.receive(200_00)
    with pytest.raises(errors.DeclarationWrong):
        books.close(operating=199_00)
    books.receive(300_00, on=FEBRUARY_5)
    assert books.close(operating=200_00).declared == {"O1100": 200_00, "A1100": 0}


def test_a_closed_year_takes_nothing(books: Books) -> None:
    books.post("year_close", on=date(2026, 1, 31), ok=[WICHAI])
    with pytest.raises(errors.PeriodLocked):
        books.post("income", ("O1200", "", 5), ("O4300", "", -5), on=date(2026, 1, 31))
    assert books.receive(on=date(2026, 2, 1)).locked_through == date(2026, 1, 31)


# --- reversal -------------------------------------------------------------------------------------


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


# --- around the gate ------------------------------------------------------------------------------


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
