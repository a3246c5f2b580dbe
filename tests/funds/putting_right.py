"""Money in and out beside the meeting, and its reversal, in one line each."""

import uuid
from datetime import date
from typing import Any

from funds.models import BankLoan, Entry, MoneyIn, ReversalRequest
from funds.purposes import BY_KEY, SOURCE_BY_KEY
from funds.schedule import plan_instalments
from funds.services.bank_loans import take_bank_loan
from funds.services.money_in import Receipt, receive_money
from funds.services.reversals import approve_reversal, request_reversal
from funds.services.vouchers import VoucherInput, approve_voucher, request_voucher
from funds.voucher_lines import Place, Spent, expense_lines, instalment_lines
from tests.village import TestVillage

TODAY = date(2026, 11, 20)
BOX, BANK = Place(), Place("transfer", "012-3")


def give(village: TestVillage, satang: int = 1000_00, place: Place = BOX, **how: Any) -> MoneyIn:
    """A donation, or what `source` says."""
    source = SOURCE_BY_KEY[how.pop("source", "donation")]
    receipt = Receipt(
        source=source, satang=satang, giver="วัด", received_on=TODAY, place=place,
        slip_ref="S1" if place is BANK else "", **how,
    )  # fmt: skip
    return receive_money(group=village.group, receipt=receipt, operation=uuid.uuid4(), by=village.treasurer)


def spend(village: TestVillage, satang: int = 300_00, **rest: Any) -> Entry:
    """A posted voucher of operating cost."""
    given = VoucherInput(
        kind="expense", purpose="operating", paid_on=TODAY, satang=satang, payee="ร้านค้า", memo="สมุด",
        lines=expense_lines(Spent(BY_KEY["operating"], satang), BOX), **rest,
    )  # fmt: skip
    row = request_voucher(group=village.group, voucher=given, operation=uuid.uuid4(), by=village.treasurer)
    entry = approve_voucher(voucher=row, by=village.auditor).entry
    assert entry is not None
    return entry


def ask(village: TestVillage, entry: Entry, **how: Any) -> ReversalRequest:
    return request_reversal(
        entry=entry, **{"reason": "ลงซ้ำ", "operation": uuid.uuid4(), "by": village.treasurer, **how}
    )


def undo(village: TestVillage, entry: Entry, **how: Any) -> Entry:
    done = approve_reversal(request=ask(village, entry, **how), by=village.auditor).reversal
    assert done is not None
    return done


def borrow(village: TestVillage) -> BankLoan:
    receipt = Receipt(
        source=SOURCE_BY_KEY["bank_loan"], satang=1000_00, giver="ธ.ก.ส.", holder="ธกส-1", received_on=TODAY, place=BOX
    )
    schedule = plan_instalments(principal=1000_00, rate=600, count=2, first_due=date(2026, 12, 31), months=6)
    return take_bank_loan(
        group=village.group, receipt=receipt, rate=600, schedule=schedule, operation=uuid.uuid4(), by=village.treasurer
    )


def pay_instalment(village: TestVillage, loan: BankLoan, row: Any) -> Entry:
    lines = instalment_lines(loan.number, row.principal_satang, 0, BOX)
    given = VoucherInput(
        kind="bank_loan_payment", paid_on=TODAY, satang=row.principal_satang, lines=lines, payee="ธ.ก.ส.", memo="งวด 1",
        instalment=row,
    )  # fmt: skip
    voucher = request_voucher(group=village.group, voucher=given, operation=uuid.uuid4(), by=village.treasurer)
    entry = approve_voucher(voucher=voucher, by=village.auditor).entry
    assert entry is not None
    return entry
