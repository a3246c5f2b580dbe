"""What the database itself refuses about vouchers, money received and an activity's acts, past every line of Python."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from funds.guards import drop_guards
from funds.models import Act, BankLoan, KindLoan, MoneyIn, Voucher
from tests.funds.activities import open_rice_bank
from tests.funds.forge import execute, literal
from tests.funds.putting_right import borrow, give, spend, undo
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-20T03:00:00+00:00", tick=False)


def refused_until_unguarded(statement: str, words: str) -> None:
    """The control: with the guards gone the same statement goes through."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        execute(statement)
    drop_guards(connection)
    execute(statement)


@pytest.fixture
def rows(village: TestVillage) -> TestVillage:
    """A gift and a posted voucher paid from it."""
    give(village)
    spend(village)
    return village


VOUCHER = {
    "amount": ("satang = satang - 1", "satcha:frozen"),
    "payee": ("payee = 'another'", "satcha:frozen"),
    "purpose": ("memo = 'another'", "satcha:frozen"),
    "asker": ("requested_by_id = requested_by_id + 1", "satcha:frozen"),
    "approver": ("approved_by_id = requested_by_id + 1000", "satcha:set_once"),
    "day": ("paid_on = '2026-01-01'", "satcha:(posted|not_its_entry)"),
    "void": ("is_void = (1 = 1)", "satcha:not_reversed"),
}


@pytest.mark.parametrize("what", VOUCHER)
def test_a_posted_voucher_stays_as_it_was_signed(what: str, rows: TestVillage) -> None:
    if what in ("asker", "approver"):
        other = rows.chair.pk
        column = "requested_by_id" if what == "asker" else "approved_by_id"
        refused_until_unguarded(f"UPDATE funds_voucher SET {column} = {other}", VOUCHER[what][1])
        return
    change, words = VOUCHER[what]
    refused_until_unguarded(f"UPDATE funds_voucher SET {change}", words)


def test_a_voucher_is_posted_by_its_own_entry_only(rows: TestVillage) -> None:
    gift = MoneyIn.objects.get().entry_id
    statement = f"UPDATE funds_voucher SET operation = {literal(uuid4())}, entry_id = {gift}"
    refused_until_unguarded(statement, "satcha:")


def test_a_void_voucher_never_stands_again(rows: TestVillage) -> None:
    entry = Voucher.objects.get().entry
    assert entry is not None
    undo(rows, entry)
    refused_until_unguarded("UPDATE funds_voucher SET is_void = (1 = 0)", "satcha:void")


def test_lines_of_a_voucher_are_neither_changed_nor_added_once_it_is_posted(rows: TestVillage) -> None:
    voucher = Voucher.objects.get()
    with pytest.raises(IntegrityError, match="satcha:added_only"), transaction.atomic():
        execute("UPDATE funds_voucherline SET satang = satang * 2")
    values = f"({voucher.pk}, 9, 'O1100', '', 100, '')"
    columns = "voucher_id, place, account_code, account_holder, satang, memo"
    refused_until_unguarded(f"INSERT INTO funds_voucherline ({columns}) VALUES {values}", "satcha:posted")


DELETED = ("funds_voucherline", "funds_moneyin", "funds_bankloan")


@pytest.mark.parametrize("table", DELETED)
def test_money_that_was_written_down_is_not_deleted(table: str, rows: TestVillage) -> None:
    if table == "funds_bankloan":
        borrow(rows)
        execute("DELETE FROM funds_bankloaninstalment")
    refused_until_unguarded(f"DELETE FROM {table}", "satcha:kept")


@pytest.mark.parametrize("change", ["satang = satang + 1", "giver = 'another'", "received_on = '2026-01-01'"])
def test_money_received_stays_as_its_receipt_says(change: str, rows: TestVillage) -> None:
    refused_until_unguarded(f"UPDATE funds_moneyin SET {change}", "satcha:(added_only|not_its_entry)")


def test_a_loan_of_the_group_is_void_only_with_its_receipt(village: TestVillage) -> None:
    loan = borrow(village)
    statement = f"UPDATE funds_bankloan SET is_void = (1 = 1) WHERE id = {loan.pk}"
    with pytest.raises(IntegrityError, match="satcha:not_reversed"), transaction.atomic():
        execute(statement)
    assert loan.received is not None
    undo(village, loan.received.entry)
    assert BankLoan.objects.get(pk=loan.pk).is_void
    refused_until_unguarded("UPDATE funds_bankloan SET is_void = (1 = 0)", "satcha:void")


# --- activities -----------------------------------------------------------------------------------

ACT = {
    "quantity": ("quantity = quantity + 1", "satcha:frozen"),
    "party": ("party = 'another'", "satcha:frozen"),
    "day": ("done_on = '2026-01-02'", "satcha:frozen"),
    "cost": ("cost = cost + 1", "satcha:posted"),
    "interest": ("interest = interest + 1", "satcha:posted"),
}


@pytest.fixture
def barn(village: TestVillage) -> Any:
    """A rice bank that got paddy and lent some."""
    work = open_rice_bank(village.group, village.treasurer, village.auditor)
    work.lend(village.member("Prani"), 10_000)
    return work


@pytest.mark.parametrize("what", ACT)
def test_an_act_stays_as_it_was_posted(what: str, barn: Any) -> None:
    change, words = ACT[what]
    refused_until_unguarded(f"UPDATE funds_act SET {change} WHERE kind = 'kind_loan'", words)


def test_an_act_is_posted_by_its_own_entry_only(barn: Any) -> None:
    gift, loan = Act.objects.get(kind="kind_gift"), Act.objects.get(kind="kind_loan")
    columns = "entry_id, kind, state, operation, activity_id, quantity, done_on, way, bank_holder, slip_ref, party"
    rest = "reason, cost, change, interest, requested_by_id, requested_at"
    values = (
        f"SELECT {loan.entry_id}, kind, state, {literal(uuid4())}, activity_id, quantity, done_on, way, bank_holder,"
        f" slip_ref, party, {rest} FROM funds_act WHERE id = {gift.pk}"
    )
    with pytest.raises(IntegrityError, match="satcha:not_its_entry"), transaction.atomic():
        execute(f"INSERT INTO funds_act ({columns}, {rest}) {values}")


@pytest.mark.parametrize("table", ["funds_act", "funds_kindloan", "funds_kindterms"])
def test_what_an_activity_did_is_not_deleted(table: str, barn: Any) -> None:
    with pytest.raises(IntegrityError, match="satcha:kept"), transaction.atomic():
        execute(f"DELETE FROM {table}")
    drop_guards(connection)
    execute("DELETE FROM funds_act")
    if table != "funds_act":
        execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("change", ["grams = grams + 1", "interest_grams = 0", "due_on = '2030-01-01'"])
def test_a_loan_in_kind_stays_as_it_was_lent(change: str, barn: Any) -> None:
    assert KindLoan.objects.exists()
    refused_until_unguarded(f"UPDATE funds_kindloan SET {change}", "satcha:added_only")
