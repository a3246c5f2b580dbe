"""A whole meeting by keyboard alone, and what the member reads of it afterwards on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from funds.models import Entry
from meetings.models import Meeting, SheetRow
from meetings.selectors.cash import cash_position
from tests.meetings.browser.sheet_page import KASEM, PRANI, SOMCHAI, SheetPage
from tests.meetings.evening import pieces_of
from tests.village import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.journey]
ENTERED_BY_HAND = 40


def sign_in(page, live_server, username, tab_to):
    page.goto(f"{live_server.url}/sign-in/")
    tab_to(page.locator("input[name=username]")).keyboard.type(username)
    tab_to(page.locator("input[name=password]")).keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def address(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.group.code, meeting.pk])


def press(target, tab_to, **how):
    tab_to(target, **how).keyboard.press("Enter")


def press_above_the_sheet(target, tab_to):
    target.page.keyboard.press("/")  # to the search field, which stands below the buttons
    press(target, tab_to, back=True)


def test_a_whole_meeting_by_keyboard_alone(page, phone, live_server, full_village, tab_to, watch_console):
    complaints = [watch_console(page), watch_console(phone)]
    group = full_village.group
    sign_in(page, live_server, "somporn", tab_to)

    open_the_meeting(page, group, tab_to)
    meeting = Meeting.objects.get(group=group)
    enter_everybody(page, meeting, tab_to)
    count_the_cash(page, meeting, tab_to)
    close_it(page, meeting, tab_to)
    print_it(page, meeting)
    read_it_on_a_phone(phone, live_server, full_village, tab_to)
    assert complaints == [[], []]


def open_the_meeting(page, group, tab_to):
    press(
        page.get_by_role("navigation", name="เมนูหลัก", exact=True).locator(
            f"a[href='{reverse('meetings:list', args=[group.code])}']"
        ),
        tab_to,
    )
    press(page.locator(f"main a[href='{reverse('meetings:open', args=[group.code])}']"), tab_to)
    press(page.locator("main button[type=submit]"), tab_to)
    expect(page).to_have_url(re.compile("/sheet/$"))


def enter_everybody(page, meeting, tab_to):
    sheet = SheetPage(page, page.url).ready()
    expect(page.locator("tr[data-n]")).to_have_count(160)
    sheet.keys(*["Enter"] * ENTERED_BY_HAND)
    sheet.go_to(str(PRANI))
    sheet.keys("Tab", "1,250.50", "Enter")  # special savings beside the pledge
    sheet.go_to("ไร่นา")
    assert sheet.focused() == (SOMCHAI, "pledge")
    sheet.keys("300", "Enter")  # three months at once
    sheet.go_to(str(KASEM))
    sheet.keys("0", "Enter")  # missed
    sheet.go_to("100")
    sheet.keys(" ", "Enter")  # not here
    sheet.go_to("101")
    sheet.keys("+")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("KTB-77")
    page.keyboard.press("Enter")
    sheet.keys("Enter")  # by bank transfer
    press_above_the_sheet(page.locator("#rest-open"), tab_to)
    press(page.locator("#rest [data-act=take]"), tab_to)
    expect(page.locator("#rest")).to_be_hidden()
    expect(page.locator("[data-filter=open] [data-count]")).to_have_text("0")
    expect(page.locator("#sync-unsaved")).to_be_empty()
    assert SheetRow.objects.filter(meeting=meeting).count() == 160
    expect(sheet.total("special")).to_have_text("1,250.50")


def count_the_cash(page, meeting, tab_to):
    press_above_the_sheet(page.locator("#count-open"), tab_to)
    press(page.locator(f"form[action$='{address('count-begin', meeting)}'] button"), tab_to)
    expected = cash_position(meeting).expected
    for value, pieces in pieces_of(expected).items():
        if pieces:
            tab_to(page.locator(f"tr[data-value='{value}'] input")).keyboard.type(str(pieces))
    expect(page.locator("#count [data-total]")).to_have_text(f"{expected / 100:,.2f}")
    page.keyboard.press("Enter")
    expect(page.locator(f"a[href$='{address('close', meeting)}']")).to_be_visible()


def close_it(page, meeting, tab_to):
    press(page.locator(f"a[href$='{address('close', meeting)}']"), tab_to)
    press(page.locator(f"form[action$='{address('close-ask', meeting)}'] button"), tab_to)
    press(page.locator(".cosign__ask button"), tab_to)
    dialog = page.locator("[id^=cosign-][popover]")
    tab_to(dialog.locator("input[name=username]")).keyboard.type("wichai")
    tab_to(dialog.locator("input[name=password]")).keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    press(page.locator("button[popovertarget=close]").first, tab_to)
    press(page.locator("#close button[type=submit]"), tab_to)
    expect(page).to_have_url(re.compile(rf"/meetings/{meeting.pk}/$"))
    meeting.refresh_from_db()
    assert meeting.is_closed
    assert Entry.objects.filter(group=meeting.group, kind="receipt").count() == 157  # missed, not here, honorary: none


def print_it(page, meeting):
    link = page.locator(f"a[href$='{reverse('reports:meeting-receipts', args=[meeting.group.code, meeting.pk])}']")
    answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def read_it_on_a_phone(phone, live_server, village, tab_to):
    prani = village.user("Prani")
    sign_in(phone, live_server, prani.username, tab_to)
    expect(phone.locator(".book")).to_contain_text("100.00")
    expect(phone.locator(".book")).to_contain_text("1,250.50")
    expect(phone.locator("main")).to_contain_text("1,350.50")  # tonight's receipt, with its code
    expect(phone.locator(".code30").first).to_be_visible()
    phone.wait_for_load_state()  # a page is measured with all of its style sheets
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
