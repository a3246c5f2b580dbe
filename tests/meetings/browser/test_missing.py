"""From the warning before the count to those who have no line yet."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.meetings.browser.sheet_page import PRANI, SOMPORN

pytestmark = pytest.mark.browser


def test_the_warning_before_the_count_leads_to_those_without_a_line(open_sheet, table):
    table.receive("Prani", pledge=200_00)
    sheet = open_sheet()
    count = reverse("meetings:count", args=[table.village.group.code, table.meeting.pk])
    sheet.page.goto(sheet.page.url.split("/g/")[0] + count)
    warning = sheet.page.locator(".alert-warning")
    expect(warning).to_contain_text("10")
    warning.get_by_role("link").click()
    sheet.ready()
    expect(sheet.row(SOMPORN)).to_be_visible()
    expect(sheet.row(PRANI)).to_be_hidden()
    expect(sheet.page.locator("[data-filter=open]")).to_have_attribute("aria-pressed", "true")
    sheet.scripts_are_quiet()
