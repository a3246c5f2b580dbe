"""The guards of every app come with the database, go for a migration on SQLite, and each is missed by name."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from members.triggers import (
    Guards,
    added_only,
    all_guards,
    check_guards,
    frozen,
    install_guards,
    live_guards,
    missing_guards,
    put_guards_on,
    set_once,
    take_guards_off,
)

PLAN = Guards("plans", frozen("satcha_plan", "title"), set_once("satcha_plan", "approved_by", "approved_at"))
NOTE = Guards("notes", added_only("satcha_note"))


def execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def tables(db: None) -> None:
    """An app's tables before its guards."""
    moment = "timestamptz" if connection.vendor == "postgresql" else "datetime"
    execute(
        "CREATE TABLE satcha_plan (id integer PRIMARY KEY, title text, "
        f"approved_by text DEFAULT '', approved_at {moment})",
        "CREATE TABLE satcha_note (id integer PRIMARY KEY, words text)",
        "INSERT INTO satcha_plan (id, title) VALUES (1, 'a')",
        "INSERT INTO satcha_note (id, words) VALUES (1, 'a')",
    )
    PLAN.install(connection)
    NOTE.install(connection)


def test_every_app_with_guards_is_found() -> None:
    assert {guards.app for guards in all_guards()} >= {"members", "funds", "savings", "meetings"}


def test_both_engines_guard_the_same_tables() -> None:
    for guards in all_guards():
        assert {table for table, *_said in guards.expected("postgresql").values()} == guards.tables, guards.app


@pytest.fixture(params=["members", "funds", "savings", "meetings"])
def guards(request: pytest.FixtureRequest) -> Guards:
    """One app's after the other."""
    return next(found for found in all_guards() if found.app == request.param)


def test_a_missing_guard_is_named_at_start_up_and_comes_back(guards: Guards, db: None) -> None:
    guards.drop(connection)
    assert missing_guards(connection) == sorted(guards.expected(connection.vendor))
    [problem] = check_guards(databases=["default"])
    assert problem.id == "satcha.E002"
    assert all(name in problem.msg for name in guards.expected(connection.vendor))
    with pytest.raises(CommandError, match=r"satcha\.E002"):
        call_command("check", databases=["default"], verbosity=0)
    install_guards(connection)
    assert missing_guards(connection) == []
    assert check_guards(databases=["default"]) == []


def test_a_guard_of_another_version_is_taken_off(db: None) -> None:
    if connection.vendor == "sqlite":
        execute("CREATE TRIGGER satcha_old BEFORE DELETE ON members_village BEGIN SELECT 1; END")
    else:
        execute(
            "CREATE TRIGGER satcha_old BEFORE DELETE ON members_village "
            "FOR EACH ROW EXECUTE FUNCTION satcha_members_user_frozen()"
        )
    install_guards(connection)
    assert "satcha_old" not in live_guards(connection)
    assert missing_guards(connection) == []


@pytest.mark.sqlite
def test_a_migration_on_sqlite_works_without_guards_and_ends_with_them(db: None) -> None:
    take_guards_off(using="default")
    assert live_guards(connection) == {}
    put_guards_on(using="default")
    assert missing_guards(connection) == []


@pytest.mark.postgres
def test_a_migration_on_postgresql_keeps_the_guards_on(db: None) -> None:
    take_guards_off(using="default")
    assert missing_guards(connection) == []


@pytest.mark.postgres
def test_a_session_that_calls_itself_a_replica_is_guarded_all_the_same(tables: None) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica")
    with pytest.raises(IntegrityError, match="satcha:added_only"):
        execute("UPDATE satcha_note SET words = 'b'")
    execute("ALTER TABLE satcha_note ENABLE TRIGGER satcha_satcha_note_unchanged")
    assert NOTE.missing(connection) == ["satcha_satcha_note_unchanged"]
    execute("UPDATE satcha_note SET words = 'b'")


def test_a_frozen_column_stays_and_the_others_move(tables: None) -> None:
    with pytest.raises(IntegrityError, match="satcha:frozen"):
        execute("UPDATE satcha_plan SET title = 'b'")
    execute("UPDATE satcha_plan SET title = 'a', approved_by = ''")
    PLAN.drop(connection)
    execute("UPDATE satcha_plan SET title = 'b'")


@pytest.mark.parametrize("change", ["approved_by = 'wichai'", "approved_at = NULL", "approved_by = NULL"])
def test_what_is_set_once_is_set_once(change: str, tables: None) -> None:
    execute("UPDATE satcha_plan SET approved_by = 'malee', approved_at = '2026-11-05 12:00:00'")
    execute("UPDATE satcha_plan SET approved_by = 'malee'")
    with pytest.raises(IntegrityError, match="satcha:set_once"):
        execute(f"UPDATE satcha_plan SET {change}")
    PLAN.drop(connection)
    execute(f"UPDATE satcha_plan SET {change}")


@pytest.mark.parametrize("change", ["UPDATE satcha_note SET words = 'b'", "DELETE FROM satcha_note"])
def test_rows_only_added_are_added(change: str, tables: None) -> None:
    execute("INSERT INTO satcha_note (id, words) VALUES (2, 'b')")
    with pytest.raises(IntegrityError, match=r"satcha:(added_only|kept)"):
        execute(change)
    NOTE.drop(connection)
    execute(change)
