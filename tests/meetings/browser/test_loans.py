"""Loans on the sheet by keys alone: received as due, in part, paid off by one press, divided in the panel, offline."""

from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.loans.cast import Lending
from tests.meetings.browser.sheet_page import BOONMEE, KASEM, PRANI, SOMCHAI

pytestmark = pytest.mark.browser
SEPTEMBER_5, OCTOBER_5 = date(2026, 9, 5), date(2026, 10, 5)


@pytest.fixture
def lending(table) -> Lending:
    """Somchai owes 12,000 baht since October (1,120 a month at first), Kasem 3,000 in two loans."""
    made = Lending(table.village)
    with transaction.atomic():
        made.somchais = made.lend("Somchai", on=OCTOBER_5)
        made.older = made.lend("Kasem", 2_000_00, on=SEPTEMBER_5, guarantors=("Prani",), instalments=4)
        made.younger = made.lend("Kasem", 1_000_00, on=OCTOBER_5, guarantors=("Prani",), instalments=4)
    return made


@pytest.fixture
def sheet(lending, open_sheet):
    return open_sheet()


def saved(table, number):
    row = SheetRow.objects.get(meeting=table.meeting, member__number=number)
    return row.pledge_satang, row.loan_satang, row.loans


def test_only_who_has_a_loan_has_a_cell_for_it_and_enter_receives_what_is_due(sheet, table, lending):
    expect(sheet.row(PRANI).locator(".c-loan input")).to_have_count(0)
    expect(sheet.cell(SOMCHAI, "loan")).to_have_value("1,120.00")
    sheet.expect_pencil(SOMCHAI)
    sheet.go_to(str(SOMCHAI))
    sheet.keys("Enter")
    sheet.expect_saved(SOMCHAI)
    assert saved(table, SOMCHAI) == (500_00, 1_120_00, [[lending.somchais.pk, 1_120_00]])
    expect(sheet.total("loan")).to_have_text("1,120.00")
    expect(sheet.total("total")).to_have_text("1,620.00")
    sheet.scripts_are_quiet()


