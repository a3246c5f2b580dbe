"""A backup proves itself: it is read back, and an empty place filled from it ends with the same head in every group."""

import json
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from funds.backup import after_close, engines, failed_try, folder, last_good_backup, make_backup, restore_backup, run
from funds.backup.errors import BackupDamaged, BackupFailed, BackupNotConfigured, PlaceNotEmpty
from tests.funds.conftest import FEBRUARY_5, Books

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = bytes(range(1, 33))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def places(settings, tmp_path):
    """A folder for backups and a second place."""
    settings.BACKUP_DIR, settings.BACKUP_SECOND = tmp_path / "first", tmp_path / "second"
    settings.BACKUP_SECOND.mkdir()
    settings.BACKUP_KEY, settings.BACKUP_KEEP = KEY, 3
    return settings


@pytest.fixture
def village_books(books: Books, other_books: Books, places) -> Books:
    """Two groups with a little history."""
    books.receive()
    books.receive(satang=500_00, holder="0002")
    books.pay_back()
    books.close(operating=600_00)
    other_books.receive(satang=300_00)
    return books


@pytest.fixture
def empty_database(database_url, tmp_path):
    """The address of an empty database of the same engine."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield f"{database_url.rpartition('/')[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py on another database, as another machine would."""
    import base64

    environment = os.environ | {"DATABASE_URL": url, "SATCHA_BACKUP_KEY": base64.b64encode(KEY).decode()}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def heads_in(url: str) -> dict[str, list[object]]:
    """Read the heads of another database."""
    code = (
        "import json, django; django.setup()\n"
        "from funds.backup.engines import live_heads\n"
        "print(json.dumps({head.code: [head.n, head.hash] for head in live_heads().values()}))\n"
    )
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_a_restored_village_ends_with_the_same_heads(village_books, empty_database):
    good = make_backup()
    done = manage(empty_database, "restore", str(good.path))
    assert done.returncode == 0, done.stderr
    expected = {head.code: [head.n, head.hash] for head in engines.live_heads().values()}
    assert len(expected) == 2
    assert heads_in(empty_database) == expected
    assert f"ban-nong: 5 entries, head {expected['ban-nong'][1]}" in done.stdout


def test_the_guards_stand_in_the_restored_place(village_books, empty_database):
    manage(empty_database, "restore", str(make_backup().path))
    done = manage(empty_database, "check", "--database", "default")
    assert done.returncode == 0, done.stderr


def test_only_an_empty_place_is_filled(village_books):
    good = make_backup()
    with pytest.raises(PlaceNotEmpty):
        restore_backup(good.path)


@pytest.mark.parametrize("place", [40, 400, -5])
def test_a_tampered_backup_is_refused_and_nothing_is_written(village_books, empty_database, place):
    good = make_backup()
    content = bytearray(good.path.read_bytes())
    content[place] ^= 1
    good.path.write_bytes(content)
    done = manage(empty_database, "restore", str(good.path))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "restore into an empty one" not in manage(empty_database, "restore", str(good.path)).stderr


def test_a_manifest_with_another_head_is_refused(village_books, empty_database, monkeypatch):
    engine = type(engines.engine_of(connection))
    dump = engine.dump

    def dump_and_lie(self, target):
        return {group: engines.Head(head.code, head.n, "0" * 64) for group, head in dump(self, target).items()}

    monkeypatch.setattr(engine, "dump", dump_and_lie)
    monkeypatch.setattr(run, "_read_back", lambda *arguments: None)
    done = manage(empty_database, "restore", str(make_backup().path))
    assert done.returncode == 1
    assert "manifest says" in done.stderr


def test_a_backup_that_does_not_read_back_is_no_good_backup(village_books, monkeypatch):
    monkeypatch.setattr(run.sealed, "unseal", lambda **given: b"{}")
    with pytest.raises(BackupDamaged):
        make_backup()
    assert last_good_backup() is None


def test_backups_lie_in_both_places_for_their_owner_only(village_books, places):
    good = make_backup()
    copy = places.BACKUP_SECOND / good.path.name
    assert good.in_second_place
    assert copy.read_bytes() == good.path.read_bytes()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (good.path, copy)} == {0o600}
    assert stat.S_IMODE(places.BACKUP_DIR.stat().st_mode) == 0o700


def test_nothing_readable_stays_behind(village_books, places):
    make_backup()
    assert not (places.BACKUP_DIR / ".in-progress").exists()
    content = b"".join(path.read_bytes() for path in places.BACKUP_DIR.iterdir() if path.suffix == ".backup")
    assert b"ban-nong" not in content
    assert b"SQLite format" not in content
    assert b"PGDMP" not in content


