"""A leaver is paid out: everything back, debts set off, the accounts empty."""

from datetime import date

import pytest

from funds.errors import DeclaredAccountTouched
from funds.models import Hold, Posting
from funds.money_errors import PoolHasNotEnough
from members.group_settings import change_setting
from members.models import GroupSetting, Member
from members.services import record_resolution
from membership.errors import (
    DebtsExceedSavings,
    SettlementDone,
    SettlementMoved,
    SettlementTooEarly,
)
from membership.models import Leaving
from membership.services import (
    approve_settlement,
    cancel_settlement,
)
from savings.services.products import TermsInput, open_product
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.membership.leavers import NOV_20, NOV_22, Leavers


def test_a_leaver_gets_everything_back_and_the_accounts_are_empty(leavers: Leavers) -> None:
    row = leavers.leave()
    assert row.entry is not None
    assert_entry(
        row.entry,
        debits=[("O2100", "0008", 1_000_00), ("O2200", "0008-1", 250_75), ("O2400", "0008", 20_25)],
        credits=[("O1100", 1_271_00)],
    )
    assert_ledger_row("a leaver's account is settled, own loans paid off", row.entry)
    assert leavers.balances() == {}
    member = Member.objects.get(pk=leavers["Kasem"].pk)
    assert (member.status, member.left_on, member.leaving) == ("resigned", NOV_20, leavers.resolve())
    assert Leaving.objects.get().settled_at is not None
    assert not Hold.objects.filter(released_at__isnull=True).exists()


def test_while_it_waits_everything_is_held_and_cancelled_it_is_free(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    held = Hold.objects.filter(released_at__isnull=True).values_list("account__code", "satang")
    assert sorted(held) == [("O1100", 1_271_00), ("O2100", 1_000_00), ("O2200", 250_75), ("O2400", 20_25)]
    cancel_settlement(settlement=row, by=leavers.village.treasurer)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    with pytest.raises(SettlementDone):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert leavers.settle(row.leaving).is_waiting


def test_fines_and_an_advance_are_set_off_and_the_rest_is_paid(leavers: Leavers) -> None:
    GroupSetting.objects.create(
        group=leavers.group,
        key="missed_month_fine_satang",
        value="500",
        valid_from=date(2026, 1, 1),
        set_by=leavers.village.chair,
    )
    leavers.post("officer_advance", ("O1500", "0008", 300_00), ("O1100", "", -300_00))
    row = leavers.leave()
    assert row.entry is not None
    months_missed = 9
    fine = months_missed * 5_00
    assert_entry(
        row.entry,
        debits=[("O2100", 1_000_00), ("O2200", 250_75), ("O2400", 20_25)],
        credits=[("O1500", "0008", 300_00), ("O4200", fine), ("O1100", 971_00 - fine)],
    )
    assert row.paid_satang + row.set_off_satang == row.owed_satang == 1_271_00
    assert leavers.balances() == {}


def test_debts_above_the_savings_are_paid_first(leavers: Leavers) -> None:
    leavers.post("income", ("O1100", "", 5_000_00), ("O4500", "", -5_000_00))
    leavers.post("officer_advance", ("O1500", "0008", 2_000_00), ("O1100", "", -2_000_00))
    with pytest.raises(DebtsExceedSavings) as refusal:
        leavers.settle(leavers.ask())
    assert refusal.value.values == {"shortage": "729.00"}


def test_whoever_has_nothing_leaves_by_an_entry_without_lines(leavers: Leavers) -> None:
    row = leavers.leave("Somchai")
    assert row.entry is not None
    assert row.entry.lines == 0
    assert_ledger_row("a leaver who has nothing in the books", row.entry)
    assert Member.objects.get(pk=leavers["Somchai"].pk).status == "resigned"


def test_a_transfer_is_paid_out_of_the_bank(leavers: Leavers) -> None:
    leavers.post("bank_carry", ("O1200", "012-3", 2_000_00), ("O1100", "", -2_000_00))
    row = leavers.leave(way="transfer", bank_holder="012-3", slip_ref="T1")
    assert row.entry is not None
    assert Posting.objects.get(entry=row.entry, account__code="O1200").amount == -1_271_00


def test_the_box_must_hold_enough(leavers: Leavers) -> None:
    leavers.post("bank_carry", ("O1200", "012-3", 2_000_00), ("O1100", "", -2_000_00))
    with pytest.raises(PoolHasNotEnough):
        leavers.settle(leavers.ask())


def test_cash_is_dated_after_the_last_counted_meeting(leavers: Leavers) -> None:
    leavers.close(NOV_22)
    with pytest.raises(DeclaredAccountTouched):
        leavers.settle(leavers.ask())


def test_a_settlement_is_not_dated_before_the_last_entry_of_the_accounts(leavers: Leavers) -> None:
    leavers.pay("Kasem", NOV_22, special=1_00)
    with pytest.raises(SettlementTooEarly):
        leavers.settle(leavers.ask(), paid_on=NOV_20)


def test_a_deposit_after_the_request_makes_it_stale(leavers: Leavers) -> None:
    row = leavers.settle(leavers.ask())
    leavers.pay("Kasem", NOV_22, special=1_00)
    with pytest.raises(SettlementMoved):
        approve_settlement(settlement=row, by=leavers.village.auditor)
    assert leavers.balances()["O2100 0008"] == -1_000_00


@pytest.mark.parametrize(("pays", "interest"), [(1, 1_96), (0, 0)])
def test_interest_runs_to_the_day_before_where_the_group_pays_it(leavers: Leavers, pays: int, interest: int) -> None:
    village = leavers.village
    resolution = record_resolution(
        group=leavers.group, number="1/2569", decided_on=NOV_20, subject="ดอกเบี้ย", by=village.secretary
    )
    terms = TermsInput(valid_from=date(2026, 9, 1), rate=3_65, method="daily", first_credit_month=12)
    product = open_product(group=leavers.group, name="พิเศษ", terms=terms, resolution=resolution, by=village.chair)
    leavers.book.product = product
    leavers.book.save()
    change_setting(group=leavers.group, key="leaver_interest", value=pays, valid_from=NOV_20, by=village.chair)
    row = leavers.leave()
    assert row.interest_satang == interest  # 25,075 satang x 78 days x 3.65 / 36,500
    assert leavers.balances() == {}
    assert row.owed_satang == 1_271_00 + row.interest_satang
