"""Balances are sums of postings, whichever way they are asked for; openings shorten the way and change nothing."""

import uuid
from datetime import date, timedelta

import pytest

from funds.accounts import accounts_for, existing_account
from funds.models import Opening
from funds.selectors import (
    account_year,
    available,
    balance,
    balances,
    cash_balances,
    code_balances,
    entries,
    entry_by_number,
    held,
    holds_in_force,
    paper_code,
    statement,
    trial_balance,
)
from funds.services import place_hold, write_openings
from tests.funds.conftest import FEBRUARY_5, JANUARY_5, SOMPORN, WICHAI, Books

JANUARY_31 = date(2026, 1, 31)


@pytest.fixture
def year(books: Books) -> Books:
    """A closed month and an open one."""
    books.receive(200_00, "0001")
    books.receive(300_00, "0002")
    books.post("income", ("A1100", "", 20_00), ("A4100", "", -20_00))
    books.post("year_close", ("A4100", "", 20_00), ("A3100", "", -20_00), on=JANUARY_31, ok=[WICHAI])
    books.receive(100_00, "0001", on=FEBRUARY_5)
    books.pay_back(50_00, "0002", on=FEBRUARY_5)
    return books


def everything_read(books: Books) -> list[object]:
    days = (None, date(2025, 12, 31), JANUARY_5, JANUARY_31, FEBRUARY_5)
    savings = books.account("O2100", "0001")
    return [
        *(balances(books.group, "O2100", day) for day in days),
        *(cash_balances(books.group, day) for day in days),
        *(balance(savings, day) for day in days),
        *([(line.code, line.balance) for line in trial_balance(books.group, day) if line.balance] for day in days),
        [(line.amount, line.balance) for line in statement(savings, since=FEBRUARY_5).lines],
    ]


def test_openings_change_no_balance(year: Books) -> None:
    without = everything_read(year)
    assert write_openings(group=year.group, ends_on=JANUARY_31) == 5
    assert everything_read(year) == without
    assert write_openings(group=year.group, ends_on=JANUARY_31) == 5


def test_openings_are_really_read(year: Books) -> None:
    write_openings(group=year.group, ends_on=JANUARY_31)
    Opening.objects.filter(account=year.account("O1100")).update(amount=1)
    assert cash_balances(year.group)["O1100"] == 1 + 50_00


def test_balances_are_raw_sums(year: Books) -> None:
    assert balances(year.group, "O2100") == {"0001": -300_00, "0002": -250_00}
    assert cash_balances(year.group) == {"O1100": 550_00, "A1100": 20_00}
    assert cash_balances(year.group, JANUARY_5) == {"O1100": 500_00, "A1100": 20_00}
    assert code_balances(year.group, ["O2100", "O5100"]) == {"O2100": -550_00, "O5100": 0}


def test_the_trial_balance_balances_in_each_unit(year: Books) -> None:
    lines = trial_balance(year.group)
    assert [line.code for line in lines] == ["O1100", "O2100", "A1100", "A3100", "A4100"]
    for unit in ("O", "A"):
        assert sum(line.debit - line.credit for line in lines if line.unit == unit) == 0
    assert (lines[1].debit, lines[1].credit) == (0, 550_00)


def test_a_statement_runs_from_what_was_brought_forward(year: Books) -> None:
    found = statement(year.account("O2100", "0001"), since=FEBRUARY_5)
    assert found.brought_forward == -200_00
    assert [(line.booked_on, line.amount, line.balance) for line in found.lines] == [(FEBRUARY_5, -100_00, -300_00)]
    assert found.carried_forward == -300_00
    assert statement(year.account("O2100", "0009")).carried_forward == 0
    assert len(statement(year.account("O2100", "0001"), until=JANUARY_31).lines) == 1


def test_entries_are_found_by_day_and_kind(year: Books) -> None:
    assert [entry.n for entry in entries(year.group, since=FEBRUARY_5)] == [7, 6]
    assert [entry.n for entry in entries(year.group, until=date(2025, 12, 31))] == [1]
    assert [entry.n for entry in entries(year.group, kinds=["receipt"], newest_first=False)] == [2, 3, 6]


def test_an_entry_is_found_by_its_number_in_its_group_only(year: Books, other_books: Books) -> None:
    entry = entry_by_number(year.group, 3)
    assert entry is not None
    assert paper_code(entry.hash) == entry.paper_code
    assert entry_by_number(other_books.group, 3) is None
    for number in (0, -1, 99, 2**40):
        assert entry_by_number(year.group, number) is None


def test_held_money_is_not_available(year: Books) -> None:
    savings = year.account("O2100", "0001")
    hold = place_hold(account=savings, satang=120_00, reason="guarantee", by=SOMPORN)
    assert (held(savings), available(savings)) == (120_00, 180_00)
    assert list(holds_in_force(year.group)) == [hold]
    assert available(year.account("O1100")) == 550_00


def test_the_account_year_of_a_day(year: Books) -> None:
    found = account_year(year.group, FEBRUARY_5)
    assert found is not None
    assert (found.year, found.ends_on, found.is_closed) == (2569, date(2026, 12, 31), False)
    assert account_year(year.group, date(2025, 1, 1)) is None


def test_looking_for_an_account_makes_none(year: Books) -> None:
    assert existing_account(year.group, "O2100", "0009") is None
    assert existing_account(year.group, "O2100", "0001") == year.account("O2100", "0001")


@pytest.mark.parametrize("months", [1, 24])
def test_reading_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    months: int, books: Books, django_assert_num_queries
) -> None:
    accounts_for(books.group, [("O2100", f"{number:04d}") for number in range(1, 21)])
    drafts = [
        books.draft("receipt", ("O1100", "", 5), ("O2100", f"{n:04d}", -5), on=JANUARY_5 + timedelta(days=month))
        for month in range(months)
        for n in range(1, 21)
    ]
    books.post_all(*drafts, operation=uuid.uuid4())
    savings = books.account("O2100", "0001")
    with django_assert_num_queries(2):
        trial_balance(books.group)
    with django_assert_num_queries(2):
        balances(books.group, "O2100")
    with django_assert_num_queries(2):
        balance(savings)
    with django_assert_num_queries(1):
        statement(savings)
