"""What a payment may not: exceed its fund, go without a resolution, fall on a counted day."""

import uuid
from datetime import date

import pytest

from funds.errors import DeclaredAccountTouched, FutureDate
from funds.money_errors import (
    CashBusy,
    ResolutionNeeded,
)
from funds.purposes import SOURCE_BY_KEY
from funds.services.money_in import Receipt, receive_money
from members.services import record_resolution
from tests.funds.ledger import assert_ledger_row
from tests.funds.vouchers.conftest import BANK, BOX, TODAY, ask, pay, spend
from tests.village import TestVillage


def test_welfare_pays_no_more_than_its_fund(rich: TestVillage) -> None:
    resolution = record_resolution(
        group=rich.group, number="9/2569", decided_on=TODAY, subject="สวัสดิการ", by=rich.secretary
    )
    pay(rich, spend("welfare", 1400_00, BANK, resolution=resolution))
    with pytest.raises(Exception, match=r"100\.00"):
        ask(rich, spend("welfare", 200_00, BANK))


def test_above_the_limit_a_payment_rests_on_a_resolution(rich: TestVillage) -> None:
    with pytest.raises(ResolutionNeeded, match=r"5,000\.00"):
        ask(rich, spend("operating", 5000_01, BANK))


def test_no_day_that_is_counted_or_has_not_come(rich: TestVillage) -> None:
    from dataclasses import replace

    with pytest.raises(FutureDate):
        ask(rich, replace(spend("stationery", 1_00), paid_on=date(2026, 11, 21)))
    with pytest.raises((DeclaredAccountTouched, Exception)):
        ask(rich, replace(spend("stationery", 1_00), paid_on=date(2025, 12, 31)))


def test_while_a_meeting_is_open_cash_goes_through_it(rich: TestVillage) -> None:
    from tests.meetings.evening import Evening

    Evening(rich, held_on=TODAY)
    with pytest.raises(CashBusy):
        ask(rich, spend("stationery", 1_00))
    assert pay(rich, spend("operating", 1_00, BANK)).n


def test_money_received_is_posted_at_once_and_once(rich: TestVillage) -> None:
    receipt = Receipt(
        source=SOURCE_BY_KEY["donation"], received_on=TODAY, satang=500_00, place=BOX, giver="วัด", purpose="ทำบุญ"
    )
    operation = uuid.uuid4()
    row = receive_money(group=rich.group, receipt=receipt, operation=operation, by=rich.treasurer)
    assert receive_money(group=rich.group, receipt=receipt, operation=operation, by=rich.treasurer) == row
    assert_ledger_row("somebody gives money", row.entry)
    assert row.entry.details.data == {"payer": "วัด", "memo": "ทำบุญ", "source": "donation"}
