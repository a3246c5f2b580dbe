"""A backup is restored into an empty place, with the same heads and its guards, or not at all."""

import pytest
from django.db import connection

from funds.backup import engines, make_backup, restore_backup, run
from funds.backup.errors import PlaceNotEmpty
from tests.funds.backups.conftest import heads_in, manage
from tests.funds.conftest import FEBRUARY_5

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_backup_of_the_other_engine_is_refused(village_books, empty_database, monkeypatch):
    monkeypatch.setattr(type(engines.engine_of(connection)), "name", "another engine")
    done = manage(empty_database, "restore", str(make_backup().path))
    assert done.returncode == 1
    assert "this backup is of another engine" in done.stderr


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
