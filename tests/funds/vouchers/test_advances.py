"""Advances: between the pools, and to an officer who accounts for them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from funds.models import Voucher
from funds.money_errors import (
    AdvanceExceeded,
    AdvanceNeedsResolution,
)
from funds.purposes import BY_KEY
from funds.selectors.advances import officer_advances, pool_debts
from funds.services.vouchers import (
    VoucherInput,
    approve_voucher,
)
from funds.voucher_lines import (
    Spent,
    officer_advance_lines,
    pool_advance_lines,
    settlement_lines,
)
from members.services import record_resolution
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.funds.vouchers.conftest import BOX, TODAY, ask, pay
from tests.village import TestVillage


def test_an_advance_between_the_pools_rests_on_a_resolution_in_service_and_database(rich: TestVillage) -> None:
    lines = pool_advance_lines("O", 300_00, BOX)
    lend = VoucherInput(kind="pool_advance", purpose="lend_o", paid_on=TODAY, satang=300_00, lines=lines, memo="ซื้อสมุด")
    with override("en"), pytest.raises(AdvanceNeedsResolution, match="resolution"):
        ask(rich, lend)
    from dataclasses import replace

    resolution = record_resolution(group=rich.group, number="1/69", decided_on=TODAY, subject="ยืม", by=rich.secretary)
    voucher = ask(rich, replace(lend, resolution=resolution))
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(resolution=None)
    entry = approve_voucher(voucher=voucher, by=rich.auditor).entry
    assert entry is not None
    assert_ledger_row("the administrative pool borrows from the operating pool", entry)
    [debt] = pool_debts(rich.group)
    assert (debt.lender, debt.satang, debt.since) == ("O", 300_00, TODAY)


def test_an_advance_goes_back_in_parts_and_never_more_than_is_owed(rich: TestVillage) -> None:
    resolution = record_resolution(group=rich.group, number="1/69", decided_on=TODAY, subject="ยืม", by=rich.secretary)

    def move(purpose: str, satang: int) -> VoucherInput:
        lines = pool_advance_lines("A", satang, BOX, gives_back=purpose.startswith("return"))
        return VoucherInput(
            kind="pool_advance",
            purpose=purpose,
            paid_on=TODAY,
            satang=satang,
            lines=lines,
            memo="ยืม",
            resolution=resolution if purpose.startswith("lend") else None,
        )

    pay(rich, move("lend_a", 300_00))
    entry = pay(rich, move("return_a", 100_00))
    assert_ledger_row("the operating pool gives back to the administrative pool", entry)
    assert [debt.satang for debt in pool_debts(rich.group)] == [200_00]
    with pytest.raises(AdvanceExceeded):
        ask(rich, move("return_a", 200_01))
    pay(rich, move("return_a", 200_00))
    assert pool_debts(rich.group) == []


def test_an_officer_accounts_for_an_advance_purpose_by_purpose(rich: TestVillage) -> None:
    malee = rich.member("Malee")
    out = VoucherInput(
        kind="officer_advance",
        purpose="contact",
        paid_on=TODAY,
        satang=500_00,
        lines=officer_advance_lines("A", malee.holder, 500_00, BOX),
        payee=malee.full_name,
        member=malee,
        memo="ไปอำเภอ",
    )
    assert_ledger_row("an officer takes administrative money along", pay(rich, out))
    [advance] = officer_advances(rich.group, date(2026, 11, 25))
    assert (advance.pool, advance.name, advance.satang, advance.days) == ("A", malee.full_name, 500_00, 5)
    spent = [Spent(BY_KEY["contact"], 300_00, "รถ"), Spent(BY_KEY["meeting"], 100_00, "อาหาร")]
    lines = settlement_lines("A", malee.holder, spent, 100_00, BOX)
    back = VoucherInput(
        kind="advance_settled",
        paid_on=TODAY,
        satang=500_00,
        lines=lines,
        payee=malee.full_name,
        member=malee,
        memo="คืนเงินยืม",
    )
    entry = pay(rich, back)
    assert_entry(
        entry,
        debits=[("A5100", 300_00), ("A5100", 100_00), ("A1100", 100_00)],
        credits=[("A1500", malee.holder, 500_00)],
    )
    assert officer_advances(rich.group, TODAY) == []
    with pytest.raises(AdvanceExceeded):
        ask(rich, back)
