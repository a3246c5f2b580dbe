"""Writes that go past Python, refused by SQL alone; each goes through once the guards are off."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from funds import chain
from funds.accounts import account_for
from funds.errors import PoolPaysForOther, UnknownAccount
from funds.journal import open_book
from funds.models import Entry, Posting
from funds.selectors import head
from tests.funds.conftest import ANONG, FEBRUARY_5, JANUARY_5, SOMPORN, WICHAI, Books, make_group
from tests.funds.forge import (
    Forgery,
    declared,
    everything_off,
    execute,
    forge,
    forged_account,
    insert,
    only_books_guarded,
)

CASH_IN = (("O1100", "", 200_00), ("O2100", "0001", -200_00))
CASH_OUT = (("O2100", "0001", 50_00), ("O1100", "", -50_00))
DECEMBER_31 = date(2025, 12, 31)
Case = Callable[[Books, Books], Forgery]
CASES: dict[str, tuple[Case, str]] = {}


def case(rule: str) -> Callable[[Case], Case]:
    """Register a forgery under the rule that must refuse it."""

    def register(make: Case) -> Case:
        CASES[make.__name__] = (make, rule)
        return make

    return register


@case("unbalanced")
def sides_differ(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[0]["amount"] += 1
    return forgery


@case("unbalanced")
def balanced_overall_but_not_in_each_pool(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1100", "", 100_00), ("A4100", "", -100_00))


@case("unbalanced")
def paddy_paid_with_money(books: Books, others: Books) -> Forgery:
    return forge(books, ("KR1100", "", 100), ("O4400", "rice", -100))


@case("unbalanced|entry_lines")
def one_leg(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1100", "", 100_00))


@case("posting_not_zero")
def zero_amount(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN, ("O4200", "", 1))
    forgery.postings[2]["amount"] = 0
    return forgery


@case("unknown_account")
def unknown_account(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    return forgery


@case("account_of_other_group")
def account_of_another_group(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = others.account("O2100", "0001").pk
    return forgery


@case("posting_of_other_group")
def posting_says_another_group(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["group_id"] = others.group.pk
    return forgery


@case("posting_of_other_day")
def posting_says_another_day(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["booked_on"] = FEBRUARY_5
    return forgery


@case("needs_postings")
def receipt_without_postings(books: Books, others: Books) -> Forgery:
    return forge(books)


@case("takes_no_postings")
def close_with_postings(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 1), ("O2100", "0001", -1), kind="meeting_close", declared=declared(0))


@case("takes_no_postings")
def decision_with_postings(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="slip_issue")


@case("lines")
def fewer_postings_than_declared(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, lines=3)


@case("lines")
def more_postings_than_declared(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, *CASH_IN, lines=2)


@case("lines")
def lines_not_counted_from_one(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["line"] = 3
    return forgery


@case("number_gap|locked_through|number_form")
def number_gap(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    for row in (forgery.entry, *forgery.postings):
        row["id" if "id" in row else "entry_id"] += 1
    forgery.entry["n"] += 1
    return forgery


@case("entry_id_is_group_and_number|number_gap|entry_number_once|number_form")
def id_of_another_number(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.entry["n"] += 5
    return forgery


@case("wrong_prev")
def wrong_previous_hash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, prev="f" * 64)


@case("hash_form")
def hash_that_is_none(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, hash="not a hash")


@case("recorded_earlier")
def recorded_before_the_entry_before(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, recorded_at="2026-01-06 00:00:00")


@case("date_form")
def recorded_with_microseconds(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.entry["recorded_at"] += ".500000"
    return forgery


@case("future_date")
def dated_tomorrow(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, on=timezone.localdate() + timedelta(days=1))


@case("period_locked")
def dated_in_a_closed_year(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 1), ("O4300", "", -1), on=DECEMBER_31)


@case("locked_through")
def lock_taken_back(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, locked_through=date(2020, 1, 1))


@case("locked_through")
def year_close_that_does_not_lock(books: Books, others: Books) -> Forgery:
    return forge(books, kind="year_close", on=FEBRUARY_5, locked_through=DECEMBER_31)


@case("declared_through")
def declaration_taken_back(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, declared_through=date(2020, 1, 1))


@case("declared_account")
def cash_touched_on_a_declared_day(books: Books, others: Books) -> Forgery:
    books.receive(100_00)
    books.close(operating=100_00)
    return forge(books, *CASH_IN, on=JANUARY_5)


@case("declared_already")
def second_close_of_a_day(books: Books, others: Books) -> Forgery:
    books.close()
    return forge(books, kind="meeting_close", declared=declared(0))


@case("declares_not")
def receipt_that_declares_cash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, declared=declared(200_00))


@case("entry_maker_not_approver|maker_approves")
def maker_among_the_approvers(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{ANONG},{SOMPORN},{WICHAI}")


@case("people_form")
def maker_hidden_among_the_approvers_by_a_blank(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=f"{SOMPORN} ")


@case("people_form")
def maker_hidden_among_the_approvers_by_capitals(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=SOMPORN.upper())


@case("people_form")
def approval_by_nobody_between_commas(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=",")


@case("people_form")
def approver_who_is_a_dash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers="-")


@case("people_form")
def one_approver_counted_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{WICHAI},{WICHAI}")


@case("people_form")
def approvers_out_of_order(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{WICHAI},{ANONG}")


@case("people_form")
def approvers_parted_by_blanks(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{ANONG}, {WICHAI}")


@case("people_form")
def maker_with_a_line_break(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, maker=f"{SOMPORN}\n")


@case("hash_form")
def words_hashed_by_no_hash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, memo_hash="F" * 64)


@case("declared_form")
def close_that_declares_nothing(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close")


@case("declared_form")
def close_that_declares_half_a_satang(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 0.5}')


@case("declared_form")
def close_that_declares_words(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": "0", "O1100": 0}')


@case("declared_form")
def close_that_declares_the_bank(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 0, "O1200": 0}')


@case("declared_form")
def close_that_declares_a_list(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='["O1100", "A1100"]')


@case("declared_form")
def close_that_declares_more_than_there_is_money(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 99999999999999999999}')


@case("unknown_kind")
def kind_from_paper_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="paper_paper_receipt", approvers="")


@case("unknown_kind|second_person")
def kind_that_only_looks_as_from_paper(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="paperxwithdrawal", approvers="")


@case("entry_number|number_form|entry_id|number_gap")
def negative_number(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    for row in (forgery.entry, *forgery.postings):
        row["id" if "id" in row else "entry_id"] -= 10
    forgery.entry["n"] -= 10
    return forgery


@case("second_person")
def withdrawal_by_one_person(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers="")


@case("second_person")
def money_out_under_another_name(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="income", approvers="")


@case("unknown_kind")
def kind_that_nobody_knows(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="gift")


@case("opened_already")
def second_opening(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="paper_opening", on=FEBRUARY_5)


@case("pools_crossed")
def cash_moved_between_the_pools(books: Books, others: Books) -> Forgery:
    moves = (("O3900", "", 10_00), ("O1100", "", -10_00), ("A1100", "", 10_00), ("A3100", "", -10_00))
    return forge(books, *moves, kind="expense")


@case("pools_crossed")
def debt_between_the_pools_by_a_receipt(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1900", "", 10_00), ("O3900", "", -10_00), ("A3100", "", 10_00), ("A2900", "", -10_00))


def _crossing(giver: str, taker: str) -> tuple[tuple[str, str, int], ...]:
    """Money of one pool falls, that of the other rises; each pool balances by its fund."""
    funds = {"O": "O3900", "A": "A3100"}
    return ((funds[giver[0]], "", 10_00), (giver, "", -10_00), (taker, "", 10_00), (funds[taker[0]], "", -10_00))


@case("pools_crossed")
def bank_moved_to_the_other_pools_cash(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("O1200", "A1100"), kind="withdrawal")


@case("pools_crossed")
def fees_moved_into_the_operating_bank(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("A1100", "O1200"), kind="bank_carry")


@case("pools_crossed")
def crossing_hidden_behind_a_second_place(books: Books, others: Books) -> Forgery:
    moves = (("O1100", "", -30_00), ("O1200", "", 20_00), ("O3900", "", 10_00), ("A1200", "", 10_00))
    return forge(books, *moves, ("A3100", "", -10_00), kind="expense")


@case("pools_crossed")
def operating_pool_owing_by_a_donation(books: Books, others: Books) -> Forgery:
    return forge(books, ("O2900", "", -10_00), ("O3900", "", 10_00), kind="donation")


@case("pools_crossed")
def debt_to_the_administrative_pool_struck_out(books: Books, others: Books) -> Forgery:
    return forge(books, ("A1900", "", -10_00), ("A3100", "", 10_00), kind="expense")


@case("pools_crossed")
def settlement_of_an_advance_that_crosses(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("O1100", "A1100"), kind="advance_settled")


@case("unbalanced")
def administrative_cost_from_operating_cash(books: Books, others: Books) -> Forgery:
    return forge(books, ("A5100", "", 10_00), ("O1100", "", -10_00), kind="expense")


@case("operation_used|entry_operation_once")
def operation_used_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, operation=books.receive().operation)


@case("reverses_nothing")
def reversal_of_nothing(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="reversal")


@case("reverses_not")
def receipt_that_reverses(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, reverses=books.receive())


@case("not_mirrored")
def reversal_that_mirrors_another_amount(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="reversal", reverses=books.receive(200_00))


@case("not_mirrored")
def reversal_that_mirrors_another_member(books: Books, others: Books) -> Forgery:
    moves = (("O2100", "0002", 200_00), ("O1100", "", -200_00))
    return forge(books, *moves, kind="reversal", reverses=books.receive(200_00))


@case("reversed_already|entry_reversed_once")
def reversed_twice(books: Books, others: Books) -> Forgery:
    entry = books.receive(200_00)
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    forge(books, *moves, kind="reversal", reverses=entry).write()
    return forge(books, *moves, kind="reversal", reverses=entry)


@case("irreversible")
def reversal_of_a_close(books: Books, others: Books) -> Forgery:
    close = books.close()
    return forge(books, ("O1200", "", 1), ("O4300", "", -1), kind="reversal", reverses=close)


@case("reverses_unknown")
def reversal_of_another_groups_entry(books: Books, others: Books) -> Forgery:
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    return forge(books, *moves, kind="reversal", reverses=others.receive(200_00))


def _income_of_a_closed_year(books: Books) -> Entry:
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    books.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=date(2026, 1, 31), ok=[WICHAI])
    return entry


@case("closed_year_result")
def income_of_a_closed_year_reversed(books: Books, others: Books) -> Forgery:
    entry = _income_of_a_closed_year(books)
    return forge(books, ("O4300", "", 30_00), ("O1200", "", -30_00), kind="reversal", reverses=entry, on=FEBRUARY_5)


@case("closed_year_result")
def prior_year_of_an_open_year(books: Books, others: Books) -> Forgery:
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    return forge(books, ("O3900", "", 30_00), ("O1200", "", -30_00), kind="prior_year", reverses=entry)


@case("not_mirrored")
def prior_year_against_the_reserve(books: Books, others: Books) -> Forgery:
    entry = _income_of_a_closed_year(books)
    return forge(books, ("O3100", "", 30_00), ("O1200", "", -30_00), kind="prior_year", reverses=entry, on=FEBRUARY_5)


@case("prior_year_result")
def prior_year_booked_as_income(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 30_00), ("O4300", "", -30_00), kind="prior_year")


@pytest.mark.parametrize("name", CASES)
def test_forgery_is_refused_by_sql_alone(name: str, books: Books, other_books: Books) -> None:
    make, rule = CASES[name]
    forgery = make(books, other_books)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        forgery.write()


UNIQUE = {"operation_used_twice", "reversed_twice"}  # a unique index refuses these as well, and it stays


@pytest.mark.parametrize("name", [name for name in CASES if name not in UNIQUE])
def test_forgery_goes_through_with_the_guards_off(name: str, books: Books, other_books: Books) -> None:
    forgery = CASES[name][0](books, other_books)
    with everything_off():
        forgery.write()
        assert Entry.objects.filter(pk=forgery.entry["id"]).exists()


def test_honest_writes_in_sql_go_through(books: Books) -> None:
    forge(books, *CASH_IN).write()
    forge(books, *CASH_OUT, kind="withdrawal").write()
    forge(books, *CASH_OUT, kind="paper_withdrawal", approvers="").write()
    forge(books, ("KR1100", "", 100), ("KR3100", "", -100)).write()
    entry = books.receive(200_00, on=FEBRUARY_5)
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    forge(books, *moves, kind="reversal", reverses=entry, on=FEBRUARY_5).write()
    assert Entry.objects.filter(group=books.group).count() == 7


@pytest.mark.parametrize("kind", ["pool_advance", "allotment"])
@pytest.mark.parametrize(("giver", "taker"), [("O1100", "A1100"), ("A1200", "O1200"), ("O1200", "A1100")])
def test_the_kinds_that_may_change_the_pool_do_and_so_does_their_reversal(
    kind: str, giver: str, taker: str, books: Books
) -> None:
    moves = _crossing(giver, taker)
    forge(books, *moves, kind=kind).write()
    last = head(books.group)
    assert last is not None
    back = [(code, holder, -satang) for code, holder, satang in moves]
    forge(books, *back, kind="reversal", reverses=last).write()


@pytest.mark.parametrize("code", ["A1300", "A2300", "O4800"])
def test_loans_exist_in_the_operating_pool_alone(code: str, books: Books) -> None:
    with pytest.raises(IntegrityError, match="not_in_chart"), transaction.atomic():
        forged_account(books.group, code)
    with override("en"), pytest.raises(UnknownAccount) as refused:
        account_for(books.group, code, "1/2569")
    assert ("fees, is never lent" in str(refused.value)) == (code == "A1300")


def test_a_pool_that_shall_pay_for_the_other_is_refused_with_the_rules_name(books: Books) -> None:
    with override("en"), pytest.raises(PoolPaysForOther, match="never paid from operating capital"):
        books.post("expense", ("A5100", "", 10_00), ("O1100", "", -10_00), ok=[WICHAI])


def test_an_approver_whose_code_contains_the_makers_is_another_person(books: Books) -> None:
    forge(books, *CASH_IN, approvers=f"{SOMPORN}x,x{SOMPORN}").write()


@pytest.mark.parametrize("extra", [1, 2])
def test_nothing_is_added_to_a_sealed_entry(books: Books, extra: int) -> None:
    entry = books.receive(200_00)
    cash, savings = books.account("O1100"), books.account("O2100", "0001")
    rows = [
        {
            "entry_id": entry.pk,
            "line": 2 + step,
            "group_id": books.group.pk,
            "account_id": (cash, savings)[step - 1].pk,
            "booked_on": JANUARY_5,
            "amount": (5, -5)[step - 1],
        }
        for step in range(1, extra + 1)
    ]
    with pytest.raises(IntegrityError, match=r"sealed|lines"), transaction.atomic():
        execute(insert("funds_posting", *rows))
    with everything_off():
        execute(insert("funds_posting", *rows))
        assert Posting.objects.filter(entry=entry).count() == 2 + extra


def test_receipt_before_the_opening_is_refused(db: None) -> None:
    books = Books(make_group("ban-mai"))
    open_book(group=books.group)
    forgery = forge(books, *CASH_IN)
    with pytest.raises(IntegrityError, match="not_opened"), transaction.atomic():
        forgery.write()
    forge(books, kind="slip_issue").write()
    with everything_off():
        forge(books, *CASH_IN).write()


def test_first_entry_continues_nothing(db: None) -> None:
    books = Books(make_group("ban-mai"))
    with pytest.raises(IntegrityError, match="no_book"), transaction.atomic():
        forge(books, kind="paper_opening", on=DECEMBER_31).write()
    open_book(group=books.group)
    with pytest.raises(IntegrityError, match="wrong_prev"), transaction.atomic():
        forge(books, kind="paper_opening", on=DECEMBER_31, prev="a" * 64).write()
    forge(books, kind="paper_opening", on=DECEMBER_31, prev=chain.NO_HASH).write()


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


@pytest.mark.sqlite
def test_half_a_satang_is_refused(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[0]["amount"], forgery.postings[1]["amount"] = 100.5, -100.5
    with pytest.raises(IntegrityError, match="not_whole"), transaction.atomic():
        forgery.write()


HIDDEN = {
    "operation in capitals": ("operation", "'" + "AB" * 16 + "'", "operation_form"),
    "operation with dashes": ("operation", "'00000000-0000-0000-0000-000000000001'", "operation_form"),
    "operation behind a NUL": ("operation", "CAST(X'" + "61" * 32 + "00' AS TEXT)", "operation_form"),
    "hash behind a NUL": ("hash", "CAST(X'" + "61" * 64 + "0078' AS TEXT)", "hash_form"),
    "maker behind a NUL": ("maker", "CAST(X'736f6d706f726e00' AS TEXT)", "people_form"),
    "maker longer than a code": ("maker", "'" + "a" * 33 + "'", "people_form"),
    "maker as bytes": ("maker", "X'736f6d706f726e'", "people_form"),
    "approvers behind a NUL": ("approvers", "CAST(X'0020' AS TEXT)", "people_form"),
    "declared twice": ("declared", """'{"A1100":0,"O1100":0,"O1100":1}'""", "declared_form"),
    "declared as no JSON": ("declared", "'{} '", "declares_not|declared_form"),
    "no number": ("n", "NULL", "number_form|NOT NULL"),
    "half a number": ("n", "2.5", "number_form"),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("name", HIDDEN)
def test_nothing_hides_in_another_spelling(name: str, books: Books) -> None:
    column, value, rule = HIDDEN[name]
    forgery = forge(books, *CASH_IN)
    forgery.entry[column] = "{place}"
    rows = insert("funds_posting", *forgery.postings)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        execute(rows, insert("funds_entry", forgery.entry).replace("'{place}'", value))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"approvers": SOMPORN}, "maker_approves"),
        ({"n": 9}, "number_form|number_gap"),
        ({"amount": 0}, "posting_amount"),
        ({"amount": 2**53}, "posting_amount"),
    ],
    ids=str,
)
def test_checks_put_to_sleep_leave_the_rules_awake(change: dict, rule: str, books: Books) -> None:
    forgery = forge(books, *CASH_IN, *CASH_IN)
    if "amount" in change:
        forgery.postings[0]["amount"], forgery.postings[1]["amount"] = change["amount"], -change["amount"]
    else:
        forgery.entry |= change
    execute("PRAGMA ignore_check_constraints = ON")
    try:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            forgery.write()
    finally:
        execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.sqlite
def test_a_holder_has_one_spelling(books: Books) -> None:
    books.account("O2100", "0001")
    for holder in ("X'30303031'", "CAST(X'3030303100' AS TEXT)"):
        row = insert("funds_account", {"group_id": books.group.pk, "code": "O2100", "holder": "{place}"})
        with pytest.raises(IntegrityError, match="holder_form"), transaction.atomic():
            execute(row.replace("'{place}'", holder))


@pytest.mark.sqlite
def test_a_temporary_table_does_not_deceive_the_guards_of_sqlite(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    execute("CREATE TEMP TABLE funds_account AS SELECT * FROM main.funds_account")
    try:
        execute(insert("temp.funds_account", {"id": 10**9, "group_id": books.group.pk, "code": "O2100", "holder": "x"}))
        with pytest.raises(IntegrityError, match="unknown_account"), transaction.atomic():
            forgery.write()
    finally:
        execute("DROP TABLE temp.funds_account")


@pytest.mark.postgres
def test_a_moment_that_never_comes_is_refused(books: Books) -> None:
    for moment in ("infinity", "-infinity"):
        with pytest.raises(IntegrityError, match="date_form"), transaction.atomic():
            forge(books, *CASH_IN, recorded_at=moment).write()


@pytest.mark.postgres
def test_the_reading_of_backslashes_does_not_deceive_the_guards(books: Books) -> None:
    execute("SET standard_conforming_strings = off")
    try:
        with pytest.raises(IntegrityError, match=r"unknown_kind|second_person"), transaction.atomic():
            forge(books, *CASH_OUT, kind="paperxwithdrawal", approvers="").write()
    finally:
        execute("SET standard_conforming_strings = on")


@pytest.mark.postgres
def test_a_table_of_the_same_name_does_not_deceive_the_guards(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    shadow = {"id": 10**9, "group_id": books.group.pk, "code": "O2100", "holder": "x"}
    execute("CREATE TEMPORARY TABLE funds_account AS SELECT * FROM public.funds_account")
    execute(insert("pg_temp.funds_account", shadow))
    with pytest.raises(IntegrityError, match="unknown_account"), transaction.atomic():
        forgery.write()
    execute("DROP TABLE pg_temp.funds_account")


def test_an_account_outside_the_chart_is_refused(books: Books) -> None:
    for code in ("A1300", "O9999", "KR9999", "B1100"):
        with pytest.raises(IntegrityError, match="not_in_chart"), transaction.atomic():
            forged_account(books.group, code)
    with everything_off():
        forged_account(books.group, "A1300")


@pytest.mark.django_db(transaction=True)
def test_a_posting_without_an_entry_never_commits() -> None:
    books = Books(make_group("ban-nong"))
    books.open()
    forgery = forge(books, *CASH_IN)
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(insert("funds_posting", *forgery.postings))
    assert not Posting.objects.filter(entry_id=forgery.entry["id"]).exists()
    with everything_off():
        execute(insert("funds_posting", *forgery.postings))
        assert Posting.objects.filter(entry_id=forgery.entry["id"]).exists()
