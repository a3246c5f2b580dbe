"""What is undone beside the ledger when savings are reversed: months owed again, money back in the book, a period."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from funds.services.reversals import approve_reversal, request_reversal
from savings.errors import LaterInterestFirst
from savings.selectors.deposits import deposits, deposits_total
from savings.selectors.due import pledge_due
from savings.selectors.products import balances_of_books, next_preview
from savings.selectors.withdrawals import withdrawals, withdrawals_total
from savings.services import open_special_book
from savings.services.products import approve_interest
from savings.services.withdrawals import approve_withdrawal
from tests.savings.products.conftest import ask, offer, take
from tests.savings.test_deposits import bring

MAY = date(2026, 5, 1)
TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


def put_right(savers, entry):
    """Reverse an entry beside the meeting."""
    village = savers.village
    request = request_reversal(entry=entry, reason="ลงผิดคน", operation=uuid4(), by=village.treasurer)
    return approve_reversal(request=request, by=village.auditor).reversal


def test_the_months_of_a_reversed_deposit_are_owed_again(savers):
    savers.vow("Prani", 100_00, starts_on=MAY)
    owed = pledge_due(savers.group, TODAY)[savers["Prani"].pk]
    deposit = bring(savers, pledge=300_00, special=50_00, received_on=TODAY)
    reversal = put_right(savers, deposit.entry)
    assert pledge_due(savers.group, TODAY)[savers["Prani"].pk] == owed
    found = deposits(savers.group)
    assert [row.reversed_n for row in found] == [reversal.n]
    assert deposits_total(found) == 0


def test_a_reversed_withdrawal_is_back_in_its_book(savers):
    bring(savers, special=500_00, received_on=TODAY)
    row = approve_withdrawal(withdrawal=take(savers, 200_00), by=savers.village.auditor)
    reversal = put_right(savers, row.entry)
    assert balances_of_books(savers.group, [row.book]) == {row.book.number: 500_00}
    assert [each.reversed_n for each in withdrawals(savers.group)] == [reversal.n]
    assert withdrawals_total(withdrawals(savers.group)) == 0
    assert list(withdrawals(savers.group, show="paid")) == []


def test_interest_is_reversed_from_the_latest_period_backwards_and_its_period_is_open_again(savers):
    savers.pay("Prani", date(2026, 1, 1), special=10_000_00)
    open_special_book(member=savers["Prani"], by=None)
    savers.product = offer(savers, first_credit_month=3, second_credit_month=6)
    first, second = (approve_interest(run=ask(savers), by=savers.village.auditor) for _period in range(2))
    with pytest.raises(LaterInterestFirst):
        put_right(savers, first.entry)
    put_right(savers, second.entry)
    assert next_preview(savers.product).starts_on == second.starts_on
    put_right(savers, first.entry)
    assert next_preview(savers.product).starts_on == first.starts_on
