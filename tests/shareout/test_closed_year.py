"""Nothing is dated into a closed year: not through any service, not at the gate, not in SQL."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from funds import kinds
from funds.errors import BooksError, PeriodLocked
from funds.models import BankAccount, Entry
from funds.purposes import SOURCE_BY_KEY
from funds.services.activities import add_good, start_activity
from funds.services.acts import ActInput, do_act
from funds.services.bank_accounts import AccountInput, register_account
from funds.services.bank_moves import MoveInput, request_move
from funds.services.money_in import Receipt, receive_money
from funds.services.vouchers import VoucherInput, approve_voucher, move_voucher_to_today, request_voucher
from funds.voucher_lines import Place
from loans.services.receipts import LoanMoney, record_loan_receipt
from meetings.errors import DateLocked
from meetings.services.meetings import open_meeting
from membership.services.leaving import LeavingInput, record_leaving
from membership.services.settlement_input import SettlementInput
from membership.services.settlements import request_settlement
from savings.services.deposits import DepositInput, record_deposit
from tests.funds.conftest import Books
from tests.funds.forge import forge
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db
DECEMBER_30, DECEMBER_31, JANUARY_1 = date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)
BANK = Place("transfer", "")


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    """A village in February whose last year is closed; Kasem leaves."""
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.close()
        yield found


def again(sharing: Sharing) -> dict[str, Any]:
    return {"operation": uuid4(), "by": sharing.village.treasurer}


def receive(sharing: Sharing, on: date) -> Any:
    receipt = Receipt(
        source=SOURCE_BY_KEY["donation"], received_on=on, satang=5_00, place=BANK, giver="วัด", slip_ref="S"
    )
    return receive_money(group=sharing.group, receipt=receipt, **again(sharing))


def spend(sharing: Sharing, on: date) -> Any:
    lines = [("O5100", "", 5_00, ""), ("O1200", "", -5_00, "")]
    voucher = VoucherInput(
        kind="expense", purpose="travel", paid_on=on, satang=5_00, lines=lines, place=BANK, slip_ref="S", payee="ร้าน",
        memo="ค่ารถ",
    )  # fmt: skip
    return request_voucher(group=sharing.group, voucher=voucher, **again(sharing))


def carry(sharing: Sharing, on: date) -> Any:
    account = AccountInput("ธ.ก.ส.", "012-3", "กลุ่ม", False, True, False, date(2026, 1, 1))
    known = BankAccount.objects.filter(group=sharing.group, holder="").first()
    bank = known or register_account(group=sharing.group, by=sharing.village.treasurer, account=account, holder="")
    move = MoveInput("bank_fetch", "O", 5_00, on, "S", source=bank)
    return request_move(group=sharing.group, move=move, **again(sharing))


def deposit(sharing: Sharing, on: date) -> Any:
    brought = DepositInput(received_on=on, way="transfer", slip_ref=f"S{on}", special=5_00)
    return record_deposit(member=sharing["Prani"], deposit=brought, **again(sharing))


def repay(sharing: Sharing, on: date) -> Any:
    money = LoanMoney(
        payer=sharing["Somchai"], received_on=on, amounts={sharing.loan.pk: 5_00}, way="transfer", slip_ref=f"L{on}"
    )
    return record_loan_receipt(group=sharing.group, money=money, **again(sharing))


def buy_goods(sharing: Sharing, on: date) -> Any:
    shop = start_activity(
        group=sharing.group, name=f"ร้าน {on}", kind="shop", unit_book="", started_on=date(2026, 1, 1),
        by=sharing.village.treasurer,
    )  # fmt: skip
    good = add_good(activity=shop, name="ปุ๋ย", unit="ถุง")
    bought = ActInput(
        kind="purchase", done_on=on, quantity=1000, good=good, satang=5_00, way="transfer", slip_ref="S", party="ร้าน"
    )
    return do_act(activity=shop, given=bought, **again(sharing))


def settle(sharing: Sharing, on: date) -> Any:
    begun = LeavingInput(reason="resignation", begun_on=date(2026, 12, 1))
    leaving = record_leaving(member=sharing["Kasem"], leaving=begun, **again(sharing))
    paid = SettlementInput(paid_on=on, way="transfer", slip_ref="S", resolution=sharing.resolve(on=date(2026, 12, 1)))
    return request_settlement(leaving=leaving, settlement=paid, **again(sharing))


def meet(sharing: Sharing, on: date) -> Any:
    return open_meeting(group=sharing.group, held_on=on, place="ศาลา", **again(sharing))


SERVICES = [receive, spend, carry, deposit, repay, buy_goods, settle, meet]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("on", [DECEMBER_30, DECEMBER_31])
def test_no_service_dates_anything_into_a_closed_year(
    sharing: Sharing, service: Callable[[Sharing, date], Any], on: date
) -> None:
    before = Entry.objects.count()
    with pytest.raises((PeriodLocked, DateLocked)):
        service(sharing, on)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("service", SERVICES)
def test_the_same_is_taken_on_the_first_day_of_the_open_year(
    sharing: Sharing, service: Callable[[Sharing, date], Any]
) -> None:
    assert service(sharing, JANUARY_1)


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.KINDS if kind.name != "opening"])
@pytest.mark.parametrize("paper", ["", "paper_"])
def test_no_kind_of_entry_passes_the_gate_or_the_database_into_a_closed_year(
    sharing: Sharing, kind: str, paper: str
) -> None:
    books = Books(sharing.group)
    moves = [] if kinds.kind_of(kind).lines is kinds.Lines.NONE else [("O1200", "", 5_00), ("O3300", "", -5_00)]
    declared = {"O1100": 0, "A1100": 0} if kinds.kind_of(kind).declares else None
    with pytest.raises(BooksError):
        books.post(f"{paper}{kind}", *moves, on=DECEMBER_31, ok=["second"], declared=declared)
    with pytest.raises(IntegrityError, match="satcha"), transaction.atomic():
        forge(books, *moves, kind=f"{paper}{kind}", on=DECEMBER_31).write()


def test_what_waits_from_before_the_close_is_not_posted_into_the_year_but_today(village: TestVillage) -> None:
    with time_machine.travel("2026-12-31T03:00:00+00:00", tick=False):
        sharing = Sharing(village)
        voucher = spend(sharing, DECEMBER_30)
    with time_machine.travel(NOW, tick=False):
        sharing.close()
        with pytest.raises(PeriodLocked):
            approve_voucher(voucher=voucher, by=village.auditor)
        move_voucher_to_today(voucher=voucher)
        done = approve_voucher(voucher=voucher, by=village.auditor)
        assert done.entry is not None
        assert done.entry.booked_on == date(2027, 2, 20)
