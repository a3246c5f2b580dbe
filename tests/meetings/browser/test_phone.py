"""The same sheet on a phone: cards, the open one with its fields, one button under the thumb, the number pad."""

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.meetings.browser.sheet_page import KASEM, SOMPORN, WICHAI

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def sheet(open_sheet):
    return open_sheet(**PHONE)


def test_the_thumb_receives_card_after_card(sheet, table):
    thumb = sheet.page.locator("#receive-next")
    expect(sheet.cell(SOMPORN, "pledge")).to_be_visible()
    expect(sheet.cell(WICHAI, "pledge")).to_be_hidden()
    thumb.tap()
    expect(sheet.cell(WICHAI, "pledge")).to_be_visible()
    thumb.tap()
    sheet.expect_saved(SOMPORN, WICHAI)
    expect(sheet.page.locator(".sheet-thumb [data-total=total]")).to_have_text("600.00")
    assert SheetRow.objects.filter(meeting=table.meeting, received=True).count() == 2


def test_a_touched_card_opens_and_its_fields_call_the_number_pad(sheet, table):
    sheet.row(KASEM).tap()
    pledge = sheet.cell(KASEM, "pledge")
    expect(pledge).to_be_visible()
    expect(pledge).to_have_attribute("inputmode", "decimal")
    pledge.fill("300")
    sheet.page.locator("#receive-next").tap()
    sheet.expect_saved(KASEM)
    row = SheetRow.objects.get(meeting=table.meeting)
    assert (row.pledge_satang, len(row.months)) == (300_00, 1)


def test_a_card_says_transfer_without_a_keyboard(sheet, table):
    sheet.row(KASEM).tap()
    sheet.row(KASEM).locator(".row-more").tap()
    dialog = sheet.page.locator("#details")
    dialog.locator("[value=transfer]").tap()
    dialog.locator("[name=slip_ref]").fill("KTB 0912")
    dialog.locator("[type=submit]").tap()
    sheet.page.locator("#receive-next").tap()
    sheet.expect_saved(KASEM)
    assert SheetRow.objects.get(meeting=table.meeting).slip_ref == "KTB 0912"


def test_nothing_is_wider_than_the_screen(sheet):
    assert sheet.page.evaluate("document.documentElement.scrollWidth") == 390
    sheet.page.locator("#jump").fill("ส")
    expect(sheet.page.locator("#jump-list [role=option]").first).to_be_visible()
    assert sheet.page.evaluate("document.documentElement.scrollWidth") == 390
