"""Everybody can use the sheet: axe finds nothing, in every state, at both widths, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.meetings.browser.sheet_page import ANONG, KASEM, SOMPORN
from tests.meetings.browser.test_phone import PHONE

pytestmark = pytest.mark.browser
WIDTHS = {"desk": {}, "phone": PHONE}


@pytest.fixture(params=WIDTHS)
def sheet(request, open_sheet):
    return open_sheet(**WIDTHS[request.param])


def in_every_state(sheet, their):
    """Wrong, changed by someone else, saved, missed, not saved, half typed: each on the page at once."""
    their.go_to("2")
    their.keys("150", "Enter")
    their.expect_saved(2)
    sheet.row(SOMPORN).locator("th").click()
    sheet.cell(SOMPORN, "special").fill("1,5")
    sheet.row(2).locator("th").click()
    expect(sheet.row(SOMPORN)).to_contain_class("is-wrong")
    sheet.cell(2, "pledge").fill("280")
    sheet.row(ANONG).locator("th").click()
    expect(sheet.state(2).get_by_role("button")).to_be_visible()
    sheet.cell(ANONG, "present").click()
    sheet.row(4).locator("th").click()
    sheet.expect_saved(ANONG)
    sheet.cut()
    sheet.cell(4, "fee").fill("20")
    sheet.row(5).locator("th").click()
    expect(sheet.state(4)).to_contain_text("ลองใหม่ใน")
    sheet.cell(5, "fine").fill("5")


def test_axe_finds_nothing_in_any_state_and_no_script_complains(sheet, open_sheet, table, assert_accessible):
    their = open_sheet(table.village.secretary)
    their.keys("ArrowDown")
    assert_accessible(sheet.page)
    in_every_state(sheet, their)
    assert_accessible(sheet.page)
    sheet.state(2).get_by_role("button").click()
    assert_accessible(sheet.page)
    sheet.page.keyboard.press("Escape")
    sheet.row(KASEM).locator("th").click()
    sheet.row(KASEM).locator(".row-more").click()
    sheet.page.locator("#details [value=transfer]").check()
    assert_accessible(sheet.page)
    sheet.page.locator("#details [data-act=household]").click()
    assert_accessible(sheet.page)
    sheet.page.keyboard.press("Escape")
    sheet.page.locator("#rest-open").click()
    assert_accessible(sheet.page)
    sheet.page.keyboard.press("Escape")
    sheet.page.locator("#jump").fill("ส")
    assert_accessible(sheet.page)
    sheet.scripts_are_quiet()
    their.scripts_are_quiet()


def test_the_page_without_connection_speaks_both_languages(page, live_server, watch_console, assert_accessible):
    errors = watch_console(page)
    for language, word in {"th": "ติดต่อระบบไม่ได้", "en": "No connection"}.items():
        page.goto(f"{live_server.url}/offline/?language={language}")
        expect(page.locator("h1")).to_contain_text(word)
        expect(page.locator("#offline-count")).not_to_be_empty()
        assert_accessible(page)
    assert errors == []
