"""Withdrawals from special savings: held, approved, paid once; the terms bind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from funds import selectors as books
from funds.accounts import account_for
from funds.errors import PeopleNotApart
from funds.models import Hold
from funds.money_errors import CashBusy
from funds.services import place_hold
from members.cosign import SignerIsAsker
from savings.errors import (
    MinimumStays,
    NotEnoughFree,
    NoticeNotOver,
    RequestDone,
    WithdrawalsUsed,
)
from savings.models import InterestRun, SpecialProduct, Withdrawal
from savings.services import open_special_book
from savings.services.withdrawals import (
    approve_withdrawal,
    cancel_withdrawal,
)
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.meetings.evening import Evening
from tests.savings.products.conftest import TODAY, ask, offer, take


def test_a_withdrawal_is_held_approved_by_another_and_paid_once(saved):
    row = take(saved, 500_00)
    account = account_for(saved.group, "O2200", row.book.number)
    assert books.available(account) == 9_500_00
    with pytest.raises(SignerIsAsker):
        approve_withdrawal(withdrawal=row, by=saved.village.treasurer)
    paid = approve_withdrawal(withdrawal=row, by=saved.village.auditor)
    assert approve_withdrawal(withdrawal=row, by=saved.village.auditor).entry == paid.entry
    assert_entry(paid.entry, debits=[("O2200", row.book.number, 500_00)], credits=[("O1100", 500_00)])
    assert_ledger_row("special savings paid out in cash beside the meeting", paid.entry)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    with pytest.raises(RequestDone):
        cancel_withdrawal(withdrawal=row, by=saved.village.treasurer)


def test_a_cancelled_withdrawal_frees_its_money(saved):
    row = take(saved, 500_00)
    cancel_withdrawal(withdrawal=row, by=saved.village.treasurer)
    with pytest.raises(RequestDone):
        approve_withdrawal(withdrawal=row, by=saved.village.auditor)
    take(saved, 10_000_00)


def test_what_is_held_cannot_leave(saved):
    account = account_for(saved.group, "O2200", f"{saved['Prani'].holder}-1")
    place_hold(account=account, satang=9_900_00, reason="loan", by=saved.village.treasurer)
    with pytest.raises(NotEnoughFree):
        take(saved, 200_00)
    take(saved, 100_00)


def test_the_terms_bind_lowest_balance_number_and_notice(savers):
    open_special_book(member=savers["Prani"], by=None)
    savers.pay("Prani", date(2026, 1, 1), special=1_000_00)
    offer(savers, minimum=100_00, withdrawals_a_month=2, notice_days=7)
    with pytest.raises(MinimumStays) as refused:
        take(savers, 901_00)
    assert "900" in refused.value.message
    row = take(savers, 400_00)
    with pytest.raises(MinimumStays):
        take(savers, 501_00)
    take(savers, 10_00)
    with pytest.raises(WithdrawalsUsed):
        take(savers, 10_00)
    with pytest.raises(NoticeNotOver):
        approve_withdrawal(withdrawal=row, by=savers.village.auditor)
    with time_machine.travel("2026-07-17 12:00+07:00", tick=False):
        assert row.pay_from == TODAY + timedelta(days=7)
        approve_withdrawal(withdrawal=row, by=savers.village.auditor)
        evening = Evening(savers.village, held_on=date(2026, 7, 17))
        with pytest.raises(WithdrawalsUsed):
            evening.ask_payment(
                kind="withdrawal", satang=5_00, code="O2200", holder=row.book.number, member=savers["Prani"]
            )


def test_nobody_asks_for_or_approves_the_own_money(saved):
    with pytest.raises(PeopleNotApart):
        take(saved, 5_00, by=saved.village.users["Prani"])


def test_cash_waits_while_a_meeting_is_open_and_a_transfer_need_not(saved):
    cash = take(saved, 5_00)
    saved.pay("Kasem", date(2026, 7, 1), special=1_00)
    Evening(saved.village, held_on=TODAY)
    with pytest.raises(CashBusy):
        approve_withdrawal(withdrawal=cash, by=saved.village.auditor)


@pytest.mark.parametrize("wrong", [{"satang": 0}, {"way": "transfer"}, {"approved_at": "2026-07-10T00:00:00Z"}])
def test_the_database_itself_refuses_a_wrong_withdrawal(saved, wrong):
    row = take(saved, 5_00)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_itself_keeps_one_crediting_a_period_and_two_people(saved):
    run = ask(saved)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestRun.objects.create(
            group=run.group, product=run.product, operation=uuid4(), starts_on=run.starts_on, ends_on=run.ends_on,
            credited_on=run.credited_on, total_satang=1, fingerprint="x", requested_by=run.requested_by,
            requested_at=run.requested_at,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestRun.objects.filter(pk=run.pk).update(approved_by=run.requested_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialProduct.objects.create(
            group=saved.group, name="อีกประเภท", is_default=True, opened_by=saved.village.chair
        )
