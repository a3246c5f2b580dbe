"""kill -9 in the middle of a batch: nothing or everything, and the retry returns what the first made."""

import os
import signal
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.db import connection

from funds.checks import CHECKS
from funds.models import Entry, EntryDetails, Posting
from reports.verification import damage_of
from tests.funds.conftest import Books, make_group
from tests.funds.killed_worker import MOMENTS, ROWS, drafts_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_batch_is_posted_whole_or_not_at_all(moment: str, database_url: str) -> None:
    if moment == "inside the write" and connection.vendor == "postgresql":
        moment = "before the commit"  # the whole batch is one statement there
    books = Books(make_group("ban-nong"))
    books.open()
    operation = uuid.uuid4()
    command = [sys.executable, "-m", "tests.funds.killed_worker", "ban-nong", str(operation), moment]
    connection.close()
    killed = subprocess.run(
        command, env=os.environ | {"DATABASE_URL": database_url}, cwd=settings.BASE_DIR, timeout=120
    )
    assert killed.returncode == -signal.SIGKILL

    posted = list(Entry.objects.filter(group=books.group, n__gt=1))
    assert len(posted) == (ROWS + 1 if moment == "after the commit" else 0)
    assert Posting.objects.filter(group=books.group).count() == (2 * ROWS if posted else 0)
    assert EntryDetails.objects.filter(entry__group=books.group, entry__n__gt=1).count() == len(posted)

    again = books.post_all(*drafts_of(books), operation=operation)
    assert [entry.n for entry in again] == list(range(2, ROWS + 3))
    if posted:
        assert again == posted
    assert list(damage_of(books.group, checks=CHECKS)) == []
