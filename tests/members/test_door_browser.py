"""The door and the second signature in a browser: first the slip, then two officers at two devices."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from members.models import ActivationSlip
from membership.slip_papers import slip_url
from membership.slips import issue_slips
from tests.village import PASSWORD, TestVillage

pytestmark = pytest.mark.browser


def _sign_in(page: Page, live_server: Any, username: str) -> Page:
    page.goto(f"{live_server.url}{reverse('members:sign-in')}")
    page.get_by_label("เลขที่สมาชิกหรือชื่อผู้ใช้").fill(username)
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url(lambda url: reverse("members:sign-in") not in url)
    return page


def test_a_member_sets_a_password_on_the_phone(
    live_server: Any,
    village: TestVillage,
    phone: Page,
    watch_console: Callable[[Page], list[str]],
    assert_accessible: Callable[[Page], None],
) -> None:
    issued = issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0]
    errors = watch_console(phone)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(slip_url(issued.code).replace(settings.PUBLIC_URL, live_server.url))
    expect(phone.get_by_label("รหัสในใบ 8 ตัว")).to_have_value(issued.code)
    assert issued.code not in phone.url
    assert_accessible(phone)
    phone.get_by_role("button", name="ต่อไป").click()
    phone.get_by_label("วันเกิดของท่าน").fill("๒/๗/๒๕๑๓")
    phone.get_by_label("รหัสผ่านใหม่").fill("three-easy-words")
    phone.get_by_label("พิมพ์รหัสผ่านอีกครั้ง").fill("three-easy-words")
    assert_accessible(phone)
    phone.get_by_role("button", name="ตั้งรหัสผ่านและเข้าสู่ระบบ").click()
    expect(phone.get_by_role("heading", name="ตั้งรหัสผ่านแล้ว")).to_be_visible()
    phone.get_by_role("link", name="ไปต่อ").click()
    phone.wait_for_url(f"**{reverse('window:home', args=[village.group.code])}")
    assert errors == []
    assert not [url for url in asked if issued.code in url]


def test_without_scripts_the_code_is_typed_from_the_slip(
    live_server: Any, village: TestVillage, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    issued = issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0]
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(slip_url(issued.code).replace(settings.PUBLIC_URL, live_server.url))
    page.get_by_label("รหัสในใบ 8 ตัว").fill(issued.printed_code.lower())
    page.get_by_role("button", name="ต่อไป").click()
    expect(page.get_by_label("วันเกิดของท่าน")).to_be_visible()
    context.close()


def test_a_second_slip_read_on_the_open_page_takes_the_place_of_the_first(live_server: Any, phone: Page) -> None:
    page = f"{live_server.url}{reverse('members:activate')}"
    phone.goto(f"{page}#code=ABCDEFGH")
    phone.goto(f"{page}#code=KT7M4QPX")
    expect(phone.get_by_label("รหัสในใบ 8 ตัว")).to_have_value("KT7M4QPX")
    phone.goto(f"{page}#code=%3Cb%3E")
    expect(phone.get_by_label("รหัสในใบ 8 ตัว")).to_have_value("KT7M4QPX")


def test_the_second_officer_signs_in_the_dialog_of_the_first_ones_page(
    live_server: Any, village: TestVillage, page: Page, watch_console: Callable[[Page], list[str]]
) -> None:
    errors = watch_console(page)
    _sign_in(page, live_server, "malee")
    number = village.member("Boonmee").number
    page.goto(f"{live_server.url}{reverse('membership:member-slip', args=[village.group.code, number])}")
    page.get_by_role("button", name="ขอให้กรรมการคนที่สองลงนาม").click()
    page.get_by_role("button", name="กรรมการคนที่สองลงนามที่นี่").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(village.member("Boonmee").full_name)
    dialog.get_by_label("ชื่อผู้ใช้หรือเลขที่สมาชิกของกรรมการคนที่สอง").fill("wichai")
    dialog.get_by_label("รหัสผ่าน หรือตัวเลข 6 หลักจากโทรศัพท์").fill(PASSWORD)
    dialog.get_by_role("button", name="ลงนาม").click()
    page.get_by_role("button", name="ออกใบตั้งรหัสผ่านและพิมพ์").click()
    expect(page.get_by_role("link", name="เปิดแผ่นสำหรับพิมพ์")).to_be_visible()
    assert ActivationSlip.objects.get().cosigned_by == village.auditor
    assert errors == []


def test_the_first_ones_page_goes_on_by_itself_when_the_phone_has_signed(
    live_server: Any, village: TestVillage, page: Page, phone: Page
) -> None:
    _sign_in(page, live_server, "malee")
    number = village.member("Boonmee").number
    page.goto(f"{live_server.url}{reverse('membership:member-slip', args=[village.group.code, number])}")
    page.get_by_role("button", name="ขอให้กรรมการคนที่สองลงนาม").click()
    _sign_in(phone, live_server, "wichai")
    phone.goto(f"{live_server.url}{reverse('members:cosign-list')}")
    phone.get_by_role("link", name="อ่านและลงนาม").click()
    phone.get_by_role("button", name="ลงนาม").click()
    expect(page.get_by_role("button", name="ออกใบตั้งรหัสผ่านและพิมพ์")).to_be_visible(timeout=15_000)


def test_signing_works_without_javascript(
    live_server: Any, village: TestVillage, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = _sign_in(context.new_page(), live_server, "malee")
    number = village.member("Boonmee").number
    page.goto(f"{live_server.url}{reverse('membership:member-slip', args=[village.group.code, number])}")
    page.get_by_role("button", name="ขอให้กรรมการคนที่สองลงนาม").click()
    page.get_by_role("link", name="เปิดหน้าลงนาม").click()
    page.get_by_label("ชื่อผู้ใช้หรือเลขที่สมาชิกของกรรมการคนที่สอง").fill("wichai")
    page.get_by_label("รหัสผ่าน หรือตัวเลข 6 หลักจากโทรศัพท์").fill(PASSWORD)
    page.get_by_role("button", name="ลงนาม").click()
    page.get_by_role("button", name="ออกใบตั้งรหัสผ่านและพิมพ์").click()
    expect(page.get_by_role("link", name="เปิดแผ่นสำหรับพิมพ์")).to_be_visible()
    context.close()
