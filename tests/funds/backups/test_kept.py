"""Where backups lie, for whom, how many, how old."""

import stat
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from funds.backup import last_good_backup, make_backup, run
from funds.backup.errors import BackupDamaged, BackupFailed, BackupNotConfigured
from tests.funds.backups.conftest import KEY

pytestmark = pytest.mark.django_db(transaction=True)


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
