"""Decisions, contracts and payouts at once over real connections. Beside each race stands its control, unlocked."""

import time
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from funds.journal import gate
from funds.models import Entry, Hold
from funds.services import keeping
from loans import deciding_errors as errors
from loans.models import Decision, Disbursement, Guarantee, Loan, LoanApplication
from loans.services import contracts, payouts
from loans.services.committee import Verdict
from loans.services.contracts import ContractInput, make_contract
from loans.services.decisions import NewResolution, confirm_decisions, propose_decisions
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from meetings.errors import NotEnoughInBox
from meetings.models import PaymentLine
from meetings.services import payments
from tests.loans.cast import Lending
from tests.meetings.evening import Evening
from tests.meetings.test_races import race, unlocked

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NUMBERS = ("ข.1/2569", "ค.1/2569")
NOVEMBER_5, NOVEMBER_20, DECEMBER_5 = date(2026, 11, 5), date(2026, 11, 20), date(2026, 12, 5)


@pytest.fixture
def lending(time_machine, village):
    """20,000 baht in the box, nothing in the bank; Somchai's and Kasem's signed contracts over 12,000 baht each."""
    time_machine.move_to("2026-11-22T03:00:00+00:00")
    with transaction.atomic():
        made = Lending(village, box=20_000_00, bank=0)
        made.loans = [made.contract(name, on=NOVEMBER_5) for name in ("Somchai", "Kasem")]
    return made


def slowly(monkeypatch, module, name, seconds=0.3):
    """Time passes between looking and writing."""
    found = getattr(module, name)

    def slow(*args, **kwargs):
        answer = found(*args, **kwargs)
        time.sleep(seconds)
        return answer

    monkeypatch.setattr(module, name, slow)


@pytest.fixture
def lock_off(monkeypatch):
    """Without the book's lock."""
    for module in (payouts, payments, contracts, keeping, gate):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    slowly(monkeypatch, keeping, "held_amounts")


def ask(lending, loan):
    found = Loan.objects.select_related("group", "member").get(pk=loan.pk)
    return request_payout(loan=found, payout=PayoutInput(), operation=uuid4(), by=lending.village.treasurer)


def unlocked_loan(monkeypatch):
    """The same look at the contract without its row's lock, and time to pass after it."""

    def look(loan):
        found = Loan.objects.select_related("group", "member__spouse").get(pk=loan.pk)
        found.member.group = found.group
        if Disbursement.objects.filter(loan=found, cancelled_at__isnull=True).exists():
            raise errors.PayoutDone(number=found.number)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(payouts, "lock_payable", look)


def refused(results, *kinds):
    return sum(isinstance(each, kinds or Exception) for each in results)


# --- two payouts of one loan --------------------------------------------------------------------------------


def test_two_payouts_of_one_loan_leave_one(lending):
    results = race(*[partial(ask, lending, lending.loans[0])] * 2)
    assert refused(results, errors.PayoutDone) == 1
    assert Disbursement.objects.count() == 1


def test_control_without_the_lock_only_the_constraint_stops_the_second(lending, lock_off, monkeypatch):
    unlocked_loan(monkeypatch)
    with transaction.atomic():
        Lending(lending.village, box=20_000_00, bank=0)  # cash for both
    results = race(*[partial(ask, lending, lending.loans[0])] * 2)
    assert refused(results, IntegrityError) == 1
    assert Disbursement.objects.count() == 1


def test_control_without_lock_and_constraint_both_payouts_stand(lending, lock_off, monkeypatch):
    unlocked_loan(monkeypatch)
    with transaction.atomic():
        Lending(lending.village, box=20_000_00, bank=0)  # cash for both
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'disbursement_once_a_loan'")
        [definition] = cursor.fetchone()
        cursor.execute("DROP INDEX disbursement_once_a_loan")
    try:
        race(*[partial(ask, lending, lending.loans[0])] * 2)
        assert Disbursement.objects.count() == 2
    finally:
        Disbursement.objects.filter(pk=Disbursement.objects.order_by("pk").values("pk")[:1]).update(
            cancelled_by=lending.village.chair, cancelled_at="2026-11-22T03:00:00+00:00"
        )
        with connection.cursor() as cursor:
            cursor.execute(definition)


def test_two_approvals_of_one_payout_pay_once(lending):
    row = ask(lending, lending.loans[0])
    people = (lending.village.auditor, lending.village.chair)
    results = race(*(partial(approve_payout, disbursement=row, by=by) for by in people))
    assert refused(results, errors.PayoutGone) == 1
    assert Entry.objects.filter(kind="loan_disbursement").count() == 1


