"""A village whose books are open, and the money that its members bring."""

from datetime import date
from uuid import uuid4

import pytest

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry, reverse_entry
from funds.models import Entry
from funds.selectors import cash_balances
from members.models import GroupSetting, Member
from savings.services import PaidMonth, record_pledge_months, set_pledge
from tests.village import TestVillage


class Savers:
    """The village with open books; vows, receipts and their reversal in one line each."""

    def __init__(self, village: TestVillage) -> None:
        self.village = village
        self.group = village.group
        self.open_window()

    def __getitem__(self, name: str) -> Member:
        return self.village.members[name]

    def open_window(self, months: int = 12, first: int = 1) -> None:
        """Let pledges change in so many months of each year, from the month `first` on."""
        for key, value in (("pledge_window_month", first), ("pledge_window_months", months)):
            GroupSetting.objects.create(
                group=self.group, key=key, value=str(value), valid_from=date(2026, 1, 1), set_by=self.village.chair
            )

    def vow(self, name: str, satang: int, starts_on: date = date(2026, 1, 1)) -> None:
        set_pledge(member=self[name], satang=satang, starts_on=starts_on, by=self.village.secretary)

    def pay(self, name: str, on: date, *months: date, satang: int = 100_00, special: int = 0) -> Entry:
        """Post a receipt that pays `satang` for each month, and `special` into the first special book."""
        member = self[name]
        parts = [PaidMonth(0, member.pk, month, satang) for month in months]
        pledge = sum(part.satang for part in parts)
        lines = [debit(account_for(self.group, "O1100"), pledge + special)]
        if pledge:
            lines.append(credit(account_for(self.group, "O2100", member.holder), pledge))
        if special:
            lines.append(credit(account_for(self.group, "O2200", f"{member.holder}-1"), special))
        entry = post_entry(
            group=self.group, kind="receipt", on=on, by=self.village.treasurer, lines=lines, operation=uuid4()
        )
        record_pledge_months(
            group=self.group, paid=[PaidMonth(entry.pk, part.member_id, part.month, part.satang) for part in parts]
        )
        return entry

    def close(self, on: date) -> Entry:
        """Close a meeting of that day."""
        return post_entry(
            group=self.group,
            kind="meeting_close",
            on=on,
            by=self.village.treasurer,
            ok=[self.village.auditor],
            lines=[],
            declared=cash_balances(self.group, on),
            operation=uuid4(),
        )

    def void(self, entry: Entry) -> Entry:
        """Reverse a receipt."""
        return reverse_entry(
            entry=entry, by=self.village.treasurer, ok=[self.village.auditor], operation=uuid4(), reason="ผิดคน"
        )


@pytest.fixture
def savers(village: TestVillage) -> Savers:
    """The village, with its books open since 1 January 2569."""
    return Savers(village)
