"""An evening that was closed, on the day after it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from members.models import User
from tests.kept import upon
from tests.meetings.evening import Evening, evening_with_pledges
from tests.village import TestVillage

DAY_AFTER = "2026-11-06 10:00+07:00"


@pytest.fixture
def _on_the_day_after() -> Iterator[None]:
    with time_machine.travel(DAY_AFTER, tick=False):
        yield


@pytest.fixture
def evening(_on_the_day_after: None, village: TestVillage) -> Evening:
    """The meeting of 5 November 2026, open; Prani, Somchai, Kasem and Boonmee have pledged."""
    return evening_with_pledges(village)


@pytest.fixture
def closed(_on_the_day_after: None, village: TestVillage) -> Evening:
    """Prani paid 200 and put 1,500 into special savings, Somchai paid 500 and a fine; the rest did not come."""
    found: Evening = upon(village, "closed evening", lambda: _closed(evening_with_pledges(village)))
    return found


def _closed(evening: Evening) -> Evening:
    evening.receive("Prani", pledge=200_00, special=1_500_00)
    evening.receive("Somchai", pledge=500_00, fine=10_00)
    evening.receive("Boonmee", present=True, received=False)
    evening.finish()
    return evening


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def text_of(response: Any) -> str:
    """The page as read: no tags, single spaces, ordinary blanks."""
    import re

    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare.replace("\u00a0", " ").replace("\u2060", ""))
