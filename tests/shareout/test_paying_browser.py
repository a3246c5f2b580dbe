"""The sheet of payments in a browser: one press a member, live total, a line that breaks, no script at all."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from shareout.models import SharePayment
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.browser
SLOW = 20_000


@pytest.fixture
def sharing(live_server: Any, village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=True):
        found = Sharing(village)
        found.posted()
        yield found


def open_as_treasurer(sharing: Sharing, page: Page, live_server: Any) -> None:
    client = Client()
    client.force_login(sharing.village.treasurer)
    page.context.add_cookies([
        {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url},
        {"name": "django_language", "value": "en", "url": live_server.url},
    ])  # fmt: skip
    page.goto(live_server.url + reverse("shareout:unpaid", args=[sharing.group.code]))


def row(sharing: Sharing, page: Page, name: str) -> Any:
    return page.locator(f"#m{sharing[name].pk}")


def test_a_double_click_asks_once_and_the_total_follows(sharing, page, live_server, watch_console, assert_accessible):
    errors = watch_console(page)
    open_as_treasurer(sharing, page, live_server)
    expect(page.locator("[data-total]")).to_contain_text("600.00", timeout=SLOW)
    row(sharing, page, "Prani").locator("button[name=pay]").dblclick()
    expect(row(sharing, page, "Prani").locator("button[name=back]")).to_be_visible(timeout=SLOW)
    expect(page.locator("[data-total]")).to_contain_text("266.67")
    expect(page.locator("#pay-waiting")).to_contain_text("333.33")
    assert SharePayment.objects.count() == 1
    assert_accessible(page)
    row(sharing, page, "Prani").locator("button[name=back]").click()
    expect(row(sharing, page, "Prani").locator("button[name=pay]")).to_be_visible(timeout=SLOW)
    expect(page.locator("[data-total]")).to_contain_text("600.00")
    expect(page.locator("#pay-waiting")).to_be_empty()
    assert errors == []


def test_arrows_walk_and_a_name_is_found(sharing, page, live_server):
    open_as_treasurer(sharing, page, live_server)
    page.locator("#pay-jump").press_sequentially("เกษม")
    page.keyboard.press("Enter")
    expect(row(sharing, page, "Kasem").locator("button[name=pay]")).to_be_focused(timeout=SLOW)
    page.keyboard.press("ArrowUp")
    expect(row(sharing, page, "Somchai").locator("button[name=pay]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(row(sharing, page, "Kasem").locator("button[name=back]")).to_be_visible(timeout=SLOW)
    assert SharePayment.objects.get().member == sharing["Kasem"]


def test_a_broken_line_is_said_and_the_same_press_again_asks_once(sharing, page, live_server):
    open_as_treasurer(sharing, page, live_server)
    page.context.set_offline(True)
    row(sharing, page, "Prani").locator("button[name=pay]").click()
    expect(page.locator("#pay-said")).to_contain_text("Press again", timeout=SLOW)
    assert not SharePayment.objects.exists()
    page.context.set_offline(False)
    row(sharing, page, "Prani").locator("button[name=pay]").click()
    expect(row(sharing, page, "Prani").locator("button[name=back]")).to_be_visible(timeout=SLOW)
    assert SharePayment.objects.count() == 1


def test_what_another_officer_asked_for_meanwhile_is_said_in_the_row(sharing, page, live_server):
    open_as_treasurer(sharing, page, live_server)
    sharing.ask("Prani", by=sharing.village.secretary)
    row(sharing, page, "Prani").locator("button[name=pay]").click()
    expect(row(sharing, page, "Prani").get_by_role("alert")).to_be_visible(timeout=SLOW)
    expect(row(sharing, page, "Prani")).to_contain_text(sharing.village.secretary.display_name)
    assert SharePayment.objects.count() == 1


def test_without_a_script_the_buttons_do_the_same_and_enter_presses_no_member(sharing, browser: Browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_as_treasurer(sharing, page, live_server)
    row(sharing, page, "Kasem").locator("button[name=pay]").click()
    page.wait_for_load_state()
    assert [each.member for each in SharePayment.objects.all()] == [sharing["Kasem"]]
    page.locator("main details summary").click()
    page.locator("#id_way").select_option("transfer")
    page.locator("#id_slip_ref").press_sequentially("S-1")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert SharePayment.objects.count() == 1, "nobody was ticked, and Enter is no press on the first member"
    context.close()
