"""Two officers at two devices: what one saves the other sees, and neither overwrites the other silently."""

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.meetings.browser.sheet_page import ANONG, SOMCHAI, SOMPORN, WICHAI

pytestmark = pytest.mark.browser


def saved(table, number) -> SheetRow:
    return SheetRow.objects.get(meeting=table.meeting, member__number=number)


@pytest.fixture
def two(open_sheet, table):
    """The treasurer's sheet and the secretary's."""
    return open_sheet(), open_sheet(table.village.secretary)


def test_each_sees_what_the_other_saved(two):
    hers, his = two
    hers.keys("Enter")
    hers.expect_saved(SOMPORN)
    his.look_around()
    his.expect_saved(SOMPORN)
    expect(his.total("pledge")).to_have_text("300.00")


def test_both_change_one_row_and_a_person_compares(two, table):
    hers, his = two
    his.keys("150", "Enter")
    his.expect_saved(SOMPORN)
    hers.keys("280", "Enter")
    expect(hers.state(SOMPORN)).to_contain_text("มีผู้อื่นแก้พร้อมกัน")
    assert saved(table, SOMPORN).pledge_satang == 150_00
    hers.state(SOMPORN).get_by_role("button").click()
    dialog = hers.page.locator("#compare")
    expect(dialog).to_contain_text("280.00")
    expect(dialog).to_contain_text("150.00")
    expect(dialog).to_contain_text("มาลี")
    dialog.locator("[data-act=mine]").click()
    hers.expect_saved(SOMPORN)
    assert saved(table, SOMPORN).pledge_satang == 280_00
    assert saved(table, SOMPORN).saved_by == table.village.treasurer


def test_the_other_ones_amounts_can_be_kept(two, table):
    hers, his = two
    his.keys("150", "Enter")
    his.expect_saved(SOMPORN)
    hers.keys("280", "Enter")
    hers.state(SOMPORN).get_by_role("button").click()
    hers.page.locator("#compare [data-act=theirs]").click()
    expect(hers.cell(SOMPORN, "pledge")).to_have_value("150.00")
    hers.expect_saved(SOMPORN)
    assert saved(table, SOMPORN).version == 1


def test_the_same_content_from_both_is_no_conflict(two, table):
    hers, his = two
    his.keys("Enter")
    his.expect_saved(SOMPORN)
    hers.keys("Enter")
    hers.expect_saved(SOMPORN)
    hers.keys("ArrowUp", "310", "Enter")  # and her next change knows the version
    hers.expect_saved(SOMPORN)
    assert saved(table, SOMPORN).pledge_satang == 310_00


def test_news_does_not_touch_a_cell_that_is_being_typed(two, table):
    hers, his = two
    hers.keys("99")
    his.keys("150", "Enter", "Enter")
    his.expect_saved(SOMPORN, WICHAI)
    hers.look_around()
    hers.expect_saved(WICHAI)
    expect(hers.cell(SOMPORN, "pledge")).to_have_value("99")
    hers.keys("Enter")
    expect(hers.state(SOMPORN)).to_contain_text("มีผู้อื่นแก้พร้อมกัน")
    assert saved(table, SOMPORN).pledge_satang == 150_00
    assert hers.focused() == (WICHAI, "pledge")
    expect(hers.row(ANONG)).to_contain_class("is-expected")


def test_a_sweep_meets_rows_that_the_other_one_took(two, table):
    hers, his = two
    his.go_to("6")
    his.keys("400", "Enter")
    his.expect_saved(SOMCHAI)
    hers.page.locator("#rest-open").click()
    hers.page.locator("#rest [data-act=take]").click()
    hers.expect_saved(SOMPORN, WICHAI)
    assert saved(table, SOMCHAI).pledge_satang == 400_00
    hers.look_around()
    expect(hers.cell(SOMCHAI, "pledge")).to_have_value("400.00")
