"""The close of a meeting starts a backup, and is never disturbed by it."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction

from funds.backup import after_close, failed_try, folder, make_backup, run
from funds.backup.errors import BackupFailed
from tests.funds.backups.conftest import KEY, ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_close_starts_a_backup_only_after_its_commit(places, monkeypatch):
    started: list[list[str]] = []
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **how: started.append(command))
    with transaction.atomic():
        after_close()
        assert started == []
    assert started[0][-2:] == ["backup", "--quiet"]


@pytest.mark.parametrize("leftover", ["off", None])
def test_the_backup_after_a_close_runs_under_the_settings_of_the_trial_server(database_url, tmp_path, leftover):
    """A trial names no keys, and importing what gunicorn serves must not leave its child with DEBUG off."""
    import base64

    leave = f"import os; os.environ['DEBUG'] = {leftover!r}\n" if leftover else "import config.wsgi\n"
    code = (
        "import django; django.setup()\n" + leave + "import time\n"
        "from funds.backup import after_close, last_good_backup\n"
        "after_close()\n"
        "until = time.monotonic() + 60\n"
        "while last_good_backup() is None and time.monotonic() < until: time.sleep(0.2)\n"
        "print(last_good_backup() is not None)\n"
    )
    real = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SATCHA_BACKUP_SECOND")
    environment = {name: value for name, value in os.environ.items() if name not in real} | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url,
        "SATCHA_BACKUP_DIR": str(tmp_path / "apart"),
        "SATCHA_BACKUP_KEY": base64.b64encode(KEY).decode(),
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split()[-1:] == ["True"], done.stderr


def test_what_a_failing_backup_says_reaches_the_log_of_the_server(places, monkeypatch):
    how_started: list[dict[str, object]] = []
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **how: how_started.append(how))
    after_close()
    assert "stderr" not in how_started[0]


def test_a_backup_that_was_begun_and_brought_nothing_is_known_as_failed(village_books, monkeypatch):
    with monkeypatch.context() as asleep:
        asleep.setattr(run.subprocess, "Popen", lambda command, **how: None)
        after_close()
    assert failed_try() is None  # it may still be running
    monkeypatch.setattr(folder, "PATIENCE", timedelta(0))
    assert failed_try() is not None
    make_backup()
    assert failed_try() is None
    monkeypatch.setattr(run, "_read_back", lambda *arguments: (_ for _ in ()).throw(BackupFailed("another text")))
    with pytest.raises(BackupFailed):
        make_backup()
    assert failed_try() is not None


def test_a_backup_that_cannot_start_does_not_disturb_the_close(places, monkeypatch):
    def fail(*arguments, **how):
        raise OSError("no process to be had")

    monkeypatch.setattr(run.subprocess, "Popen", fail)
    with transaction.atomic():
        after_close()


def test_a_close_that_is_taken_back_starts_nothing(places, monkeypatch):
    started: list[object] = []
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **how: started.append(command))
    with transaction.atomic():
        after_close()
        transaction.set_rollback(True)
    assert started == []


def test_without_a_folder_the_close_starts_nothing(settings, monkeypatch):
    settings.BACKUP_DIR = None
    monkeypatch.setattr(run.subprocess, "Popen", lambda *arguments, **how: pytest.fail("started"))
    after_close()
