"""The keyboard alone suffices: Enter receives, arrows and Tab move as in a spreadsheet."""

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.meetings.browser.sheet_page import ANONG, BOONMEE, KASEM, MALEE, PRANI, SOMCHAI, SOMPORN, WICHAI

pytestmark = pytest.mark.browser


def saved(table, number) -> SheetRow:
    return SheetRow.objects.get(meeting=table.meeting, member__number=number)


def test_enter_receives_what_is_due_and_goes_to_the_next_row(open_sheet, table):
    sheet = open_sheet()
    assert sheet.focused() == (SOMPORN, "pledge")
    sheet.keys("Enter", "Enter")
    assert sheet.focused() == (ANONG, "pledge")
    sheet.expect_saved(SOMPORN, WICHAI)
    assert saved(table, SOMPORN).pledge_satang == 300_00
    expect(sheet.total("total")).to_have_text("600.00")


def test_pencil_becomes_ink_only_when_money_came(open_sheet):
    sheet = open_sheet()
    sheet.keys("ArrowDown", "ArrowDown")  # passing through is not receiving
    sheet.expect_pencil(SOMPORN)
    expect(sheet.total("total")).to_have_text("0.00")
    sheet.keys("ArrowUp", "Enter")
    sheet.expect_saved(WICHAI)
    expect(sheet.row(WICHAI)).not_to_contain_class("is-expected")
    expect(sheet.total("pledge")).to_have_text("300.00")


