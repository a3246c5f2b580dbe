"""The guards of the books come with the database, and their absence is seen at start-up."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from funds import kinds
from funds.guards import drop_guards, expected_guards, guard_sql, install_guards, missing_guards
from members.triggers import check_guards
from tests.funds.forge import execute


def test_a_fresh_database_is_guarded(db: None) -> None:
    assert missing_guards(connection) == []
    assert expected_guards(connection.vendor)


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_place_of_the_guards_text_is_filled(vendor: str) -> None:
    for name, text in guard_sql(vendor).items():
        assert "{" not in text.replace("'{}'", "").replace("{64}", "").replace("{3}", ""), name


def test_dropped_guards_are_missed_and_come_back(db: None) -> None:
    drop_guards(connection)
    assert missing_guards(connection) == sorted(expected_guards(connection.vendor))
    assert [problem.id for problem in check_guards(databases=["default"])] == ["satcha.E002"]
    install_guards(connection)
    assert missing_guards(connection) == []
    assert check_guards(databases=["default"]) == []


def test_a_changed_guard_is_put_right(db: None) -> None:
    if connection.vendor == "sqlite":
        execute(
            "DROP TRIGGER satcha_entry_no_delete",
            "CREATE TRIGGER satcha_entry_no_delete BEFORE DELETE ON funds_entry BEGIN SELECT 1; END",
        )
    else:
        execute("ALTER TABLE funds_entry DISABLE TRIGGER satcha_entry_frozen")
    assert len(missing_guards(connection)) == 1
    install_guards(connection)
    assert missing_guards(connection) == []


@pytest.mark.postgres
def test_a_guard_changed_after_it_was_found_whole_is_missed(db: None) -> None:
    assert missing_guards(connection) == []
    body = "RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN RETURN NULL; END $$"
    execute(f"CREATE OR REPLACE FUNCTION satcha_posting_balance() {body}")
    assert missing_guards(connection) == ["satcha_posting_balance"]
    install_guards(connection)
    assert missing_guards(connection) == []
    for switch in ("DISABLE", "ENABLE"):  # ENABLE alone rests in a session that calls itself a replica
        execute(f"ALTER TABLE funds_entry {switch} TRIGGER satcha_entry_chain")
        assert missing_guards(connection) == ["satcha_entry_chain"]


def test_migrating_is_not_stopped_by_the_guards_that_it_brings(db: None) -> None:
    drop_guards(connection)
    call_command("migrate", verbosity=0, skip_checks=False)
    assert missing_guards(connection) == []


def test_the_program_does_not_start_without_its_guards(db: None) -> None:
    call_command("check", databases=["default"], verbosity=0)
    drop_guards(connection)
    with pytest.raises(CommandError, match=r"satcha.E002"):
        call_command("check", databases=["default"], verbosity=0)


@pytest.mark.postgres
def test_the_triggers_are_the_references_on_postgresql(db: None) -> None:
    with connection.cursor() as cursor:
        for table in ("funds_entry", "funds_posting"):
            constraints = connection.introspection.get_constraints(cursor, table).values()
            assert not [found for found in constraints if found["foreign_key"]]


@pytest.mark.sqlite
def test_the_postings_foreign_key_guards_on_sqlite(db: None) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "funds_posting").values()
    assert ("funds_entry", "id") in [found["foreign_key"] for found in constraints]


def test_a_receipt_is_what_the_guards_of_sqlite_take_it_for_before_they_read_a_list() -> None:
    receipt = kinds.kind_of("receipt")
    assert (receipt.lines, receipt.two_people) == (kinds.Lines.REQUIRED, False)
    named = [name for name, text in guard_sql("sqlite").items() if "NEW.kind <> 'receipt'" in text]
    assert named == ["entry_chain", "entry_postings"]
