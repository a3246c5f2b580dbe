"""The sheet as people have it before them: a live server, a browser, an evening on which everybody pledges."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from members.models import Household, Member, User
from savings.services import set_pledge
from tests.meetings.browser.sheet_page import SheetPage
from tests.meetings.evening import Evening
from tests.village import TestVillage

TONIGHT = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    """It is the evening of 5 November 2026, and the clock ticks."""
    with time_machine.travel(TONIGHT, tick=True):
        yield


@pytest.fixture
def table(live_server: Any, village: TestVillage) -> Evening:
    """An open meeting today; Prani and her child are one household, everyone pledges, Kasem has a month behind."""
    month = timezone.localdate().replace(day=1)
    for name, baht in {"Prani": 200, "Noi": 50, "Somchai": 500, "Boonmee": 100, "Somporn": 300, "Wichai": 300}.items():
        set_pledge(member=village.member(name), satang=baht * 100, starts_on=month, by=village.treasurer)
    before = month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)
    set_pledge(member=village.member("Kasem"), satang=300_00, starts_on=before, by=village.treasurer)
    return Evening(village, held_on=timezone.localdate())


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[BrowserContext, User], None]:
    """Sign somebody in on a browser without walking through the door."""

    def as_user(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])

    return as_user


@pytest.fixture
def open_sheet(
    live_server: Any, table: Evening, browser: Browser, browser_context_args: dict[str, Any], sign_in: Any
) -> Any:
    """Open the sheet for an officer in a browser of their own; `open_sheet()` is the treasurer's."""
    contexts: list[BrowserContext] = []

    def opened(user: User | None = None, **context_args: Any) -> SheetPage:
        context = browser.new_context(**browser_context_args | context_args)
        contexts.append(context)
        sign_in(context, user or table.village.treasurer)
        return SheetPage(context.new_page(), f"{live_server.url}{sheet_path(table)}").open()

    yield opened
    for context in contexts:
        context.close()


def sheet_path(table: Evening) -> str:
    """The address of the evening's sheet."""
    return f"/g/{table.village.group.code}/meetings/{table.meeting.pk}/sheet/"


__all__ = ["Household", "Member", "Page", "sheet_path"]
