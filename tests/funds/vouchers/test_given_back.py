"""What goes back to whom it came from: subsidies and the group's own loans."""

import uuid
from datetime import date
from typing import Any

import pytest

from funds.money_errors import (
    InstalmentPaid,
    SubsidyExceeded,
)
from funds.purposes import SOURCE_BY_KEY
from funds.schedule import Planned, plan_instalments
from funds.selectors.bank_loans import loan_state
from funds.services.bank_loans import change_schedule, take_bank_loan
from funds.services.money_in import Receipt, receive_money
from funds.services.vouchers import (
    VoucherInput,
)
from funds.voucher_lines import (
    instalment_lines,
    subsidy_return_lines,
)
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.funds.vouchers.conftest import BANK, BOX, TODAY, ask, pay
from tests.village import TestVillage


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
