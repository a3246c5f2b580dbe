"""The checklist before the close: each line says everything that is missing and opens it; put in order, it is green."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from funds.models import AccountYear, BankAccount
from funds.services.bank_accounts import AccountInput, register_account
from members.models import SavingsGroup
from savings.models import SpecialProduct
from shareout.selectors.checklist import CheckLine, checklist
from tests.funds.activities import open_rice_bank
from tests.funds.test_bank_checks import signed
from tests.funds.test_bank_rooms import bank
from tests.meetings.evening import Evening
from tests.savings.conftest import savers
from tests.savings.products.conftest import saved
from tests.shareout.test_closing import books, year
from tests.village import TestVillage

__all__ = ["bank", "books", "saved", "savers", "signed", "year"]
pytestmark = pytest.mark.django_db
DECEMBER_5, JANUARY_31 = date(2026, 12, 5), date(2026, 1, 31)
JANUARY_10 = "2027-01-10T03:00:00+00:00"


def line_of(year: AccountYear, key: str) -> CheckLine:
    [found] = [each for each in checklist(year) if each.key == key]
    return found


def of_2569(group: SavingsGroup) -> AccountYear:
    found = AccountYear.objects.get(group=group, year=2569)
    found.group = group
    return found


def opens(client: Any, village: TestVillage, line: CheckLine) -> None:
    """Each missing thing opens a page that an officer sees."""
    client.force_login(village.treasurer)
    assert line.missing, line.key
    for each in line.missing:
        assert client.get(each.url.partition("#")[0], follow=True).status_code == 200, each.url


def test_an_open_meeting_opens_its_sheet_and_is_in_order_once_it_is_closed(village, year, client):
    with time_machine.travel("2026-12-05T12:00:00+00:00", tick=False):
        evening = Evening(village, held_on=DECEMBER_5)
        evening.receive("Prani", special=100_00)
    found = line_of(year, "meetings")
    assert found.missing[0].url == reverse("meetings:meeting", args=[village.group.code, evening.meeting.pk])
    opens(client, village, found)
    with time_machine.travel("2026-12-05T13:00:00+00:00", tick=False):
        evening.finish()
    assert line_of(year, "meetings").is_green
    assert line_of(year, "cash").is_green


def test_uncounted_cash_opens_the_meetings(village, year, books, client):
    books.post("receipt", ("O1100", "", 50_00), ("O2100", "0005", -50_00), on=DECEMBER_5)
    opens(client, village, line_of(year, "cash"))


def test_a_bank_account_that_was_not_compared_opens_its_own_page(village, year, client):
    assert line_of(year, "bank").missing[0].url == reverse("funds:bank", args=[village.group.code])
    account = AccountInput("ธ.ก.ส.", "012-3", "กลุ่ม", False, True, True, date(2026, 1, 1))
    register_account(group=village.group, by=village.treasurer, account=account, holder="bank")
    found = line_of(year, "bank")
    [row] = BankAccount.objects.filter(group=village.group)
    assert found.missing[0].url == reverse("funds:bank-account", args=[village.group.code, row.pk])
    opens(client, village, found)


def test_a_bank_account_signed_through_the_years_last_day_is_in_order(signed):
    found = of_2569(signed.group)
    assert not line_of(found, "bank").is_green
    found.ends_on = JANUARY_31  # a year that ends with the month that was signed
    assert line_of(found, "bank").is_green


def test_each_product_whose_interest_is_not_credited_is_named_and_opens(village, saved, client):
    with time_machine.travel(JANUARY_10, tick=False):
        found = line_of(of_2569(village.group), "interest")
        assert [SpecialProduct.objects.get().name in each.text for each in found.missing] == [True]
        opens(client, village, found)


def test_stock_that_was_not_counted_opens_its_activity_and_is_in_order_after_the_count(village, year, client):
    with time_machine.travel("2026-03-05T05:00:00+00:00", tick=False):
        work = open_rice_bank(village.group, village.treasurer, village.auditor)
    found = line_of(year, "stock")
    assert [each.url for each in found.missing] == [
        reverse("funds:activity", args=[village.group.code, work.activity.pk])
    ]
    opens(client, village, found)
    with time_machine.travel("2026-12-30T05:00:00+00:00", tick=False):
        work.do("kind_count", 1_000_000, done_on=date(2026, 12, 30), reason="ตรวจนับสิ้นปี")
    assert line_of(year, "stock").is_green


class Fault:
    """What the verification says of one entry."""

    n = 2

    def __str__(self) -> str:
        return "entry 2: I6 the hash does not recompute"


def two_faults(group: Any) -> Any:
    return iter([Fault(), "a guard is missing"])


def test_a_fault_of_the_books_opens_its_entry_and_one_of_no_entry_the_books(village, year, settings, client):
    settings.BOOKS_VERIFIER = f"{__name__}.two_faults"
    found = line_of(year, "verified")
    assert [each.url for each in found.missing] == [
        reverse("reports:entry", args=[village.group.code, 2]), reverse("reports:books", args=[village.group.code]),
    ]  # fmt: skip
    opens(client, village, found)


def counted(group: Any) -> Any:
    counted.calls += 1  # type: ignore[attr-defined]
    return iter(())


def test_the_page_recomputes_the_books_when_all_else_is_in_order_or_when_asked(village, year, settings, client):
    settings.BOOKS_VERIFIER, counted.calls = f"{__name__}.counted", 0
    url = reverse("shareout:year", args=[village.group.code, 2569])
    client.force_login(village.treasurer)
    assert "verify=1" in client.get(url).content.decode()
    assert counted.calls == 0
    client.get(url, {"verify": "1"})
    assert counted.calls == 1


def test_the_page_lists_every_line_and_the_auditors_signature_last(village, year, client):
    client.force_login(village.auditor)
    shown = client.get(reverse("shareout:year", args=[village.group.code, 2569])).content.decode()
    lines = checklist(year)
    assert len(lines) == 8
    for line in lines:
        assert line.label in shown
    assert shown.index("ผู้ตรวจสอบลงชื่อ") > shown.index(lines[-1].label)
