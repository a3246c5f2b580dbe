"""Trying a share-out in a browser: percentages moved by keys alone, and everything else follows."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from shareout.models import ShareOutPolicy
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.browser


@pytest.fixture
def sharing(live_server: Any, village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=True):
        yield Sharing(village)


def open_as(sharing: Sharing, page: Page, live_server: Any, language: str = "en") -> None:
    client = Client()
    client.force_login(sharing.village.treasurer)
    page.context.add_cookies([
        {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url},
        {"name": "django_language", "value": language, "url": live_server.url},
    ])  # fmt: skip
    page.goto(live_server.url + reverse("shareout:try", args=[sharing.group.code, 2569]))


def tab_to(page: Page, target: Locator) -> None:
    """Walk with Tab, as somebody without a mouse does."""
    target.wait_for(state="visible")
    for _step in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"80 times Tab and not there: {target}")


def money(page: Page, head: str) -> Locator:
    return page.locator(f'[data-live="money_share_{head}"]')


def prani(page: Page) -> Locator:
    return page.locator('[data-live="members"] tr', has=page.locator('a[href$="/people/5/"]'))


def test_moving_a_percentage_by_keys_changes_heads_members_and_the_sentence(
    sharing, page, live_server, watch_console, assert_accessible
):
    errors = watch_console(page)
    open_as(sharing, page, live_server)
    expect(money(page, "dividend")).to_contain_text("500.00")
    expect(prani(page)).to_contain_text("333.33")
    slide = page.get_by_label("Move the percentage: Dividend")
    tab_to(page, slide)
    for _step in range(10):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Dividend", exact=True)).to_have_value("40")
    expect(page.locator('[data-live="sum"]')).to_contain_text("10% are missing: together 90%")
    expect(money(page, "dividend")).to_contain_text("400.00")
    expect(prani(page)).to_have_count(0)
    fill = page.get_by_role("button", name="Let the reserve be 25%")
    tab_to(page, fill)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reserve", exact=True)).to_have_value("25")
    expect(page.locator('[data-live="sum"]')).to_contain_text("Together 100%")
    expect(prani(page)).to_contain_text("266.67")
    assert_accessible(page)
    assert errors == []
    name = page.get_by_label("Name of this way to divide")
    tab_to(page, name)
    page.keyboard.type("Way A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Way A", level=1)).to_be_visible()
    row = ShareOutPolicy.objects.get()
    assert {head: points for head, points, _name in row.heads}["reserve"] == 25_00


def test_what_is_typed_wrong_is_said_beside_it_and_stays(sharing, phone, live_server, watch_console, assert_accessible):
    errors = watch_console(phone)
    open_as(sharing, phone, live_server)
    field = phone.get_by_label("Welfare", exact=True)
    field.fill("12,5")
    expect(phone.locator('[data-live="note_share_welfare"]')).to_contain_text("Cannot read “12,5”")
    expect(field).to_have_value("12,5")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("๕")
    expect(prani(phone)).to_contain_text("333.33")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert_accessible(phone)
    assert not phone.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert errors == []


def test_an_answer_that_was_overtaken_is_dropped(sharing, page, live_server):
    """The first question is held back until the second is answered: the page shows the second."""
    held = []
    open_as(sharing, page, live_server)

    def hold(route):
        if "share_dividend=40" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/figures/**", hold)
    field = page.get_by_label("Dividend", exact=True)
    field.fill("40")
    page.wait_for_timeout(500)
    field.fill("50")
    expect(money(page, "dividend")).to_contain_text("500.00")
    assert len(held) == 1
    held[0].abort()
    expect(prani(page)).to_contain_text("333.33")


def test_without_a_script_the_button_does_the_same(sharing, browser, browser_context_args, live_server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    open_as(sharing, page, live_server)
    page.get_by_label("Dividend", exact=True).fill("40")
    page.get_by_label("Reserve", exact=True).fill("25")
    page.get_by_role("button", name="Reckon anew").last.click()
    expect(prani(page)).to_contain_text("266.67")
    expect(page.get_by_label("Dividend", exact=True)).to_have_value("40")
    context.close()
