"""Home, books, window and district before the eyes: accessible, within the screen, light, no complaint."""

import gzip
from typing import Any

import brotli
import pytest
from playwright.sync_api import Page

from members.models import User
from tests.meetings.evening import Evening

pytestmark = pytest.mark.browser

GROUP = "/g/nong-ruang-khao/"
OFFICER = [
    "",
    "owing/",
    "books/",
    "books/accounts/O2100/",
    "books/accounts/O1100/",
    "books/entries/",
    "books/entries/1/",
]
PAGES = [
    *[("treasurer", GROUP + path) for path in OFFICER],
    *[("member", f"{GROUP}me/{path}") for path in ("", "passbook/", "receipts/")],
    *[("district", f"/d/9901/{path}") for path in ("", "nong-ruang-khao/", "don-sai-ngam/")],
    ("member", "/nowhere/"),
]
FIRST_VISIT = 150_000
PACKED = ("css", "svg", "javascript")


def person(evening: Evening, who: str) -> User:
    village = evening.village
    people = {"treasurer": village.treasurer, "member": village.user("Prani"), "district": village.district_officer}
    return people[who]


@pytest.mark.parametrize(("who", "path"), PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_accessible_and_stays_within_the_screen(
    live_server: Any,
    evening_behind: Evening,
    page: Page,
    sign_in: Any,
    assert_accessible: Any,
    watch_console: Any,
    who: str,
    path: str,
    width: int,
) -> None:
    sign_in(page.context, person(evening_behind, who))
    complaints = watch_console(page)
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(live_server.url + path)
    assert answer is not None
    page.evaluate("document.fonts.ready.then(() => null)")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("html").get_attribute("lang") == "th"
    assert [line for line in complaints if answer.status == 200 or "404" not in line] == []


def test_the_first_visit_of_a_page_weighs_at_most_150_kilobytes(
    live_server: Any, evening_behind: Evening, browser: Any, sign_in: Any
) -> None:
    for who, path in [("treasurer", GROUP), ("member", f"{GROUP}me/"), ("district", "/d/9901/")]:
        context = browser.new_context()
        sign_in(context, person(evening_behind, who))
        weights: dict[str, int] = {}

        def weigh(answer: Any, weights: dict[str, int] = weights) -> None:
            kind = answer.headers.get("content-type", "")
            body = answer.body()
            packed = brotli.compress(body) if any(word in kind for word in PACKED) else body
            weights[answer.url] = len(gzip.compress(body)) if "html" in kind else len(packed)

        fresh = context.new_page()
        fresh.on("response", weigh)
        fresh.goto(live_server.url + path)
        fresh.wait_for_load_state("networkidle")
        assert all(url.startswith(live_server.url) for url in weights)
        assert sum(weights.values()) <= FIRST_VISIT, weights
        context.close()


def test_the_bar_opens_by_key_and_says_where_one_is(
    live_server: Any, evening_behind: Evening, page: Page, sign_in: Any
) -> None:
    sign_in(page.context, evening_behind.village.treasurer, "en")
    page.goto(live_server.url + GROUP)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert page.locator(".appbar__nav a[aria-current=page]").inner_text() == "Home"


def test_the_language_is_changed_from_any_page_and_leads_back_to_it(
    live_server: Any, evening_behind: Evening, page: Page, sign_in: Any
) -> None:
    sign_in(page.context, evening_behind.village.treasurer)
    page.goto(f"{live_server.url}{GROUP}books/entries/?kind=receipt")
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state("networkidle")
    assert page.url == f"{live_server.url}{GROUP}books/entries/?kind=receipt"
    assert page.locator("h1").inner_text() == "Journal"


def test_a_phone_has_its_places_under_the_thumb(
    live_server: Any, evening_behind: Evening, phone: Page, sign_in: Any
) -> None:
    sign_in(phone.context, evening_behind.village.user("Prani"), "en")
    phone.goto(f"{live_server.url}{GROUP}me/")
    bar = phone.locator(".tabbar")
    assert bar.is_visible()
    for place in bar.locator("a").all():
        box = place.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    bar.get_by_text("Passbook").click()
    assert phone.locator("h1").inner_text().startswith("Passbook of the year")
