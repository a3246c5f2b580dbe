"""A new member's fees stand in pencil, and come with Enter and with "all others"."""

from typing import Any

import pytest
from playwright.sync_api import expect

from meetings.models import SheetRow
from members.models import Member
from tests.meetings.browser.sheet_page import KASEM

pytestmark = pytest.mark.browser


@pytest.fixture
def welcomed(open_sheet: Any, table: Any) -> Any:
    """Kasem was admitted on the evening's own day."""
    member = Member.objects.get(group=table.village.group, number=KASEM)
    Member.objects.filter(pk=member.pk).update(admitted_on=table.meeting.held_on)
    return open_sheet()


def saved_fee(table: Any) -> int:
    return SheetRow.objects.get(meeting=table.meeting, member__number=KASEM).fee_satang


def test_enter_receives_the_fees_with_what_is_due(welcomed: Any, table: Any) -> None:
    expect(welcomed.cell(KASEM, "fee")).to_have_value("30.00")
    welcomed.go_to(str(KASEM))
    welcomed.keys("Enter")
    welcomed.expect_saved(KASEM)
    assert saved_fee(table) == 30_00
    welcomed.scripts_are_quiet()


def test_all_others_paid_takes_the_fees(welcomed: Any, table: Any) -> None:
    welcomed.page.locator("#rest-open").click()
    welcomed.page.locator("#rest [data-act=take]").click()
    welcomed.expect_saved(KASEM)
    assert saved_fee(table) == 30_00
    rows = SheetRow.objects.filter(meeting=table.meeting)
    total = sum(row.total_satang for row in rows)
    expect(welcomed.total("total")).to_have_text(f"{total // 100:,}.00")
