"""The fine for missed months stands beside them in pencil, and comes with them."""

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.meetings.browser.sheet_page import KASEM, SOMPORN
from tests.meetings.evening import fine_for_missed_months

pytestmark = pytest.mark.browser


@pytest.fixture
def fined(open_sheet, table):
    """Kasem owes one month of 300 besides this one; a month missed costs 10 baht."""
    fine_for_missed_months(table.village, 10)
    return open_sheet()


def saved(table) -> tuple[int, int]:
    row = SheetRow.objects.get(meeting=table.meeting, member__number=KASEM)
    return row.pledge_satang, row.fine_satang


def test_enter_receives_the_fine_with_what_is_due(fined, table):
    expect(fined.cell(KASEM, "fine")).to_have_value("10.00")
    expect(fined.cell(SOMPORN, "fine")).to_have_value("")
    fined.go_to(str(KASEM))
    fined.keys("Enter")
    fined.expect_saved(KASEM)
    assert saved(table) == (600_00, 10_00)
    expect(fined.total("total")).to_have_text("610.00")
    fined.scripts_are_quiet()


def test_whoever_pays_less_than_all_is_asked_no_fine_unless_it_is_typed(fined, table):
    fined.go_to(str(KASEM))
    fined.keys("300")
    expect(fined.cell(KASEM, "fine")).to_have_value("")
    fined.keys("Escape", "900")
    expect(fined.cell(KASEM, "fine")).to_have_value("10.00")
    fined.keys("Escape", "300", "Enter")
    fined.expect_saved(KASEM)
    assert saved(table) == (300_00, 0)


def test_all_others_paid_asks_for_the_fines_and_takes_them(fined, table):
    fined.page.locator("#rest-open").click()
    expect(fined.page.locator("#rest [data-part=text]")).to_contain_text("2,060.00")
    fined.page.locator("#rest [data-act=take]").click()
    fined.expect_saved(KASEM)
    assert saved(table) == (600_00, 10_00)
    expect(fined.total("total")).to_have_text("2,060.00")
