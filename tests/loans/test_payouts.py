"""Paying a loan out beside the meeting: signed, by two people, neither of them the payee, once, from what is there."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from funds.errors import OperationReused, PeopleNotApart
from funds.models import Entry, Hold
from funds.selectors import balances, cash_balances
from funds.waiting import waiting_in
from loans.deciding_errors import (
    ContractOver,
    ContractUnsigned,
    NotEnoughToLend,
    PayoutDone,
    PayoutGone,
)
from loans.models import Disbursement, Guarantee, Loan, ScheduledInstalment
from loans.selectors.standings import standing_of
from loans.services.contracts import cancel_contract
from loans.services.payout_signatures import approve_signed_payout, ask_payout_signature
from loans.services.payouts import PayoutInput, approve_payout, cancel_payout, request_payout
from members import cosign
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Office
from tests.funds.ledger import assert_ledger_row
from tests.loans.cast import Lending
from tests.village import TestVillage

TODAY, NOVEMBER_5 = date(2026, 11, 22), date(2026, 11, 5)
TRANSFER = PayoutInput(way="transfer", slip_ref="T-9")


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Lending:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Lending(village)


@pytest.fixture
def loan(lending: Lending) -> Loan:
    """Somchai's signed contract over 12,000 baht of 5 November."""
    return lending.contract(on=NOVEMBER_5)


def ask(lending: Lending, loan: Loan, payout: PayoutInput | None = None, **rest: Any) -> Disbursement:
    given = {"operation": uuid4(), "by": lending.village.treasurer, **rest}
    return request_payout(loan=loan, payout=payout or PayoutInput(), **given)


def pay(lending: Lending, loan: Loan, payout: PayoutInput | None = None) -> Disbursement:
    return approve_payout(disbursement=ask(lending, loan, payout), by=lending.village.auditor)


def test_a_payout_in_cash_debits_the_contract_and_begins_the_schedule_on_its_day(lending: Lending, loan: Loan) -> None:
    row = pay(lending, loan)
    assert row.entry is not None
    assert_ledger_row("a loan is paid out in cash beside the meeting", row.entry)
    loan.refresh_from_db()
    assert (loan.paid_out_on, loan.entry_id) == (TODAY, row.entry_id)
    assert balances(lending.group, "O1300") == {loan.number: 12_000_00}
    assert cash_balances(lending.group)["O1100"] == 38_000_00
    first = ScheduledInstalment.objects.filter(schedule__loan=loan, schedule__version=1).order_by("number").first()
    assert first is not None
    assert (first.due_on, first.principal_satang, first.interest_satang) == (date(2027, 1, 5), 1_000_00, 120_00)
    assert standing_of(loan).outstanding == 12_000_00


def test_a_transfer_takes_the_bank_and_keeps_the_slip(lending: Lending, loan: Loan) -> None:
    row = pay(lending, loan, TRANSFER)
    assert row.entry is not None
    assert_ledger_row("a loan is transferred to the borrower", row.entry)
    assert row.entry.details.data["slip"] == "T-9"
    assert cash_balances(lending.group)["O1100"] == 50_000_00


