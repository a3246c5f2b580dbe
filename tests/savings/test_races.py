"""Several at once over real connections. Beside each race stands its control: the lock taken off, the race is lost."""

import time
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import QuerySet, Sum

from funds.accounts import account_for
from funds.journal import gate
from funds.models import Entry, Hold
from funds.services import keeping, place_hold
from members.services import record_resolution
from savings.errors import RequestDone
from savings.models import InterestRun, SpecialBook
from savings.selectors.products import preview
from savings.services import deposits, open_special_book, products, withdrawals
from savings.services.deposits import DepositInput, record_deposit
from savings.services.products import TermsInput, approve_interest, open_product, request_interest
from savings.services.withdrawals import WithdrawalInput, approve_withdrawal, request_withdrawal
from tests.meetings.test_races import race
from tests.savings.conftest import Savers

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def saved(village):
    """Prani has saved 1,000 baht since September."""
    found = Savers(village)
    found.book = open_special_book(member=found["Prani"], by=None)
    found.pay("Prani", date(2026, 9, 1), special=1_000_00)
    return found


@pytest.fixture
def lock_off(monkeypatch):
    """Without the book's lock, and with time to pass between looking and writing."""
    for module in (withdrawals, products, deposits, keeping, gate):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    held = keeping.held_amounts

    def slow(*args, **kwargs):
        found = held(*args, **kwargs)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(keeping, "held_amounts", slow)


def take(saved, satang, operation=None):
    book = SpecialBook.objects.select_related("member__group", "group").get(pk=saved.book.pk)
    return request_withdrawal(
        book=book,
        withdrawal=WithdrawalInput(satang=satang),
        operation=operation or uuid4(),
        by=saved.village.treasurer,
    )


def hold(saved, satang):
    account = account_for(saved.group, "O2200", saved.book.number)
    return place_hold(account=account, satang=satang, reason="loan", by=saved.village.treasurer)


def held(saved):
    return Hold.objects.filter(released_at__isnull=True).aggregate(total=Sum("satang", default=0))["total"]


def test_two_withdrawals_from_one_balance_leave_one(saved):
    results = race(partial(take, saved, 700_00), partial(take, saved, 700_00))
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert held(saved) == 700_00


def test_control_without_the_lock_both_withdrawals_are_held(saved, lock_off):
    race(partial(take, saved, 700_00), partial(take, saved, 700_00))
    assert held(saved) == 1_400_00


def test_a_withdrawal_against_a_new_hold_leaves_one(saved):
    race(partial(take, saved, 700_00), partial(hold, saved, 700_00))
    assert held(saved) == 700_00


def test_control_without_the_lock_withdrawal_and_hold_both_stand(saved, lock_off):
    race(partial(take, saved, 700_00), partial(hold, saved, 700_00))
    assert held(saved) == 1_400_00


def test_two_approvals_of_one_withdrawal_pay_once(saved):
    row = take(saved, 700_00)
    race(*(partial(approve_withdrawal, withdrawal=row, by=by) for by in (saved.village.auditor, saved.village.chair)))
    assert Entry.objects.filter(kind="withdrawal").count() == 1


def slowly(monkeypatch, module, name):
    """Time passes between looking at a row and writing it."""
    found = getattr(module, name)

    def slow(*args, **kwargs):
        answer = found(*args, **kwargs)
        time.sleep(0.3)
        return answer

    monkeypatch.setattr(module, name, slow)


def test_control_without_the_lock_both_approvals_reach_the_gate(saved, lock_off, monkeypatch):
    """The second one is stopped only there: by the hold that is gone, or by the entry that stands."""
    row = take(saved, 700_00)
    rows = withdrawals.Withdrawal.objects.select_related("book", "hold", "member")
    monkeypatch.setattr(withdrawals, "_locked", lambda found: _of(rows.get(pk=found.pk), saved))
    slowly(monkeypatch, withdrawals, "refuse_second")
    people = (saved.village.auditor, saved.village.chair)
    results = race(*(partial(approve_withdrawal, withdrawal=row, by=by) for by in people))
    assert not any(isinstance(each, RequestDone) for each in results)
    assert sum(isinstance(each, Exception) for each in results) == 1


def _of(row, saved):
    row.group = row.member.group = saved.group
    return row


def bring(saved, operation):
    deposit = DepositInput(received_on=date(2026, 9, 2), special=5_00)
    return record_deposit(member=saved["Prani"], deposit=deposit, operation=operation, by=saved.village.treasurer)


def test_a_double_click_on_a_deposit_is_one_receipt_and_both_are_answered(saved):
    operation = uuid4()
    results = race(*[partial(bring, saved, operation)] * 4)
    assert {result.entry_id for result in results} == {results[0].entry_id}
    assert Entry.objects.filter(kind="receipt").count() == 2


def test_control_without_the_lock_the_second_click_on_a_deposit_fails(saved, lock_off, monkeypatch):
    slowly(monkeypatch, deposits, "require_bookable")
    operation = uuid4()
    results = race(*[partial(bring, saved, operation)] * 2)
    assert sum(isinstance(each, Exception) for each in results) == 1


def test_interest_approved_twice_at_once_is_credited_once(saved):
    run = _run(saved)
    acts = [partial(approve_interest, run=run, by=by) for by in (saved.village.auditor, saved.village.chair)]
    race(*acts)
    assert Entry.objects.filter(kind="special_interest").count() == 1
    assert InterestRun.objects.get().lines.count() == 1


def test_control_without_the_lock_both_approvals_of_interest_reach_the_gate(saved, lock_off, monkeypatch):
    run = _run(saved)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_kwargs: self.all())
    slowly(monkeypatch, products, "preview")
    people = (saved.village.auditor, saved.village.chair)
    results = race(*(partial(approve_interest, run=run, by=by) for by in people))
    assert not any(isinstance(each, RequestDone) for each in results)
    assert sum(isinstance(each, Exception) for each in results) == 1


def test_interest_asked_for_twice_at_once_waits_once(saved):
    found = _found(saved)
    race(*[partial(_ask, saved, found) for _ in range(4)])
    assert InterestRun.objects.count() == 1


def _found(saved):
    village = saved.village
    resolution = record_resolution(
        group=saved.group, number="1/2569", decided_on=date(2026, 9, 1), subject="ดอกเบี้ย", by=village.secretary
    )
    terms = TermsInput(valid_from=date(2026, 9, 1), rate=3_00, method="monthly", first_credit_month=9)
    product = open_product(group=saved.group, name="พิเศษ", terms=terms, resolution=resolution, by=village.chair)
    return preview(product, date(2026, 9, 1), date(2026, 9, 30))


def _ask(saved, found):
    return request_interest(
        product=found.product,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        fingerprint=found.fingerprint,
        operation=uuid4(),
        by=saved.village.treasurer,
    )


def _run(saved):
    return _ask(saved, _found(saved))
