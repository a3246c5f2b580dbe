"""Whole evenings in the browser: a village of 160, and keys only."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Locator, Page

from savings.services import set_pledge
from tests.village import TestVillage

MEMBERS = 160
TABS_MOST = 60


TONIGHT = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    """It is the evening of 5 November 2026, and the clock ticks."""
    with time_machine.travel(TONIGHT, tick=True):
        yield


@pytest.fixture
def full_village(live_server: Any, village: TestVillage) -> TestVillage:
    """160 members, each of whom pledges 100 baht a month from this month on."""
    on_sheet = [member for member in village.members.values() if member.status == "active"]
    everybody = on_sheet + village.add_members(MEMBERS - len(on_sheet))
    month = timezone.localdate().replace(day=1)
    for member in everybody:
        if member.kind != "honorary":
            set_pledge(member=member, satang=100_00, starts_on=month, by=village.treasurer)
    return village


@pytest.fixture
def tab_to() -> Callable[..., Page]:
    """Walk with Tab until an element has the cursor, as somebody without a mouse does."""

    def walk(target: Locator, *, back: bool = False) -> Page:
        page = target.page
        target.wait_for(state="visible")
        for _step in range(TABS_MOST):
            if target.evaluate("element => element === document.activeElement"):
                return page
            page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{TABS_MOST} times Tab and not there: {target}")

    return walk