def test_a_part_is_typed_and_the_arrows_go_from_borrower_to_borrower(sheet, table):
    sheet.go_to(str(SOMCHAI))
    sheet.keys("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "300", "ArrowDown")
    assert sheet.focused() == (KASEM, "loan")
    sheet.expect_saved(SOMCHAI)
    assert saved(table, SOMCHAI)[:2] == (500_00, 300_00)
    sheet.keys("ArrowUp")
    assert sheet.focused() == (SOMCHAI, "loan")


def test_one_press_pays_the_loans_off_and_more_is_refused_at_once(sheet, table, lending):
    sheet.go_to(str(SOMCHAI))
    sheet.keys("=")
    expect(sheet.cell(SOMCHAI, "loan")).to_have_value("12,120.00")
    assert sheet.focused() == (SOMCHAI, "loan")
    sheet.keys("12120.01", "Enter")
    expect(sheet.state(SOMCHAI)).to_contain_text("12,120")
    expect(sheet.cell(SOMCHAI, "loan")).to_have_attribute("aria-invalid", "true")
    sheet.keys("=", "Enter")
    sheet.expect_saved(SOMCHAI)
    assert saved(table, SOMCHAI)[1] == 12_120_00


def test_one_sum_is_laid_oldest_due_first_and_divided_otherwise_in_the_panel(sheet, table, lending):
    sheet.go_to(str(KASEM))
    sheet.keys("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "800", "+")
    panel = sheet.page.locator("#details")
    older, younger = (panel.locator(f"#loan-{loan.pk}") for loan in (lending.older, lending.younger))
    expect(older).to_be_visible()
    before = older.input_value(), younger.input_value()
    assert before == ("800.00", "")
    older.fill("500")
    younger.fill("300")
    younger.press("Enter")
    sheet.keys("Enter")
    sheet.expect_saved(KASEM)
    assert saved(table, KASEM)[1:] == (800_00, [[lending.older.pk, 500_00], [lending.younger.pk, 300_00]])
    expect(sheet.row(KASEM).locator(".cell-note")).to_contain_text(lending.younger.number)


def test_the_panel_pays_one_loan_off_by_one_press(sheet, table, lending):
    sheet.go_to(str(KASEM))
    sheet.keys("+")
    sheet.page.locator(f"#details [data-loan='{lending.younger.pk}']").press("Enter")
    expect(sheet.page.locator(f"#loan-{lending.younger.pk}")).to_have_value("1,010.00")
    sheet.page.locator("#details [type=submit]").press("Enter")
    sheet.keys("Enter")
    sheet.expect_saved(KASEM)
    assert dict(saved(table, KASEM)[2])[lending.younger.pk] == 1_010_00


def test_all_others_paid_takes_what_is_due_of_loans_too(sheet, table, lending):
    sheet.page.locator("#rest-open").click()
    sheet.page.locator("#rest [data-act=take]").click()
    sheet.expect_saved(SOMCHAI, KASEM, BOONMEE)
    assert saved(table, SOMCHAI)[1] == 1_120_00
    assert saved(table, KASEM)[1] == (2 * 500_00 + 2 * 20_00) + (250_00 + 10_00)


def test_the_household_pays_its_loans_in_one_sum(sheet, table, lending):
    sheet.go_to(str(SOMCHAI))
    sheet.keys("+")
    sheet.page.locator("#details [data-act=household]").click()
    dialog = sheet.page.locator("#household")
    expect(dialog.locator("tbody .c-loan input")).to_have_count(2)
    dialog.locator("tbody .c-loan input").first.fill("100")
    dialog.locator("#given").fill("5000")
    dialog.locator("#given").press("Enter")
    sheet.expect_saved(SOMCHAI, KASEM)
    assert saved(table, SOMCHAI)[1] == 100_00


def test_a_loan_typed_without_a_line_is_kept_and_goes_out_later(sheet, table):
    sheet.go_to(str(SOMCHAI))
    sheet.cut()
    sheet.keys("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "400", "Enter")
    assert not SheetRow.objects.exists()
    sheet.mend()
    sheet.look_around()
    sheet.expect_saved(SOMCHAI)
    assert saved(table, SOMCHAI)[1] == 400_00


def test_a_loan_paid_elsewhere_since_asks_for_another_look_and_enter_saves_it_again(sheet, table, lending):
    sheet.go_to(str(SOMCHAI))
    sheet.keys("Enter")
    sheet.expect_saved(SOMCHAI)
    lending.repay(lending.somchais, date(2026, 11, 5), 1_000_00, 120_00)
    sheet.page.reload()
    sheet.ready()
    expect(sheet.state(SOMCHAI).locator(".state--wrong")).to_be_visible()
    expect(sheet.page.locator("[data-filter=care] [data-count]")).to_have_text("1")
    sheet.go_to(str(SOMCHAI))
    sheet.keys("Enter")
    sheet.expect_saved(SOMCHAI)
    assert SheetRow.objects.get().version == 2


def test_on_a_phone_the_open_card_has_a_button_that_pays_off_and_other_cards_say_nothing_of_loans(
    lending, open_sheet, table
):
    sheet = open_sheet(viewport={"width": 390, "height": 780}, has_touch=True)
    sheet.row(PRANI).click()
    expect(sheet.row(PRANI).locator(".c-loan")).to_be_hidden()
    sheet.row(SOMCHAI).click()
    expect(sheet.cell(SOMCHAI, "loan")).to_be_visible()
    sheet.row(SOMCHAI).locator("[data-act=settle]").click()
    expect(sheet.cell(SOMCHAI, "loan")).to_have_value("12,120.00")
    sheet.page.locator("#receive-next").click()
    sheet.expect_saved(SOMCHAI)
    assert saved(table, SOMCHAI)[1] == 12_120_00


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_sheet_panel_household_and_the_page_beside_the_meeting(
    lending, open_sheet, live_server, assert_accessible, width
):
    sheet = open_sheet(viewport={"width": width, "height": 844})
    page, row = sheet.page, sheet.row(KASEM)
    row.locator(".c-name").click()
    assert_accessible(page)
    row.locator("[data-act=details]").click()
    assert_accessible(page)
    page.locator("#details [data-act=household]").click()
    assert_accessible(page)
    address = f"{live_server.url}/g/{lending.group.code}/loans"
    for path in (f"{address}/{lending.older.pk}/repay/", f"{address}/repayments/"):
        page.goto(path)
        assert_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    sheet.scripts_are_quiet()
