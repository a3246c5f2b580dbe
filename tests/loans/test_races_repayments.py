"""Repayments at once over real connections. Beside each race stands its control: the lock taken off, it is lost."""

import time
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from funds.journal import reversals, reverse_entry
from funds.models import Entry
from loans.models import LoanReceipt, Repayment
from loans.repayment_errors import LaterRepaymentFirst
from loans.selectors.standings import standing_of
from loans.services import receipts, undoing
from loans.services.receipts import LoanMoney, record_loan_receipt
from meetings.errors import LoansMoved
from meetings.models import Meeting
from meetings.selectors import loans as sheet_loans
from meetings.services import closing
from tests.loans.cast import Lending
from tests.meetings.evening import Evening
from tests.meetings.test_races import race, unlocked
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OCTOBER_5, NOVEMBER_5 = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def lending(village: TestVillage):
    """Somchai owes 12,000 baht since October; 1,000 of it and 120 of interest are due on 5 November."""
    with transaction.atomic():
        made = Lending(village)
        made.loan = made.lend("Somchai", on=OCTOBER_5)
    return made


@pytest.fixture
def slow(monkeypatch):
    """What a payment pays is thought over for a moment, so that two can think at once."""

    def slowly(think, *args, **kwargs):
        found = think(*args, **kwargs)
        time.sleep(0.3)
        return found

    for module in (receipts, sheet_loans):
        monkeypatch.setattr(module, "allocations", partial(slowly, module.allocations))
    monkeypatch.setattr(undoing, "refuse_while_followed", partial(slowly, undoing.refuse_while_followed))


@pytest.fixture
def guard_off(monkeypatch):
    for module in (receipts, closing, reversals):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    monkeypatch.setattr(closing, "lock_meeting", unlocked)


def pays(lending, satang=1_120_00, operation=None):
    money = LoanMoney(
        payer=lending["Somchai"],
        received_on=NOVEMBER_5,
        amounts={lending.loan.pk: satang},
        way="transfer",
        slip_ref=f"S-{uuid4().hex[:6]}" if operation is None else "S-1",
    )
    by = lending.village.treasurer
    return partial(record_loan_receipt, group=lending.group, money=money, operation=operation or uuid4(), by=by)


def interest_paid():
    return sum(Repayment.objects.filter(entry__reversals__isnull=True).values_list("interest_satang", flat=True))


def test_two_officers_take_the_same_instalment_and_the_interest_is_paid_once(lending, slow):
    results = race(pays(lending), pays(lending))
    assert all(isinstance(result, LoanReceipt) for result in results), results
    assert interest_paid() == 120_00
    assert standing_of(lending.loan, NOVEMBER_5).outstanding == 12_000_00 - 1_000_00 - 1_120_00


def test_control_without_the_lock_the_interest_is_paid_twice(lending, slow, guard_off):
    race(pays(lending), pays(lending))
    assert interest_paid() == 240_00


def test_one_form_sent_twice_at_once_is_one_receipt(lending, slow):
    operation = uuid4()
    results = race(pays(lending, operation=operation), pays(lending, operation=operation))
    assert len({result.pk for result in results}) == 1
    assert Repayment.objects.count() == 1


@pytest.fixture
def evening(lending):
    made = Evening(lending.village, held_on=NOVEMBER_5)
    made.receive("Somchai", loan=1_120_00)
    made.count()
    return made


def test_a_close_and_a_receipt_beside_it_never_pay_the_same_interest(evening, lending, slow):
    results = race(partial(evening.close, *evening.sign()), pays(lending))
    assert interest_paid() == 120_00
    assert not [result for result in results if not isinstance(result, Meeting | LoanReceipt | LoansMoved)]


def test_control_without_the_locks_sheet_and_receipt_both_pay_it(evening, lending, slow, guard_off):
    race(partial(evening.close, *evening.sign()), pays(lending))
    assert interest_paid() == 240_00


@pytest.fixture
def paid(lending):
    """The first instalment, which is about to be reversed."""
    return pays(lending)()


def undoes(lending, receipt):
    return partial(
        reverse_entry,
        entry=receipt.entry,
        by=lending.village.treasurer,
        ok=[lending.village.auditor],
        operation=uuid4(),
        reason="ลงผิดคน",
    )


def test_a_payment_against_a_reversal_rests_on_what_then_stands(lending, paid, slow):
    undone, again = race(undoes(lending, paid), pays(lending, 200_00))
    later = Repayment.objects.latest("entry_id")
    if isinstance(undone, LaterRepaymentFirst):
        assert (later.interest_satang, later.principal_satang) == (0, 200_00)
    else:
        assert isinstance(undone, Entry)
        assert (later.interest_satang, later.principal_satang) == (120_00, 80_00)
    assert isinstance(again, LoanReceipt)


def test_control_without_the_lock_a_payment_rests_on_one_that_is_undone(lending, paid, slow, guard_off):
    undone, again = race(undoes(lending, paid), pays(lending, 200_00))
    assert isinstance(undone, Entry)
    assert isinstance(again, LoanReceipt)
    assert interest_paid() == 0
    assert standing_of(lending.loan, NOVEMBER_5).interest_owed == 120_00
