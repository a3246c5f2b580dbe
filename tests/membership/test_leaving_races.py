"""Leaving at the same moment as something else. Beside each race stands its control: the lock off, the race is lost."""

import time
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Sum

from funds.journal import gate
from funds.models import Entry, Hold
from funds.services import keeping
from meetings.models import SheetRow
from meetings.selectors import leaving as meeting_way
from meetings.services.rows import save_row
from members.models import Member
from membership.models import Settlement
from membership.services import approve_settlement, settlements
from savings.models import SpecialBook, Withdrawal
from savings.services import withdrawals
from savings.services.withdrawals import WithdrawalInput, request_withdrawal
from tests.meetings.evening import Evening, typed
from tests.meetings.test_races import race
from tests.membership.leavers import NOV_22, Leavers
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=True)


@pytest.fixture
def leavers(village: TestVillage):
    return Leavers(village)


@pytest.fixture
def lock_off(monkeypatch):
    """Without the book's lock, and with time to pass between looking and writing."""
    for module in (settlements, withdrawals, keeping, gate):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    held = keeping.held_amounts

    def slow(*args, **kwargs):
        found = held(*args, **kwargs)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(keeping, "held_amounts", slow)


def approve(row, by):
    return approve_settlement(settlement=Settlement.objects.select_related("group").get(pk=row.pk), by=by)


def take(leavers):
    book = SpecialBook.objects.select_related("member__group", "group").get(pk=leavers.book.pk)
    how = WithdrawalInput(satang=200_00)
    return request_withdrawal(book=book, withdrawal=how, operation=uuid4(), by=leavers.village.treasurer)


def held_of_the_book():
    rows = Hold.objects.filter(released_at__isnull=True, account__code="O2200")
    return rows.aggregate(total=Sum("satang", default=0))["total"]


def test_two_approvals_at_once_settle_once(leavers):
    row = leavers.settle(leavers.ask())
    results = race(*(partial(approve, row, by) for by in (leavers.village.auditor, leavers.village.chair)))
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert Entry.objects.filter(kind="resignation").count() == 1
    assert leavers.balances() == {}


def test_a_settlement_and_a_withdrawal_at_once_promise_the_book_once(leavers):
    leaving = leavers.ask()
    results = race(partial(leavers.settle, leaving), partial(take, leavers))
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert held_of_the_book() in (250_75, 200_00)
    assert Settlement.objects.count() + Withdrawal.objects.count() == 1


def test_control_without_the_lock_the_book_is_promised_twice(leavers, lock_off):
    leaving = leavers.ask()
    race(partial(leavers.settle, leaving), partial(take, leavers))
    assert held_of_the_book() == 450_75


@pytest.fixture
def by_transfer(leavers):
    """A settlement that waits, to be paid by the bank, while a meeting is open."""
    leavers.post("bank_carry", ("O1200", "012-3", 2_000_00), ("O1100", "", -2_000_00))
    row = leavers.settle(leavers.ask(), way="transfer", bank_holder="012-3", slip_ref="T1")
    leavers.evening = Evening(leavers.village, held_on=NOV_22)
    return row


def pay_in(leavers):
    member = Member.objects.get(pk=leavers["Kasem"].pk)
    return save_row(
        meeting=leavers.evening.meeting, member=member, row=typed(special=50_00), by=leavers.village.treasurer
    )


def slowly(monkeypatch):
    """Let time pass between looking at the meeting and posting."""
    plan = settlements.plan_settlement

    def slow(*args):
        time.sleep(0.4)
        return plan(*args)

    monkeypatch.setattr(settlements, "plan_settlement", slow)


def left_with_money_on_the_sheet():
    left = Member.objects.filter(status="resigned").exclude(left_on__lt=NOV_22.replace(day=1))
    return SheetRow.objects.filter(member__in=left, special_satang__gt=0).exists()


def test_a_line_on_the_open_meetings_sheet_and_the_settlement_never_both(leavers, by_transfer, monkeypatch):
    slowly(monkeypatch)
    race(partial(approve, by_transfer, leavers.village.auditor), partial(pay_in, leavers))
    assert not left_with_money_on_the_sheet()
    assert Entry.objects.filter(kind="resignation").exists() or SheetRow.objects.exists()


def test_control_without_the_meetings_lock_both_come_through(leavers, by_transfer, monkeypatch):
    slowly(monkeypatch)
    asked = meeting_way.lines_of_an_open_meeting
    monkeypatch.setattr(
        meeting_way, "lines_of_an_open_meeting", lambda member, on, for_update: asked(member, on, False)
    )

    def a_little_later():
        time.sleep(0.15)
        return pay_in(leavers)

    race(partial(approve, by_transfer, leavers.village.auditor), a_little_later)
    assert left_with_money_on_the_sheet()