def test_an_exception_is_typed_and_saved_by_leaving_the_row(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("250", "ArrowDown")
    sheet.expect_saved(SOMPORN)
    assert saved(table, SOMPORN).pledge_satang == 250_00
    expect(sheet.cell(SOMPORN, "pledge")).to_have_value("250.00")
    expect(sheet.page.locator("[data-filter=odd] [data-count]")).to_have_text("1")


def test_nought_is_a_missed_month_and_space_is_not_here(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("0", "Enter", " ", "ArrowDown")
    sheet.expect_saved(SOMPORN, WICHAI)
    missed, absent = saved(table, SOMPORN), saved(table, WICHAI)
    assert (missed.present, missed.received, missed.pledge_satang) == (True, True, 0)
    assert (absent.present, absent.received) == (False, False)
    expect(sheet.cell(WICHAI, "present")).not_to_be_checked()
    expect(sheet.page.locator("[data-filter=open] [data-count]")).to_have_text("9")


def test_arrows_and_tab_walk_the_cells_as_in_a_spreadsheet(open_sheet):
    sheet = open_sheet()
    sheet.keys("ArrowRight", "ArrowRight")
    assert sheet.focused() == (SOMPORN, "fee")
    sheet.keys("ArrowDown", "ArrowLeft", "ArrowUp")
    assert sheet.focused() == (SOMPORN, "special")
    sheet.keys("Shift+Tab", "Shift+Tab")
    assert sheet.focused() == (SOMPORN, "present")
    sheet.go_to("1")
    sheet.keys("Tab", "500", "Tab", "20", "Enter")
    assert sheet.focused() == (WICHAI, "pledge"), "Enter goes on under the cell where this row began"
    sheet.expect_saved(SOMPORN)
    expect(sheet.total("operating")).to_have_text("800.00")
    expect(sheet.total("administrative")).to_have_text("20.00")
    sheet.keys("123", "ArrowLeft", "ArrowLeft", "9")  # while typing, the arrows move within the cell
    expect(sheet.cell(WICHAI, "pledge")).to_have_value("1923")


def test_escape_undoes_what_was_typed(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("999", "Escape", "ArrowDown")
    expect(sheet.cell(SOMPORN, "pledge")).to_have_value("300.00")
    sheet.expect_pencil(SOMPORN)
    assert not SheetRow.objects.filter(meeting=table.meeting).exists()


def test_slash_jumps_by_number_or_by_part_of_a_name(open_sheet):
    sheet = open_sheet()
    sheet.keys("/", "6", "Enter")
    assert sheet.focused() == (SOMCHAI, "pledge")
    sheet.keys("/", "นาคำ", "ArrowDown", "ArrowUp", "Enter")
    assert sheet.focused() == (PRANI, "pledge")
    sheet.keys("/", "ไม่มีคนนี้")
    expect(sheet.page.locator("#jump-list")).to_contain_text("ไม่พบสมาชิก")
    sheet.keys("Escape")
    assert sheet.focused() == (PRANI, "pledge")


def test_what_cannot_be_read_stays_as_typed_with_its_sentence(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("ArrowRight", "1,5", "Enter")
    assert sheet.focused() == (SOMPORN, "special")
    expect(sheet.cell(SOMPORN, "special")).to_have_value("1,5")
    expect(sheet.state(SOMPORN)).to_contain_text("1,500")
    sheet.keys("ArrowDown")
    expect(sheet.row(SOMPORN)).to_contain_class("is-wrong")  # the server's word by now
    expect(sheet.cell(SOMPORN, "special")).to_have_value("1,5")
    sheet.keys("ArrowUp", "1,500", "Enter")
    sheet.expect_saved(SOMPORN)
    assert saved(table, SOMPORN).special_satang == 1_500_00


def test_plus_opens_transfer_and_months_and_all_is_done_by_keys(open_sheet, table):
    sheet = open_sheet()
    sheet.go_to("8")
    expect(sheet.row(KASEM)).to_contain_text("ค้างส่ง 1 เดือน")
    expect(sheet.cell(KASEM, "pledge")).to_have_value("600.00")
    sheet.keys("+", "ArrowDown", "Tab", "T-4711", "Enter")
    sheet.keys("Enter")
    sheet.expect_saved(KASEM)
    row = saved(table, KASEM)
    assert (row.method, row.slip_ref, row.pledge_satang, len(row.months)) == ("transfer", "T-4711", 600_00, 2)
    expect(sheet.row(KASEM).locator(".cell-note")).to_contain_text("T-4711")
    expect(sheet.total("transfer")).to_have_text("600.00")


def test_a_payment_in_advance_names_its_months(open_sheet, table):
    sheet = open_sheet()
    sheet.go_to(str(BOONMEE))
    sheet.keys("+")
    dialog = sheet.page.locator("#details")
    months = dialog.locator("input[name=month]")
    expect(months.nth(0)).to_be_checked()
    months.nth(1).press("Space")
    months.nth(2).press("Space")
    expect(dialog.locator("[data-part=sum]")).to_contain_text("300.00")
    dialog.locator("[type=submit]").press("Enter")
    expect(sheet.cell(BOONMEE, "pledge")).to_have_value("300.00")
    sheet.keys("Enter")
    sheet.expect_saved(BOONMEE)
    assert len(saved(table, BOONMEE).months) == 3
    expect(sheet.row(BOONMEE).locator(".cell-note")).to_contain_text("ส่งเดือน")


def test_a_household_pays_in_one_sum_and_still_gets_a_row_each(open_sheet, table):
    sheet = open_sheet()
    sheet.go_to(str(PRANI))
    sheet.keys("+")
    sheet.page.locator("#details [data-act=household]").press("Enter")
    dialog = sheet.page.locator("#household")
    expect(dialog.locator("[data-part=sum]")).to_have_text("250.00")
    sheet.keys("200", "Enter")
    expect(dialog.locator("[role=alert]")).to_be_visible()  # less than the sum: nothing is taken
    sheet.page.locator("#given").fill("500")
    expect(dialog.locator("[data-part=change]")).to_have_text("250.00")
    sheet.page.locator("#given").press("Enter")
    expect(dialog).to_be_hidden()
    sheet.expect_saved(PRANI, 9)
    assert {row.member.number: row.pledge_satang for row in SheetRow.objects.filter(meeting=table.meeting)} == {
        PRANI: 200_00,
        9: 50_00,
    }


def test_all_others_are_received_after_one_question(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("100", "Enter", " ", "Enter")
    sheet.page.locator("#rest-open").press("Enter")
    dialog = sheet.page.locator("#rest")
    expect(dialog).to_contain_text("9 คน")
    expect(dialog).to_contain_text("1,450.00")
    dialog.locator("[data-act=take]").press("Enter")
    expect(dialog).to_be_hidden()
    sheet.expect_saved(ANONG, MALEE, SOMCHAI)
    assert saved(table, SOMPORN).pledge_satang == 100_00
    assert saved(table, WICHAI).received is False
    expect(sheet.page.locator("#rest-open")).to_be_disabled()
    expect(sheet.total("pledge")).to_have_text("1,550.00")


def test_chips_show_only_what_they_name(open_sheet):
    sheet = open_sheet()
    sheet.keys("Enter", "250", "Enter")
    sheet.expect_saved(SOMPORN, WICHAI)
    sheet.page.locator("[data-filter=odd]").press("Enter")
    assert sheet.page.locator("tr[data-n]:visible").count() == 1
    sheet.page.locator("[data-filter=care]").press("Enter")
    expect(sheet.page.locator("#sheet-none")).to_be_visible()
    sheet.page.locator("[data-filter=open]").press("Enter")
    expect(sheet.row(SOMPORN)).to_be_hidden()
    expect(sheet.row(ANONG)).to_be_visible()
