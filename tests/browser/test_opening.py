"""Balances from paper in a real browser: axe finds nothing, nothing is too wide, what is left over is live."""

from uuid import UUID

import pytest
from django.urls import reverse

from tests.intake.opening.conftest import fill, typed, url
from tests.intake.test_pages import EmptyGroup

pytestmark = pytest.mark.browser


def test_the_pages_of_opening_balances_are_accessible_and_what_is_left_over_is_live(
    live_server, browser, browser_context_args, village, assert_accessible
):
    empty = EmptyGroup(village)
    fill(empty)
    row = UUID(
        typed(empty, "members", {"number": "3", "first": "สมหมาย", "savings": "12,0x"}).tables["members"][-1]["id"]
    )
    client = empty.client(empty.treasurer)
    context = browser.new_context(**browser_context_args, service_workers="block")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    start = reverse("funds:start", args=[empty.group.code])
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for path in (start, url("", empty.group), url("-shown", empty.group), url("-row", empty.group, "members", row)):
            page.goto(live_server.url + path)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("[data-left]").text_content() == "1,249.00"
    page.fill("[name=savings]", "๑,๐๐๐.50")
    assert page.locator("[data-left]").text_content() == "248.50"
    page.fill("[name=savings]", "2000")
    assert page.locator("[data-left]").text_content() == "-751.00"
    assert complaints == []
    context.close()
