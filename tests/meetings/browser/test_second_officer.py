"""The second officer on the pages of the meeting day: on the own phone, or at the first one's laptop by keyboard."""

import pyotp
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting, PaymentLine
from meetings.services.closing import request_close
from members.door import keep_totp_secret, new_totp_secret
from tests.village import PASSWORD

pytestmark = pytest.mark.browser
SIGN_HERE = "กรรมการคนที่สองลงนามที่นี่"


@pytest.fixture
def address(live_server, table):
    """The address of a page of the meeting."""

    def of(name):
        return live_server.url + reverse(f"meetings:{name}", args=[table.village.group.code, table.meeting.pk])

    return of


@pytest.fixture
def laptop(page, table, sign_in):
    """The treasurer's."""
    sign_in(page.context, table.village.treasurer)
    return page


def expense(table):
    return table.ask_payment(kind="expense", satang=25_00, code="O5100", payee="ร้านค้า", memo="สมุดบัญชี")


@pytest.fixture
def rich(table):
    """Enough came in for an expense."""
    table.receive("Prani", pledge=200_00)
    return table


def press_until(page, locator):
    """Walk with Tab as far as a control."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if locator.evaluate("control => control === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def sign_on_phone(phone, live_server, sign_in, officer):
    sign_in(phone.context, officer)
    phone.goto(live_server.url + reverse("members:cosign-list"))
    phone.get_by_role("link", name="อ่านและลงนาม").click()
    phone.get_by_role("button", name="ลงนาม").click()


def test_the_close_page_goes_on_when_the_auditor_signed_on_the_phone(
    laptop, phone, live_server, rich, address, sign_in
):
    rich.count()
    request_close(meeting=rich.meeting, by=rich.village.treasurer)
    laptop.goto(address("close"))
    sign_on_phone(phone, live_server, sign_in, rich.village.auditor)
    confirm = laptop.get_by_role("button", name="ยืนยันและปิดประชุม")
    expect(confirm).to_be_visible(timeout=20_000)
    confirm.click()
    laptop.get_by_role("dialog").get_by_role("button", name="ปิดประชุม").last.click()
    laptop.wait_for_url(lambda url: "/close/" not in url)
    assert Meeting.objects.get().is_closed


def test_the_payments_page_goes_on_when_the_phone_has_signed(laptop, phone, live_server, rich, address, sign_in):
    expense(rich)
    laptop.goto(address("payments"))
    sign_on_phone(phone, live_server, sign_in, rich.village.auditor)
    approve = laptop.get_by_role("button", name="อนุมัติรายการจ่าย")
    expect(approve).to_be_visible(timeout=20_000)
    approve.click()
    expect(approve).to_have_count(0)
    assert PaymentLine.objects.get().cosigned_by == rich.village.auditor


@pytest.mark.parametrize("proof", ["password", "code"])
def test_at_the_laptop_the_keyboard_alone_signs(laptop, rich, address, proof):
    secret, auditor = new_totp_secret(), rich.village.auditor
    keep_totp_secret(user=auditor, secret=secret)
    expense(rich)
    laptop.goto(address("payments"))
    button = laptop.get_by_role("button", name=SIGN_HERE)
    press_until(laptop, button)
    laptop.keyboard.press("Enter")
    dialog = laptop.get_by_role("dialog")
    expect(dialog).to_be_visible()
    laptop.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    laptop.keyboard.press("Enter")
    press_until(laptop, dialog.get_by_role("textbox").first)
    laptop.keyboard.type("wichai")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type(PASSWORD if proof == "password" else pyotp.TOTP(secret).at(timezone.now()))
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("button", name="อนุมัติรายการจ่าย")).to_be_visible()
    assert PaymentLine.objects.select_related("signature").get().signature.signed_by == auditor


def test_on_a_low_screen_a_long_content_scrolls_inside_the_dialog(laptop, rich, address):
    rich.ask_payment(kind="expense", satang=25_00, code="O5100", payee="ร้านค้า " * 14, memo="สมุดบัญชี " * 19)
    laptop.set_viewport_size({"width": 390, "height": 700})
    laptop.goto(address("payments"))
    laptop.get_by_role("button", name=SIGN_HERE).click()
    dialog = laptop.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="ลงนาม")).to_be_in_viewport(ratio=1)
    box = dialog.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 700
    dialog.get_by_role("textbox").last.focus()
    expect(dialog.get_by_role("textbox").last).to_be_in_viewport()
