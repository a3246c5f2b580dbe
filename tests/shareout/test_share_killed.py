"""A worker killed inside the posting of a share-out: nothing or everything, and the retry posts once."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import time_machine
from django.db import connections

from shareout.models import MemberShare, ShareOut
from shareout.services.payments import approve_payments
from shareout.services.share_posting import post_share_out
from tests.shareout.sharing import BANK, NOW, Sharing
from tests.village import TestVillage

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
    import time
    import django
    import time_machine
    time_machine.travel("{now}").start()
    django.setup()
    from funds.voucher_lines import Place
    from shareout.models import ShareOut
    from shareout.services import share_posting

    row = ShareOut.objects.select_related("group", "requested_by").get(pk={pk})

    def pause(found=None):
        print("here", flush=True)
        time.sleep(60)
        return found

    if {inside!r} == "bulk_update":
        rows = share_posting.MemberShare.objects
        inner = rows.bulk_update
        rows.bulk_update = lambda *args, **kwargs: pause(inner(*args, **kwargs))
    elif {inside!r}:
        inner = getattr(share_posting, {inside!r})
        setattr(share_posting, {inside!r}, lambda *args, **kwargs: pause(inner(*args, **kwargs)))
    share_posting.post_share_out(share_out=row, by=row.requested_by, place=Place("transfer", ""))
    pause()
"""


def kill_worker(row, database_url, inside):
    """Post in a process of its own and kill it at the given place, or after the commit."""
    kill(textwrap.dedent(WORKER.format(now=NOW, pk=row.pk, inside=inside)), database_url)


def kill(code, database_url):
    """Run the code in a process of its own, and kill it where it says so."""
    connections.close_all()
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        line = worker.stdout.readline()
        os.kill(worker.pid, signal.SIGKILL)
    assert line == "here\n"


@pytest.mark.parametrize("inside", ["require_unmoved", "post_entries", "bulk_update", ""])
def test_killed_in_the_middle_nothing_stands_and_after_the_commit_everything(
    village: TestVillage, database_url, inside
):
    with time_machine.travel(NOW, tick=True):
        sharing = Sharing(village)
        row = sharing.adopted()
        kill_worker(row, database_url, inside)
        stands = 0 if inside else 5
        assert len(sharing.entries("allotment")) == stands
        assert MemberShare.objects.filter(entry__isnull=False).exists() is not bool(inside)
        assert ShareOut.objects.get().state == ("adopted" if inside else "posted")
        post_share_out(share_out=row, by=sharing.village.treasurer, place=BANK)
        assert len(sharing.entries("allotment")) == 5
        assert sharing.found() == []


PAYER = """
    import time
    import django
    import time_machine
    time_machine.travel("{now}").start()
    django.setup()
    from members.models import User
    from shareout.models import SharePayment
    from shareout.services import payments

    def pause(found=None):
        print("here", flush=True)
        time.sleep(60)
        return found

    if {inside!r}:
        inner = getattr(payments, {inside!r})
        setattr(payments, {inside!r}, lambda *args, **kwargs: pause(inner(*args, **kwargs)))
    rows = list(SharePayment.objects.select_related("group").order_by("pk"))
    payments.approve_payments(payments=rows, by=User.objects.get(username="wichai"))
    pause()
"""


@pytest.mark.parametrize("inside", ["require_bookable", "post_payments", ""])
def test_a_list_killed_while_it_is_paid_is_paid_whole_or_not_at_all(village: TestVillage, database_url, inside):
    with time_machine.travel(NOW, tick=True):
        sharing = Sharing(village)
        sharing.posted()
        rows = sharing.ask("Prani", "Kasem")
        kill(textwrap.dedent(PAYER.format(now=NOW, inside=inside)), database_url)
        assert len(sharing.entries("share_payment")) == (0 if inside else 2)
        assert ("0005" in sharing.unpaid()) is bool(inside)
        approve_payments(payments=rows, by=sharing.village.auditor)
        assert len(sharing.entries("share_payment")) == 2
        assert sharing.unpaid() == {"0006": 100_00}
        assert sharing.found() == []
