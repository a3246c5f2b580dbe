"""Nothing is wider than the phone while a style sheet or our letters are still on their way."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from members.models import User
from tests.village import TestVillage

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone_of(live_server: Any, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Somebody's phone, signed in, to which the files of a pattern do not come."""
    contexts = []

    def find(user: User, missing: str = "") -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(**browser_context_args | {"viewport": PHONE, "has_touch": True})
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        if missing:
            context.route(missing, lambda route: route.abort())
        return context.new_page()

    yield find
    for context in contexts:
        context.close()


def homes(village: TestVillage) -> list[tuple[User, str]]:
    """The home page of a member and of an officer."""
    code = village.group.code
    return [
        (village.user("Prani"), reverse("window:home", args=[code])),
        (village.treasurer, reverse("reports:home", args=[code])),
    ]


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("missing", ["**/tokens.css", "**/base.css", "**/*.woff2"])
def test_what_has_not_come_yet_makes_no_page_wider_than_the_phone(missing, village, live_server, phone_of):
    for user, path in homes(village):
        page = phone_of(user, missing)
        page.goto(live_server.url + path)
        assert (path, width_of(page)) == (path, PHONE["width"])
