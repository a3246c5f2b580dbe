"""The server dies in the middle of the sheet (kill -9): entering goes on, a reload says so plainly, nothing is lost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import SheetRow
from tests.meetings.browser.sheet_page import SOMPORN, WICHAI, SheetPage
from tests.meetings.evening import Evening
from tests.village import PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


class MortalServer:
    """The project's own server as a process of its own, on a port that stays."""

    def __init__(self, database_url: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "DATABASE_URL": database_url}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server stopped at once"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(f"the server did not start within {SECONDS_TO_START} seconds")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def mortal(database_url: str, real_hashers: None) -> Iterator[MortalServer]:
    server = MortalServer(database_url)
    yield server
    server.kill()


@pytest.fixture
def evening(mortal, village) -> Evening:
    return Evening(village, held_on=timezone.localdate())


def test_a_killed_server_costs_nothing_that_was_typed(mortal, evening, page):
    mortal.start()
    address = f"{mortal.url}/g/{evening.village.group.code}/meetings/{evening.meeting.pk}/sheet/"
    page.goto(address)
    page.locator("input[name=username]").fill("somporn")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    sheet = SheetPage(page, address).ready()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    sheet.keys("Enter")
    sheet.expect_saved(SOMPORN)

    mortal.kill()
    sheet.keys("Enter", " ", "Enter")
    expect(sheet.state(WICHAI)).to_contain_text("ลองใหม่ใน")
    page.reload()
    expect(page.locator("h1")).to_contain_text("ติดต่อระบบไม่ได้")
    expect(page.locator("#offline-count")).to_contain_text("2 แถว")
    page.locator("#offline-retry").click()
    expect(page.locator("#offline-count")).to_contain_text("2 แถว")

    mortal.start()
    page.locator("#offline-retry").click()
    sheet.ready().expect_saved(SOMPORN, WICHAI, 3)
    expect(page.locator("#sync-unsaved")).to_be_empty()
    assert SheetRow.objects.filter(meeting=evening.meeting).count() == 3
