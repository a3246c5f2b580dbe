"""A village with money in every pool, on 20 November 2026, and the shortest way to a voucher."""

import uuid
from datetime import date
from typing import Any

import pytest

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.models import Entry, Voucher
from funds.purposes import BY_KEY
from funds.services.vouchers import (
    VoucherInput,
    approve_voucher,
    request_voucher,
)
from funds.voucher_lines import (
    Place,
    Spent,
    expense_lines,
)
from tests.village import TestVillage

TODAY = date(2026, 11, 20)


BOX, BANK = Place(), Place("transfer", "012-3")


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T03:00:00+00:00", tick=False)


@pytest.fixture
def rich(village: TestVillage) -> TestVillage:
    """A thousand baht of each pool in the box, five thousand in the bank; welfare and public benefit have theirs."""
    moves = [
        ("O1100", "", 1000_00), ("O1200", "012-3", 5000_00), ("O3300", "", -2000_00), ("O3400", "", -1500_00),
        ("O3500", "", -1500_00), ("O2500", "", -1000_00), ("A1100", "", 1000_00), ("A4900", "", -1000_00),
    ]  # fmt: skip
    lines = [
        debit(account_for(village.group, code, holder), satang)
        if satang > 0
        else credit(account_for(village.group, code, holder), -satang)
        for code, holder, satang in moves
    ]
    post_entry(group=village.group, kind="income", on=TODAY, by=village.treasurer, lines=lines, operation=uuid.uuid4())
    return village


def spend(purpose: str, satang: int, place: Place = BOX, **rest: Any) -> VoucherInput:
    lines = expense_lines(Spent(BY_KEY[purpose], satang, activity="ร้านค้า"), place)
    given = {"payee": "ร้านเครื่องเขียน", "memo": "สมุด", "slip_ref": "S1" if place.way == "transfer" else "", **rest}
    return VoucherInput(
        kind="expense", purpose=purpose, paid_on=TODAY, satang=satang, lines=lines, place=place, **given
    )


def ask(village: TestVillage, voucher: VoucherInput, operation: uuid.UUID | None = None) -> Voucher:
    return request_voucher(
        group=village.group, voucher=voucher, operation=operation or uuid.uuid4(), by=village.treasurer
    )


def pay(village: TestVillage, voucher: VoucherInput) -> Entry:
    posted = approve_voucher(voucher=ask(village, voucher), by=village.auditor)
    assert posted.entry is not None
    return posted.entry
