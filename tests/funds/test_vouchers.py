"""Money out: two people, neither of them the payee; each pool pays its own; posted once; held meanwhile."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from funds.accounts import account_for
from funds.errors import DeclaredAccountTouched, FutureDate, PeopleNotApart
from funds.journal import credit, debit, post_entry
from funds.models import Entry, Voucher
from funds.money_errors import (
    AdvanceExceeded,
    AdvanceNeedsResolution,
    CashBusy,
    InstalmentPaid,
    PoolHasNotEnough,
    ResolutionNeeded,
    SubsidyExceeded,
    VoucherDone,
    VoucherTaken,
)
from funds.purposes import BY_KEY, EXPENSES, SOURCE_BY_KEY
from funds.schedule import Planned, plan_instalments
from funds.selectors import available
from funds.selectors.advances import officer_advances, pool_debts
from funds.selectors.bank_loans import loan_state
from funds.services.bank_loans import change_schedule, take_bank_loan
from funds.services.money_in import Receipt, receive_money
from funds.services.vouchers import (
    VoucherInput,
    approve_signed_voucher,
    approve_voucher,
    cancel_voucher,
    request_voucher,
)
from funds.voucher_lines import (
    Place,
    Spent,
    expense_lines,
    instalment_lines,
    officer_advance_lines,
    pool_advance_lines,
    settlement_lines,
    subsidy_return_lines,
)
from members import cosign
from members.services import record_resolution
from tests.funds.ledger import assert_entry, assert_ledger_row
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


@pytest.mark.parametrize("purpose", [each.key for each in EXPENSES])
@pytest.mark.parametrize("place", [BOX, BANK], ids=["cash", "bank"])
def test_each_purpose_debits_its_one_account_and_its_own_pool(purpose: str, place: Place, rich: TestVillage) -> None:
    pool = BY_KEY[purpose].pool
    if pool == "A" and place is BANK:
        with override("en"), pytest.raises(PoolHasNotEnough, match="allotment"):
            ask(rich, spend(purpose, 100_00, place))
        return
    entry = pay(rich, spend(purpose, 100_00, place))
    kind = "operating" if pool == "O" else "administrative"
    assert_ledger_row(f"a voucher is paid from {kind} capital", entry)
    assert (entry.maker, entry.approvers) == (rich.treasurer.code, [rich.auditor.code])
    assert entry.details.data["payee"] == "ร้านเครื่องเขียน"


def test_nobody_approves_what_they_asked_for(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignerIsAsker):
        approve_voucher(voucher=voucher, by=rich.treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(
            approved_by=rich.treasurer, approved_at=voucher.requested_at, entry=rich.group.entries.first()
        )


def test_the_one_who_is_paid_neither_asks_nor_approves(rich: TestVillage) -> None:
    with pytest.raises(PeopleNotApart):
        ask(rich, spend("committee_pay", 100_00, member=rich.member("Somporn")))
    voucher = ask(rich, spend("committee_pay", 100_00, member=rich.member("Wichai")))
    with pytest.raises(PeopleNotApart):
        approve_voucher(voucher=voucher, by=rich.auditor)
    assert approve_voucher(voucher=voucher, by=rich.chair).entry is not None


def test_somebody_without_an_office_approves_nothing(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignerLacksRight):
        approve_voucher(voucher=voucher, by=rich.neighbour.treasurer)


def test_the_second_officer_signs_at_the_first_ones_laptop(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    with pytest.raises(cosign.SignatureMissing):
        approve_signed_voucher(voucher=voucher)
    assert voucher.signature is not None
    cosign.sign_as(signature=voucher.signature, user=rich.chair)
    posted = approve_signed_voucher(voucher=voucher)
    assert posted.approved_by == rich.chair


def test_approved_twice_is_posted_once(rich: TestVillage) -> None:
    voucher = ask(rich, spend("stationery", 100_00))
    first = approve_voucher(voucher=voucher, by=rich.auditor)
    assert approve_voucher(voucher=voucher, by=rich.auditor).entry == first.entry
    with pytest.raises(VoucherDone):
        approve_voucher(voucher=voucher, by=rich.chair)
    assert Entry.objects.filter(group=rich.group, kind="expense").count() == 1


def test_sent_twice_is_one_voucher_and_other_content_is_refused(rich: TestVillage) -> None:
    operation = uuid.uuid4()
    first = ask(rich, spend("stationery", 100_00), operation)
    assert ask(rich, spend("stationery", 100_00), operation) == first
    with pytest.raises(VoucherTaken):
        ask(rich, spend("stationery", 200_00), operation)


def test_what_a_waiting_voucher_takes_is_held_until_it_is_cancelled(rich: TestVillage) -> None:
    cash = account_for(rich.group, "A1100")
    voucher = ask(rich, spend("stationery", 700_00))
    assert available(cash) == 300_00
    with pytest.raises(PoolHasNotEnough):
        ask(rich, spend("contact", 400_00))
    cancel_voucher(voucher=voucher, by=rich.treasurer)
    assert available(cash) == 1000_00
    with pytest.raises(VoucherDone):
        approve_voucher(voucher=voucher, by=rich.auditor)


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


def test_a_returnable_subsidy_goes_back_and_no_more_than_it_was(rich: TestVillage) -> None:
    receipt = Receipt(
        source=SOURCE_BY_KEY["subsidy_returnable"],
        received_on=TODAY,
        satang=1000_00,
        place=BANK,
        holder="ทุนปุ๋ย",
        giver="อบต.",
        slip_ref="S9",
    )
    row = receive_money(group=rich.group, receipt=receipt, operation=uuid.uuid4(), by=rich.treasurer)
    assert_ledger_row("an agency gives money to return", row.entry)

    def back(satang: int) -> VoucherInput:
        lines = subsidy_return_lines("ทุนปุ๋ย", satang, BOX)
        return VoucherInput(
            kind="subsidy_return", paid_on=TODAY, satang=satang, lines=lines, payee="อบต.", memo="คืนเงินอุดหนุน"
        )

    assert_ledger_row("a returnable subsidy goes back", pay(rich, back(600_00)))
    with pytest.raises(SubsidyExceeded, match=r"400\.00"):
        ask(rich, back(400_01))


def test_the_groups_own_loan_is_paid_by_its_schedule(rich: TestVillage) -> None:
    schedule = plan_instalments(principal=1000_00, rate=600, count=3, first_due=date(2026, 12, 31), months=2)
    assert [each.principal for each in schedule] == [333_00, 333_00, 334_00]
    assert [each.interest for each in schedule] == [10_00, 6_67, 3_34]
    assert [each.due_on for each in schedule] == [date(2026, 12, 31), date(2027, 2, 28), date(2027, 4, 30)]
    receipt = Receipt(
        source=SOURCE_BY_KEY["bank_loan"],
        received_on=TODAY,
        satang=1000_00,
        place=BOX,
        holder="ธกส-1",
        giver="ธ.ก.ส.",
    )
    operation = uuid.uuid4()
    how: dict[str, Any] = {"receipt": receipt, "rate": 600, "schedule": schedule, "by": rich.treasurer}
    loan = take_bank_loan(group=rich.group, operation=operation, **how)
    assert take_bank_loan(group=rich.group, operation=operation, **how) == loan
    assert loan.received is not None
    assert_ledger_row("the group takes a loan from a bank", loan.received.entry)
    first = loan.instalments.get(number=1)
    voucher = VoucherInput(
        kind="bank_loan_payment",
        paid_on=TODAY,
        satang=343_00,
        lines=instalment_lines("ธกส-1", 333_00, 10_00, BOX),
        payee="ธ.ก.ส.",
        memo="งวดที่ 1",
        instalment=first,
    )
    entry = pay(rich, voucher)
    assert_entry(entry, debits=[("O2300", "ธกส-1", 333_00), ("O5500", 10_00)], credits=[("O1100", 343_00)])
    with pytest.raises(InstalmentPaid):
        ask(rich, voucher)
    change_schedule(loan=loan, schedule=[Planned(date(2027, 6, 1), 667_00, 20_00)])
    state = loan_state(loan, date(2027, 6, 2))
    assert (state.owed, len(state.rows), len(state.late)) == (667_00, 2, 1)


def test_money_received_is_posted_at_once_and_once(rich: TestVillage) -> None:
    receipt = Receipt(
        source=SOURCE_BY_KEY["donation"], received_on=TODAY, satang=500_00, place=BOX, giver="วัด", purpose="ทำบุญ"
    )
    operation = uuid.uuid4()
    row = receive_money(group=rich.group, receipt=receipt, operation=operation, by=rich.treasurer)
    assert receive_money(group=rich.group, receipt=receipt, operation=operation, by=rich.treasurer) == row
    assert_ledger_row("somebody gives money", row.entry)
    assert row.entry.details.data == {"payer": "วัด", "memo": "ทำบุญ", "source": "donation"}
