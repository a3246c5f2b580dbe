"""A worker killed inside the close of a year: nothing or everything, and the retry closes once."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.db import connections

from funds.models import AccountYear, Entry, Opening
from funds.selectors import code_balances
from reports.verification import damage_of
from shareout.models import YearClosing
from shareout.services.closing import close_year, request_closing
from tests.funds.conftest import Books
from tests.village import TestVillage

ROOT = Path(__file__).resolve().parents[2]
NOW, JUNE_5 = "2027-01-10T03:00:00+00:00", date(2026, 6, 5)
pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
    import time
    import django
    import time_machine
    time_machine.travel("{now}").start()
    django.setup()
    from members.models import User
    from shareout.models import YearClosing
    from shareout.selectors import checklist
    from shareout.services import closing

    checklist.BANK = ()

    def pause(found=None):
        print("here", flush=True)
        time.sleep(60)
        return found

    if {inside!r}:
        inner = getattr(closing, {inside!r})
        setattr(closing, {inside!r}, lambda *args, **kwargs: pause(inner(*args, **kwargs)))
    closing.close_year(closing=YearClosing.objects.get(), by=User.objects.get(username="wichai"))
    pause()
"""


def kill_worker(database_url, inside):
    """Close in a process of its own and kill it at the given place, or after the commit."""
    connections.close_all()
    code = textwrap.dedent(WORKER.format(now=NOW, inside=inside))
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        line = worker.stdout.readline()
        os.kill(worker.pid, signal.SIGKILL)
    assert line == "here\n"


@pytest.mark.parametrize("inside", ["closing_lines", "post_entry", "write_openings", ""])
def test_killed_in_the_middle_nothing_stands_and_after_the_commit_everything(
    village: TestVillage, database_url, monkeypatch, inside
):
    monkeypatch.setattr("shareout.selectors.checklist.BANK", ())
    with time_machine.travel(NOW, tick=True):
        books = Books(village.group)
        books.post("income", ("O1200", "bank", 900_00), ("O4300", "", -900_00), on=JUNE_5)
        year = AccountYear.objects.get(group=village.group, year=2569)
        year.group = village.group
        asked = request_closing(year=year, operation=uuid4(), by=village.treasurer)
        kill_worker(database_url, inside)
        is_closed = not inside
        assert Entry.objects.filter(group=village.group, kind="year_close").exists() is is_closed
        assert AccountYear.objects.get(pk=year.pk).is_closed is is_closed
        assert Opening.objects.filter(group=village.group, booked_on=year.ends_on).exists() is is_closed
        assert YearClosing.objects.get().is_waiting is not is_closed
        close_year(closing=YearClosing.objects.get(pk=asked.pk), by=village.auditor)
        assert code_balances(village.group, ["O3900", "O4300"]) == {"O3900": -900_00, "O4300": 0}
        assert Entry.objects.filter(group=village.group, kind="year_close").count() == 1
        assert list(damage_of(village.group)) == []