def test_what_a_killed_backup_left_is_swept(village_books, places):
    (places.BACKUP_DIR / ".in-progress").mkdir(parents=True)
    (places.BACKUP_DIR / ".in-progress" / "dump").write_text("plain books")
    make_backup()
    assert not (places.BACKUP_DIR / ".in-progress").exists()


def test_the_keys_of_national_ids_are_in_no_backup(village_books, places, empty_database):
    good = make_backup()
    body = places.BACKUP_DIR / "opened"
    run.sealed.unseal(key=KEY, source=good.path, body=body)
    content = body.read_bytes()
    for secret in [*places.SATCHA_ID_KEYS, places.SATCHA_ID_INDEX_KEY, KEY]:
        assert secret not in content


def test_a_second_place_that_is_gone_is_a_failure_but_the_first_is_good(village_books, places):
    places.BACKUP_SECOND.rmdir()
    with pytest.raises(BackupFailed, match="the second place is not"):
        make_backup()
    good = last_good_backup()
    assert good is not None
    assert not good.in_second_place


def test_only_the_newest_stay(village_books, places):
    names = [make_backup().path.name for _ in range(5)]
    assert len(set(names)) == 5
    for place in (places.BACKUP_DIR, places.BACKUP_SECOND):
        assert len(list(place.glob("satcha-*.backup"))) == 3
        assert names[-1] in {path.name for path in place.iterdir()}


def test_the_last_good_backup_is_known_until_its_file_is_gone(village_books):
    assert last_good_backup() is None
    good = make_backup()
    assert last_good_backup() == good
    assert not good.is_old
    good.path.unlink()
    assert last_good_backup() is None


def test_a_backup_is_old_when_a_night_was_missed(village_books, time_machine):
    good = make_backup()
    time_machine.move_to(timezone.now() + timedelta(hours=37))
    assert good.is_old
    with pytest.raises(CommandError, match="37 hours old"):
        call_command("backup", "--check")


def test_check_says_the_age_of_a_young_backup(village_books, capsys):
    call_command("backup")
    call_command("backup", "--check")
    assert "is 0 hours old" in capsys.readouterr().out


def test_check_fails_where_there_is_no_backup(places):
    with pytest.raises(CommandError, match="no good backup"):
        call_command("backup", "--check")


@pytest.mark.parametrize("name", ["BACKUP_DIR", "BACKUP_KEY"])
def test_without_folder_or_key_nothing_is_written(village_books, places, name):
    setattr(places, name, None)
    with pytest.raises(BackupNotConfigured):
        make_backup()


def test_a_backup_of_the_other_engine_is_refused(village_books, empty_database, monkeypatch):
    monkeypatch.setattr(type(engines.engine_of(connection)), "name", "another engine")
    done = manage(empty_database, "restore", str(make_backup().path))
    assert done.returncode == 1
    assert "this backup is of another engine" in done.stderr


def test_the_close_starts_a_backup_only_after_its_commit(places, monkeypatch):
    started: list[list[str]] = []
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **how: started.append(command))
    with transaction.atomic():
        after_close()
        assert started == []
    assert started[0][-2:] == ["backup", "--quiet"]


@pytest.mark.parametrize("leftover", ["off", None])
def test_the_backup_after_a_close_runs_under_the_settings_of_the_trial_server(empty_database, tmp_path, leftover):
    """A trial names no keys, and importing what gunicorn serves must not leave its child with DEBUG off."""
    import base64

    assert manage(empty_database, "migrate").returncode == 0
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
        "DATABASE_URL": empty_database,
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


def test_entries_posted_while_the_copy_is_made_are_in_it_whole_or_not_at_all(
    village_books, empty_database, monkeypatch
):
    engine = type(engines.engine_of(connection))
    name = "inspect" if connection.vendor == "sqlite" else "_run"
    original = getattr(engine, name)

    def post_meanwhile(self, *arguments):
        village_books.receive(on=FEBRUARY_5)
        return original(self, *arguments)

    monkeypatch.setattr(engine, name, post_meanwhile)
    good = make_backup()
    monkeypatch.undo()
    done = manage(empty_database, "restore", str(good.path))
    assert done.returncode == 0, done.stderr
    assert heads_in(empty_database)["ban-nong"][0] == 5
    assert max(head.n for head in engines.live_heads().values()) > 5
