"""Pages in a real browser: a closed evening behind a live server, people signed in without the door."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext

from members.models import User
from tests.meetings.evening import Evening, vow
from tests.village import TestVillage


@pytest.fixture
def evening_behind(live_server: Any, village: TestVillage) -> Evening:
    """A meeting closed today: Prani paid and saved, Kasem owes; everything has something to show."""
    month = timezone.localdate().replace(day=1)
    vow(village, "Prani", 200, month)
    vow(village, "Kasem", 300, date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1))
    evening = Evening(village, held_on=timezone.localdate())
    evening.receive("Prani", pledge=200_00, special=1_500_00, fee=30_00)
    evening.receive("Boonmee", received=False)
    evening.finish()
    return evening


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[BrowserContext, User, str], None]:
    """Put somebody's session and language into a browser."""

    def as_user(context: BrowserContext, user: User, language: str = "th") -> None:
        client = Client()
        client.force_login(user)
        context.add_cookies(
            [
                {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url},
                {"name": "django_language", "value": language, "url": live_server.url},
            ]
        )

    return as_user
