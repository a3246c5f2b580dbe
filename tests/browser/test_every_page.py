"""Every page of the program before somebody who may read it: axe finds nothing at both widths, no script complains,
the content policy is broken nowhere, nothing is wider than the screen. Both languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page

from members.models import User
from tests.rights import samples as world
from tests.rights.table import Address, addresses, routes
from tests.village import TestVillage

pytestmark = pytest.mark.browser
WIDTHS = {1280: 800, 390: 844}
SEEN_BY_AXE = "th"
PIECES = {"window:loan-limits", "shareout:try-figures"}  # what a script puts into a page; looked at in its page


@pytest.fixture
def values(live_server: Any, village: TestVillage) -> dict[str, Any]:
    """An evening open, another closed, something of everything."""
    return world.samples(world.own_table(village))


@pytest.fixture
def readers(village: TestVillage) -> list[tuple[str, User | None]]:
    """Who reads a page, by the words of docs/RIGHTS.md; the first who may does."""
    return [
        ("treasurer", village.treasurer),
        ("secretary", village.secretary),
        ("chair", village.chair),
        ("audit", village.auditor),
        ("member", village.user("Prani")),
        ("own", village.user("Prani")),
        ("district", village.district_officer),
        ("administrator", village.administrator),
        ("founder", village.administrator),
        ("signed-in", village.treasurer),
        ("anyone", None),
    ]


@pytest.fixture
def page_of(live_server: Any, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """A page in somebody's own browser, kept for the whole walk."""
    pages: dict[tuple[str, str], Page] = {}

    def find(user: User | None, language: str) -> Page:
        key = (user.username if user else "", language)
        if key not in pages:
            context = browser.new_context(**browser_context_args, service_workers="block")
            cookies = {"django_language": language}
            if user:
                client = Client()
                client.force_login(user)
                cookies["sessionid"] = client.cookies["sessionid"].value
            context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
            if language == SEEN_BY_AXE:
                context.add_init_script(AXE_SCRIPT)  # handed over once, not with each page
            pages[key] = context.new_page()
        return pages[key]

    yield find
    for page in pages.values():
        page.context.close()


def path_of(name: str, values: dict[str, Any]) -> str:
    wanted = world.values_for(name, values)
    kwargs = {parameter: wanted[parameter] for parameter in routes()[name]}
    return reverse(name, kwargs=kwargs) + world.QUERY.get(name, "")


def reader_of(address: Address, readers: list[tuple[str, User | None]]) -> User | None:
    assert address.get is not None
    return next(user for word, user in readers if word in address.get)


def is_shown(page: Page, url: str) -> bool:
    """Go there, and say whether it is a page for people: not a paper, a file, a script or data."""
    if url.endswith((".pdf", ".js")):
        return False
    try:
        answer = page.goto(url)
    except Error:  # a browser shows no file and no empty answer
        answer = None
    if answer is None:
        file = page.request.get(url)
        assert file.status == 204 or "attachment" in file.headers["content-disposition"], f"{file.status} {url}"
        return False
    assert answer.status == 200, f"{answer.status} {url}"
    return answer.headers["content-type"].startswith("text/html")


def walk(language, readers, values, page_of, live_server, watch_console) -> Iterator[tuple[Page, list[str]]]:
    watched: dict[Page, list[str]] = {}
    for name, address in addresses().items():
        if address.get is None or name in PIECES:
            continue
        page = page_of(reader_of(address, readers), language)
        url = live_server.url + path_of(name, values)
        errors = watched[page] if page in watched else watched.setdefault(page, watch_console(page))
        errors.clear()
        if is_shown(page, url):
            yield page, errors


def wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(readers, values, page_of, live_server, watch_console, assert_accessible):
    seen, wrong = 0, []
    for page, errors in walk(SEEN_BY_AXE, readers, values, page_of, live_server, watch_console):
        seen += 1
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            try:
                assert_accessible(page)
            except AssertionError as error:
                wrong.append(f"{width}: {error}")
            if wider_than_the_screen(page):
                wrong.append(f"{width}: {page.url} is wider than the screen")
        wrong += [f"{page.url}: {error}" for error in errors]
    assert wrong == []
    assert seen > 40


def test_every_page_speaks_english_without_a_complaint(readers, values, page_of, live_server, watch_console):
    wrong = []
    for page, errors in walk("en", readers, values, page_of, live_server, watch_console):
        page.set_viewport_size({"width": 390, "height": 844})
        if page.locator("html").get_attribute("lang") != "en":
            wrong.append(f"{page.url} does not speak English")
        if wider_than_the_screen(page):
            wrong.append(f"{page.url} is wider than the screen")
        wrong += [f"{page.url}: {error}" for error in errors]
    assert wrong == []