def test_the_money_is_held_from_the_request_to_the_payout(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    assert row.hold is not None
    assert Hold.objects.filter(pk=row.hold.pk, released_at__isnull=True, satang=12_000_00).exists()
    approve_payout(disbursement=row, by=lending.village.auditor)
    assert not Hold.objects.filter(pk=row.hold.pk, released_at__isnull=True).exists()


def test_an_unsigned_contract_is_not_paid_out(lending: Lending) -> None:
    loan = lending.contract(on=NOVEMBER_5, is_signed=False)
    with pytest.raises(ContractUnsigned, match="บุญมี"):
        ask(lending, loan)


def test_a_contract_with_an_unsigned_guarantor_is_not_paid_out(lending: Lending, loan: Loan) -> None:
    Guarantee.objects.create(
        application=loan.application, loan=loan, member=lending["Kasem"], position=2, named_at=loan.made_at
    )
    with pytest.raises(ContractUnsigned, match="เกษม"):
        ask(lending, loan)


def test_neither_who_asks_nor_the_borrower_approves(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    with pytest.raises(SignerIsAsker):
        approve_payout(disbursement=row, by=lending.village.treasurer)
    Office.objects.create(
        group=lending.group, user=lending.village.user("Somchai"), role="loan", starts_on=date(2026, 1, 1)
    )
    with pytest.raises(PeopleNotApart):
        approve_payout(disbursement=row, by=lending.village.user("Somchai"))
    with pytest.raises(SignerLacksRight):
        approve_payout(disbursement=row, by=lending.village.user("Kasem"))
    assert not Entry.objects.filter(kind="loan_disbursement").exists()


def test_the_borrower_asks_for_no_own_payout(lending: Lending) -> None:
    loan = lending.contract("Somporn", on=NOVEMBER_5)
    with pytest.raises(PeopleNotApart):
        ask(lending, loan)


def test_a_loan_is_asked_for_once_and_paid_once(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    with pytest.raises(PayoutDone):
        ask(lending, loan)
    approve_payout(disbursement=row, by=lending.village.auditor)
    assert approve_payout(disbursement=row, by=lending.village.auditor).entry_id is not None
    with pytest.raises(PayoutGone):
        approve_payout(disbursement=row, by=lending.village.chair)
    with pytest.raises(PayoutDone):
        ask(lending, loan)
    assert Entry.objects.filter(kind="loan_disbursement").count() == 1


def test_the_same_form_sent_twice_is_one_request(lending: Lending, loan: Loan) -> None:
    operation = uuid4()
    first, second = (ask(lending, loan, operation=operation) for _ in range(2))
    assert first.pk == second.pk
    with pytest.raises(OperationReused):
        ask(lending, loan, TRANSFER, operation=operation)


def test_what_is_not_there_cannot_be_lent(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    poor = Lending(village, box=11_999_99)
    with pytest.raises(NotEnoughToLend, match=r"11,999\.99"):
        ask(poor, poor.contract(on=NOVEMBER_5))


def test_what_one_payout_holds_the_next_cannot_take(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    poor = Lending(village, box=20_000_00)
    ask(poor, poor.contract(on=NOVEMBER_5))
    with pytest.raises(NotEnoughToLend, match=r"8,000\.00"):
        ask(poor, poor.contract("Kasem", on=NOVEMBER_5))


def test_a_cancelled_payout_frees_the_money_and_can_be_asked_for_again(lending: Lending, loan: Loan) -> None:
    row = cancel_payout(disbursement=ask(lending, loan), by=lending.village.chair)
    assert row.hold is not None
    assert not Hold.objects.filter(pk=row.hold.pk, released_at__isnull=True).exists()
    assert pay(lending, loan).entry is not None
    with pytest.raises(PayoutGone):
        cancel_payout(disbursement=row, by=lending.village.chair)


def test_a_cancelled_contract_is_not_paid_out(lending: Lending, loan: Loan) -> None:
    cancel_contract(loan=loan, reason="เปลี่ยนใจ", by=lending.village.secretary)
    with pytest.raises(ContractOver):
        ask(lending, loan)


def test_the_second_officer_signs_at_the_same_laptop(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    signature = ask_payout_signature(disbursement=row)
    cosign.sign_as(signature=signature, user=lending.village.auditor)
    row.refresh_from_db()
    paid = approve_signed_payout(disbursement=row)
    assert paid.approved_by == lending.village.auditor
    assert approve_signed_payout(disbursement=row).entry_id == paid.entry_id


def test_a_waiting_payout_stands_in_the_list_of_approvals(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    waiting = [each for each in waiting_in(lending.group, lending.village.auditor) if loan.number in each.title]
    assert [(each.satang, each.asked_by) for each in waiting] == [(12_000_00, lending.village.treasurer)]
    approve_payout(disbursement=row, by=lending.village.auditor)
    assert not [each for each in waiting_in(lending.group, lending.village.auditor) if loan.number in each.title]


def test_the_database_takes_one_standing_payout_of_a_loan(lending: Lending, loan: Loan) -> None:
    row = ask(lending, loan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.create(
            group=lending.group, loan=loan, way="cash", operation=uuid4(), requested_by=row.requested_by,
            requested_at=row.requested_at,
        )  # fmt: skip


def test_a_late_payout_moves_the_first_due_day(lending: Lending) -> None:
    loan = lending.contract(on=date(2026, 9, 5))
    assert loan.first_due_on == date(2026, 10, 5)
    row = pay(lending, loan)
    assert row.loan.first_due_on == date(2027, 1, 5)
