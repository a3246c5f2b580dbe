"""A worker killed inside the batch: nothing or everything, and the retry returns the first receipt."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.db import connections

from funds.models import Entry, Hold
from meetings.models import Meeting, SheetRow
from savings.models import PledgeMonth
from tests.meetings.evening import evening_with_pledges
from tests.village import TestVillage

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
    import sys, time
    import django
    django.setup()
    from uuid import UUID
    from meetings.models import Meeting
    from meetings.services import closing

    meeting = Meeting.objects.select_related("group", "signature").get(pk={meeting})
    by = meeting.signature.asked_by

    def pause(*args, **kwargs):
        print("here", flush=True)
        time.sleep(60)

    if {inside}:
        inner = closing.{inside_name}
        closing.{inside_name} = lambda *args, **kwargs: (inner(*args, **kwargs), pause())[0]
    closing.close_meeting(
        meeting=meeting, operation=UUID("{operation}"), fingerprint="{fingerprint}", signature=meeting.signature, by=by
    )
    pause()
"""


@pytest.fixture
def evening(database_url, village: TestVillage):
    evening = evening_with_pledges(village)
    evening.receive("Prani", pledge=200_00, special=50_00)
    evening.receive("Kasem", pledge=600_00)
    evening.pay(kind="bank_carry", satang=50_00, code="O1200", slip_ref="B-1")
    evening.count()
    return evening


def kill_worker(evening, database_url, operation, fingerprint, *, inside):
    """Close in a process of its own and kill it at the given place, or after the commit."""
    connections.close_all()
    code = WORKER.format(
        meeting=evening.meeting.pk,
        operation=operation,
        fingerprint=fingerprint,
        inside=bool(inside),
        inside_name=inside or "plan_close",
    )
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        line = worker.stdout.readline()
        os.kill(worker.pid, signal.SIGKILL)
    assert line == "here\n"


@pytest.mark.parametrize("inside", ["release_holds", "_post", "_mark_posted", "record_paid_months", "_lock_closed"])
def test_killed_inside_the_batch_nothing_stands_and_the_retry_posts_once(evening, database_url, inside):
    before = Entry.objects.filter(group=evening.village.group).count()
    operation, fingerprint = evening.sign()
    kill_worker(evening, database_url, operation, fingerprint, inside=inside)
    assert Entry.objects.filter(group=evening.village.group).count() == before
    assert Meeting.objects.get().is_counting
    assert not PledgeMonth.objects.exists()
    assert not SheetRow.objects.filter(entry__isnull=False).exists()
    closed = evening.close(operation, fingerprint)
    assert Entry.objects.filter(group=evening.village.group).count() == before + 4
    assert evening.close(operation, fingerprint).close_entry == closed.close_entry


def test_killed_after_the_commit_everything_stands_and_the_retry_returns_the_first_receipt(evening, database_url):
    operation, fingerprint = evening.sign()
    kill_worker(evening, database_url, operation, fingerprint, inside="")
    closed = Meeting.objects.get()
    receipts = list(SheetRow.objects.order_by("pk").values_list("entry_id", flat=True))
    assert closed.is_closed
    again = evening.close(operation, fingerprint)
    assert again.close_entry_id == closed.close_entry_id
    assert list(SheetRow.objects.order_by("pk").values_list("entry_id", flat=True)) == receipts
    assert not Hold.objects.filter(released_at__isnull=True).exists()