# --- the cash -----------------------------------------------------------------------------------------------


def held():
    return Hold.objects.filter(released_at__isnull=True).aggregate(total=Sum("satang", default=0))["total"]


def test_two_loans_do_not_take_the_same_cash(lending):
    results = race(*(partial(ask, lending, loan) for loan in lending.loans))
    assert refused(results, errors.NotEnoughToLend) == 1
    assert held() == 12_000_00


def test_control_without_the_lock_both_loans_take_it(lending, lock_off):
    race(*(partial(ask, lending, loan) for loan in lending.loans))
    assert held() == 24_000_00


def pay_at(evening, loan):
    return evening.pay(
        kind="loan", satang=loan.satang, code="O1300", holder=loan.number, member=loan.member, payee="ผู้กู้"
    )


@pytest.fixture
def evening(lending):
    return Evening(lending.village, held_on=NOVEMBER_20)


def test_two_loans_do_not_take_the_same_cash_at_the_meeting(lending, evening):
    results = race(*(partial(pay_at, evening, loan) for loan in lending.loans))
    assert refused(results, NotEnoughInBox) == 1
    assert PaymentLine.objects.filter(state="cosigned").count() == 1


def test_control_without_the_lock_both_are_approved_at_the_meeting(lending, evening, lock_off, monkeypatch):
    monkeypatch.setattr(payments, "lock_open_meeting", unlocked)
    slowly(monkeypatch, payments, "require_cash")
    monkeypatch.setattr(payments, "hold_for", lambda line, by: None)
    race(*(partial(pay_at, evening, loan) for loan in lending.loans))
    assert PaymentLine.objects.filter(state="cosigned").count() == 2


# --- contracts and decisions --------------------------------------------------------------------------------


@pytest.fixture
def approved(lending):
    """Two applications over 8,000 baht, for both of which Boonmee stands surety with 9,000 baht saved."""
    with transaction.atomic():
        lending.save("Boonmee", 9_000_00, on=NOVEMBER_5)
        Guarantee.objects.update(satang=0)  # the other contracts rest on nothing
        terms = lending.product("เงินกู้ฉุกเฉิน", guarantors=1)
        made = [lending.apply(name, 8_000_00, on=NOVEMBER_5, terms=terms) for name in ("Prani", "Chai")]
        for one in made:
            lending.decide(one)
    return made


def contract(lending, application, number):
    found = LoanApplication.objects.select_related("group", "member").get(pk=application.pk)
    given = ContractInput(number=number, contracted_on=NOVEMBER_20, first_due_on=DECEMBER_5)
    return make_contract(application=found, contract=given, operation=uuid4(), by=lending.village.secretary)


def test_one_application_becomes_one_contract(lending, approved):
    results = race(*(partial(contract, lending, approved[0], "ก.3/2569") for _ in range(2)))
    assert refused(results, errors.NotApproved) == 1
    assert Loan.objects.filter(number="ก.3/2569").count() == 1


def test_two_contracts_do_not_rest_on_one_guarantors_cover(lending, approved):
    results = race(*(partial(contract, lending, one, number) for number, one in zip(NUMBERS, approved, strict=True)))
    assert refused(results) == 1
    assert held() == 8_000_00


def test_control_without_the_lock_the_cover_is_held_twice(lending, approved, lock_off, monkeypatch):
    slowly(monkeypatch, contracts, "_free")
    results = race(*(partial(contract, lending, one, number) for number, one in zip(NUMBERS, approved, strict=True)))
    assert refused(results) == 0
    assert held() == 16_000_00


def test_two_confirmations_of_one_decision_are_one(lending):
    village = lending.village
    with transaction.atomic():
        lending.save("Prani", 5_000_00, on=NOVEMBER_5)
        asked = lending.apply("Prani", 1_000_00, on=NOVEMBER_5)
        votes = {user.pk: "for" for user in (village.chair, village.secretary)}
        rows = propose_decisions(
            group=lending.group,
            verdicts=[Verdict(application=asked, outcome="approved", satang=1_000_00, instalments=12, votes=votes)],
            resolution=NewResolution(number="8/2569", decided_on=NOVEMBER_20, subject="เงินกู้"),
            operation=uuid4(),
            by=village.secretary,
        )
    results = race(*(partial(confirm_decisions, proposals=rows, by=by) for by in (village.chair, village.auditor)))
    assert refused(results) == 1
    assert Decision.objects.filter(application=asked).count() == 1
