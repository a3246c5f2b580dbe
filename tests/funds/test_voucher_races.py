"""Two officers at once over real connections: a voucher is posted once, the last cash is promised once."""

import contextlib
import threading
import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from funds.accounts import account_for
from funds.errors import BooksError
from funds.journal import credit, debit, gate, post_entry
from funds.models import Entry, Hold, Voucher
from funds.money_errors import PoolHasNotEnough, VoucherDone
from funds.purposes import BY_KEY
from funds.services import keeping, vouchers
from funds.services.vouchers import VoucherInput, approve_voucher, request_voucher
from funds.voucher_lines import Place, Spent, expense_lines
from tests.funds.test_races import WAIT, of_type, together
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 20)


@pytest.fixture
def village_with_cash(village: TestVillage) -> Any:
    """A hundred baht of the administrative pool lie in the box."""
    with time_machine.travel("2026-11-20T03:00:00+00:00", tick=False):
        cash, income = account_for(village.group, "A1100"), account_for(village.group, "A4900")
        lines = [debit(cash, 100_00), credit(income, 100_00)]
        how: dict[str, Any] = {"group": village.group, "kind": "income", "on": TODAY, "by": village.treasurer}
        post_entry(lines=lines, operation=uuid.uuid4(), **how)
        yield village


def ask(village: TestVillage, satang: int) -> Voucher:
    lines = expense_lines(Spent(BY_KEY["stationery"], satang), Place())
    wanted = VoucherInput(
        kind="expense", purpose="stationery", paid_on=TODAY, satang=satang, lines=lines, payee="ร้าน", memo="สมุด"
    )
    return request_voucher(group=village.group, voucher=wanted, operation=uuid.uuid4(), by=village.treasurer)


def meet_after(monkeypatch: pytest.MonkeyPatch, module: Any, step: str) -> None:
    """Let both have done a step before either goes on: with the lock the other cannot come."""
    meeting_point = threading.Barrier(2)
    real = getattr(module, step)

    def slow(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting_point.wait(timeout=WAIT)
        return result

    monkeypatch.setattr(module, step, slow)


@pytest.mark.parametrize("locked", [True, False])
def test_two_approvals_of_one_voucher_at_once_post_once(
    locked: bool, village_with_cash: TestVillage, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = village_with_cash
    voucher = ask(village, 60_00)
    meet_after(monkeypatch, vouchers, "_locked")
    if not locked:  # neither the book nor the row is locked; what refuses then is the operation's own number
        for module in (vouchers, gate, keeping):
            monkeypatch.setattr(module, "lock_book", lambda group: None)
        monkeypatch.setattr(vouchers, "_locked", _read)
        meet_after(monkeypatch, vouchers, "_locked")

    acts = [lambda: approve_voucher(voucher=voucher, by=village.auditor)]
    acts.append(lambda: approve_voucher(voucher=voucher, by=village.chair))
    results = together(acts)

    assert Entry.objects.filter(group=village.group, kind="expense").count() == 1
    assert len(of_type(results, Voucher)) == 1
    if locked:
        assert len(of_type(results, VoucherDone)) == 1
    else:
        assert of_type(results, IntegrityError) + of_type(results, BooksError)
        assert not of_type(results, VoucherDone)


def _read(row: Voucher) -> Voucher:
    found = Voucher.objects.get(pk=row.pk)
    found.group = row.group
    return found


@pytest.mark.parametrize("locked", [True, False])
def test_two_vouchers_racing_for_the_last_cash_promise_it_once(
    locked: bool, village_with_cash: TestVillage, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = village_with_cash
    account_for(village.group, "A5100")
    meet_after(monkeypatch, keeping, "held_amounts")
    if not locked:
        for module in (vouchers, keeping):
            monkeypatch.setattr(module, "lock_book", lambda group: None)

    results = together([lambda: ask(village, 60_00), lambda: ask(village, 60_00)])

    held = sum(Hold.objects.filter(group=village.group, released_at__isnull=True).values_list("satang", flat=True))
    if locked:
        assert held == 60_00
        assert len(of_type(results, PoolHasNotEnough)) == 1
    else:
        assert held == 120_00, results
