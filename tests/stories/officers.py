"""The officers of a village with money of both pools: what they ask for and approve in one line each."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from funds.models import BankAccount, Entry, Voucher
from funds.purposes import SOURCE_BY_KEY
from funds.services.bank_accounts import AccountInput, register_account
from funds.services.money_in import Receipt, receive_money
from funds.services.vouchers import VoucherInput, approve_voucher, request_voucher
from funds.voucher_lines import (
    Line,
    Place,
)
from members.group_settings import change_setting
from tests.membership.leavers import NOV_22, Leavers
from tests.village import TestVillage

BANK, OTHER = "012-3-45678-9", "098-7-65432-1"
BOX, ACCOUNT = Place(), Place("transfer", BANK)
PLACES = (BOX, ACCOUNT)
JANUARY = date(2026, 1, 1)
KG = 1_000

Made = Iterator[tuple[str, Entry]]


def entry_of(row: Any) -> Entry:
    """The entry that a row became."""
    assert row.entry is not None
    found: Entry = row.entry
    return found


class Officers:
    """A village with money of both pools in the box and in the bank, and what its officers do on one day."""

    def __init__(self, village: TestVillage) -> None:
        self.village, self.group = village, village.group
        self.people = Leavers(village)
        self.people.post(
            "income", ("O1100", "", 50_000_00), ("O1200", BANK, 50_000_00), ("O3300", "", -80_000_00),
            ("O3400", "", -5_000_00), ("O3500", "", -5_000_00), ("O2500", "", -10_000_00), ("A1100", "", 5_000_00),
            ("A1200", BANK, 5_000_00), ("A4900", "", -10_000_00),
        )  # fmt: skip
        self.malee = village.member("Malee")
        self.bank, self.other = (self.register(number) for number in (BANK, OTHER))
        change_setting(
            group=self.group, key="missed_month_fine_satang", value=10_00, valid_from=JANUARY, by=village.chair
        )

    def register(self, number: str) -> BankAccount:
        account = AccountInput("ธ.ก.ส.", number, "กลุ่มออมทรัพย์", False, True, True, JANUARY)
        return register_account(group=self.group, by=self.village.secretary, account=account)

    def pay(self, kind: str, lines: list[Line], place: Place = BOX, **rest: Any) -> Entry:
        """Ask for a voucher and approve it."""
        content = VoucherInput(
            kind=kind, paid_on=NOV_22, satang=sum(line[2] for line in lines if line[2] > 0), lines=lines, place=place,
            memo="ตามใบสำคัญ", slip_ref=str(uuid4())[:8] if place is ACCOUNT else "",
            **{"payee": "ร้านค้า", **rest},
        )  # fmt: skip
        asked: Voucher = request_voucher(
            group=self.group, voucher=content, operation=uuid4(), by=self.village.treasurer
        )
        return entry_of(approve_voucher(voucher=asked, by=self.village.auditor))

    def receipt(self, source: str, place: Place, satang: int = 1_000_00, holder: str = "") -> Receipt:
        slip = str(uuid4())[:8] if place is ACCOUNT else ""
        return Receipt(
            source=SOURCE_BY_KEY[source], received_on=NOV_22, satang=satang, place=place, holder=holder, giver="อบต.",
            slip_ref=slip,
        )  # fmt: skip

    def receive(self, source: str, place: Place, holder: str = "") -> Entry:
        receipt = self.receipt(source, place, holder=holder)
        return entry_of(receive_money(group=self.group, receipt=receipt, operation=uuid4(), by=self.village.treasurer))
