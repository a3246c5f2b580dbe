"""Nothing typed is lost: a cut line, a killed page, an ended session, an answer that got lost, a count in between."""

import time

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from meetings.services.meetings import begin_count, resume_entering
from members.models import DeviceSession
from tests.meetings.browser.sheet_page import ANONG, MALEE, PRANI, SOMPORN, WICHAI, SheetPage
from tests.village import PASSWORD

pytestmark = pytest.mark.browser


def amounts(table) -> dict[int, int]:
    return {row.member.number: row.total_satang for row in SheetRow.objects.filter(meeting=table.meeting)}


def kept_in_browser(sheet) -> str:
    """Everything that the browser keeps of the sheet, as text."""
    return sheet.page.evaluate(
        """async () => {
          const open = indexedDB.open("satcha");
          const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
          const all = db.transaction("rows").objectStore("rows").getAll();
          const rows = await new Promise((done) => { all.onsuccess = () => done(all.result); });
          db.close();
          return JSON.stringify(rows);
        }"""
    )


def wait_until_kept(sheet, text: str) -> None:
    """A moment after the last key the browser has what was typed."""
    deadline = time.monotonic() + 10
    while text not in kept_in_browser(sheet):
        assert time.monotonic() < deadline, f"the browser does not keep {text}"


def test_rows_entered_without_a_line_go_out_when_it_is_back(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("Enter")
    sheet.expect_saved(SOMPORN)
    sheet.cut()
    sheet.keys("250", "Enter", "Enter", " ", "ArrowDown")
    expect(sheet.state(WICHAI)).to_contain_text("ยังไม่บันทึก")
    expect(sheet.page.locator("#sync-line")).to_contain_text("ไม่มีสัญญาณอินเทอร์เน็ต")
    expect(sheet.page.locator("#sync-unsaved")).to_contain_text("3")
    assert amounts(table) == {SOMPORN: 300_00}
    sheet.mend()
    sheet.expect_saved(WICHAI, ANONG, MALEE)
    expect(sheet.page.locator("#sync-line")).to_be_empty()
    assert amounts(table) == {SOMPORN: 300_00, WICHAI: 250_00, ANONG: 0, MALEE: 0}
    assert kept_in_browser(sheet) == "[]"
    sheet.scripts_are_quiet()


def test_a_killed_page_keeps_its_rows_without_names_and_the_next_page_sends_them(open_sheet, table):
    sheet = open_sheet()
    sheet.cut()
    sheet.keys("250", "Enter", "Enter")
    expect(sheet.state(WICHAI)).to_contain_text("ยังไม่บันทึก")
    kept = kept_in_browser(sheet)
    assert '"pledge":"250"' in kept
    assert not any(name in kept for name in ("สมพร", "วิชัย", "แก้วใส"))
    context = sheet.page.context
    sheet.page.close()
    sheet.mend()
    again = SheetPage(context.new_page(), sheet.address).open()
    again.expect_saved(SOMPORN, WICHAI)
    assert amounts(table) == {SOMPORN: 250_00, WICHAI: 300_00}


def test_a_half_typed_amount_comes_back_but_is_received_only_by_a_person(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("27")
    wait_until_kept(sheet, '"pledge":"27"')
    context = sheet.page.context
    sheet.page.close()
    again = SheetPage(context.new_page(), sheet.address).open()
    expect(again.cell(SOMPORN, "pledge")).to_have_value("27")
    expect(again.page.locator("[data-filter=care] [data-count]")).to_have_text("0")  # it is the current row
    assert amounts(table) == {}
    again.keys("Escape")
    expect(again.cell(SOMPORN, "pledge")).to_have_value("300.00")
    again.keys("27", "Enter")
    again.expect_saved(SOMPORN)
    assert amounts(table) == {SOMPORN: 27_00}


def test_after_an_ended_session_the_rows_wait_for_the_next_sign_in(open_sheet, table):
    sheet = open_sheet()
    DeviceSession.objects.all().delete()
    sheet.page.context.clear_cookies()
    sheet.keys("Enter", "Enter")
    notice = sheet.page.locator("[data-notice=signed-out]")
    expect(notice).to_be_visible()
    sheet.keys("Enter")  # entering goes on
    notice.get_by_role("link").click()
    sheet.page.locator("input[name=username]").fill("somporn")
    sheet.page.locator("input[name=password]").fill(PASSWORD)
    sheet.page.locator("input[name=password]").press("Enter")
    sheet.ready().expect_saved(SOMPORN, WICHAI, ANONG)
    assert amounts(table) == {SOMPORN: 300_00, WICHAI: 300_00, ANONG: 0}


def test_a_new_sign_in_beside_the_sheet_is_enough(open_sheet, sign_in, table):
    sheet = open_sheet()
    sheet.page.context.clear_cookies()
    sheet.keys("Enter")
    notice = sheet.page.locator("[data-notice=signed-out]")
    expect(notice).to_be_visible()
    sign_in(sheet.page.context, table.village.treasurer)
    sheet.look_around()
    sheet.expect_saved(SOMPORN)
    expect(notice).to_be_hidden()


def test_an_answer_that_got_lost_is_no_conflict_with_oneself(open_sheet, table):
    sheet = open_sheet()
    lost = []

    def lose_first(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # the server has it, the browser never hears of it
        return route.abort()

    sheet.answer_rows_with(lose_first)
    sheet.keys("Enter")
    expect(sheet.state(SOMPORN)).to_contain_text("ลองใหม่ใน")
    assert amounts(table) == {SOMPORN: 300_00}
    sheet.keys("ArrowUp", "350", "Enter")
    sheet.look_around()
    sheet.expect_saved(SOMPORN)
    assert amounts(table) == {SOMPORN: 350_00}
    assert SheetRow.objects.get(meeting=table.meeting).version == 2


def test_while_the_cash_is_counted_rows_wait_and_then_go_out(open_sheet, table):
    sheet = open_sheet()
    begin_count(meeting=table.meeting, by=table.village.treasurer)
    sheet.keys("Enter")
    expect(sheet.page.locator("[data-notice=counting]")).to_be_visible()
    expect(sheet.cell(WICHAI, "pledge")).to_be_disabled()
    resume_entering(meeting=table.meeting, by=table.village.treasurer)
    sheet.look_around()
    sheet.expect_saved(SOMPORN)
    expect(sheet.cell(WICHAI, "pledge")).to_be_enabled()


def test_another_officers_unsent_rows_wait_until_somebody_takes_them(open_sheet, sign_in, table):
    sheet = open_sheet()
    sheet.cut()
    sheet.keys("250", "Enter")
    expect(sheet.state(SOMPORN)).to_contain_text("ยังไม่บันทึก")
    context = sheet.page.context
    sheet.page.close()
    sheet.mend()
    context.clear_cookies()
    sign_in(context, table.village.secretary)
    hers = SheetPage(context.new_page(), sheet.address).open()
    notice = hers.page.locator("[data-notice=others]")
    expect(notice).to_contain_text("1")
    hers.expect_pencil(SOMPORN)
    notice.get_by_role("button").click()
    hers.expect_saved(SOMPORN)
    assert SheetRow.objects.get(meeting=table.meeting).saved_by == table.village.secretary


def test_the_count_waits_until_every_row_is_saved(open_sheet, table):
    sheet = open_sheet()
    sheet.keys("ArrowRight", "1,5", "ArrowDown")
    expect(sheet.row(SOMPORN)).to_contain_class("is-wrong")
    sheet.page.locator("#count-open").click()
    dialog = sheet.page.locator("#unsent")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").click()
    sheet.go_to("1")
    sheet.keys("Escape", "Enter")
    sheet.expect_saved(SOMPORN)
    sheet.page.locator("#count-open").click()
    expect(sheet.page).to_have_url(sheet.address.replace("sheet/", "count/"))
    assert PRANI not in amounts(table)


def test_rows_that_missed_the_close_are_named_until_somebody_has_seen_them(open_sheet, table, assert_accessible):
    sheet = open_sheet()
    sheet.cut()
    sheet.keys("250", "Enter", "Enter")
    expect(sheet.state(WICHAI)).to_contain_text("ลองใหม่ใน")
    table.receive("Prani", pledge=200_00)
    table.finish()
    sheet.mend()
    notice = sheet.page.locator("[data-notice=closed]")
    expect(notice).to_be_visible()
    notice.get_by_role("link").click()
    left = sheet.page.locator("#sheet-left")
    expect(left).to_contain_text("250")
    expect(left.locator("li")).to_have_count(2)
    assert_accessible(sheet.page)
    left.get_by_role("button").click()
    expect(left).to_be_hidden()
    assert kept_in_browser(sheet) == "[]"
    # The close notes everybody else as absent; what was typed here and came too late is in nobody's line.
    assert {number: satang for number, satang in amounts(table).items() if satang} == {PRANI: 200_00}


def test_the_list_of_meetings_says_that_rows_wait(open_sheet, table):
    sheet = open_sheet()
    sheet.cut()
    sheet.keys("Enter")
    expect(sheet.state(SOMPORN)).to_contain_text("ลองใหม่ใน")
    context = sheet.page.context
    sheet.page.close()
    sheet.mend()
    page = context.new_page()
    page.goto(sheet.address.split("meetings/")[0] + "meetings/")
    expect(page.locator("#sheet-left")).to_contain_text("1 แถว")
