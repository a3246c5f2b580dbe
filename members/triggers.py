"""Guards in the database: triggers that refuse a forged write whatever program makes it. One mechanism for every app.

An app declares its guards in `<app>/guards.py` and does nothing else: `GUARDS = Guards("loans", added_only(...), ...)`.
They are put in place after every migration, taken off before one on SQLite (which rebuilds a table to alter it and may
lose its triggers silently), missed by name at start-up and by `verify_books`. A guard is there when the database's text
of it is the expected one, to the letter. PostgreSQL fires them also in sessions that call themselves a replica
(docs/adr/0007): that way past a trigger would leave no trace.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import module_has_submodule

Texts = Callable[[str], Iterable[str]]
PREFIX = "satcha_"
_TRIGGER = re.compile(r"^CREATE TRIGGER (\w+).*?\bON (?:public\.)?(\w+)", re.MULTILINE)
_ALWAYS = "A"
_SQLITE_LIVE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'satcha_*'"
_POSTGRESQL_LIVE = """
    SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid), t.tgenabled, p.prosrc,
           coalesce(array_to_string(p.proconfig, ' SET '), '')
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname LIKE 'satcha\\_%' AND NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"""

_POSTGRESQL_ROWS = """
    SELECT md5(string_agg(concat_ws(' ', t.oid, t.xmin, t.tgenabled, c.relname, p.oid, p.xmin), ',' ORDER BY t.oid))
    FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal"""


class Guards:
    """The guards of one app. Each declaration gives the texts that an engine executes."""

    def __init__(self, app: str, *declared: Texts) -> None:
        self.app = app
        self.declared = declared
        self._whole: str | None = None  # the catalogue's rows when nothing was missing
        self.expected = cache(self._expected)
        self.texts = cache(self._texts)

    def _texts(self, vendor: str) -> tuple[str, ...]:
        return tuple(text for declaration in self.declared for text in declaration(vendor))

    def _expected(self, vendor: str) -> dict[str, tuple[str, ...]]:
        """The triggers by name, each with its table and what the database must say of it."""
        found: dict[str, tuple[str, ...]] = {}
        for text in self.texts(vendor):
            for name, said in _expected_of(text, vendor):
                assert name.startswith(PREFIX), name
                assert name not in found, name
                found[name] = said
        return found

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that are guarded."""
        return frozenset(table for table, *_said in self.expected("sqlite").values())

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The names of the guards that are absent, switched off, or not as their text says.

        Whoever posts asks this each time. On PostgreSQL the texts are read again only when a row of the catalogue that
        holds them has changed: every change of a trigger or its function, also one taken back, leaves another `xmin`.
        """
        rows = _catalogue_rows(connection, self.tables) if connection.vendor == "postgresql" else None
        if rows is not None and rows == self._whole:
            return []
        live = live_guards(connection)
        absent = sorted(name for name, said in self.expected(connection.vendor).items() if live.get(name) != said)
        self._whole = None if absent else rows
        return absent

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Put every guard of a table that exists in its place; where all are there already and right, they stay."""
        if not self.missing(connection):
            return
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            self.drop(connection)
            tables = set(connection.introspection.table_names(cursor))
            for text in self.texts(connection.vendor):
                if {table for _name, table in _TRIGGER.findall(text)} <= tables:
                    for statement in _statements(text, connection.vendor):
                        cursor.execute(statement)

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Take this app's guards away: for the tests that show what each of them is for."""
        _drop(connection, self.expected(connection.vendor))


def all_guards() -> list[Guards]:
    """What the installed apps declare, lower apps as settings list them."""
    return [
        import_module(f"{config.name}.guards").GUARDS
        for config in apps.get_app_configs()
        if config.module is not None and module_has_submodule(config.module, "guards")
    ]


def live_guards(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """The guards that stand in the database, whoever put them there."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_LIVE if connection.vendor == "sqlite" else _POSTGRESQL_LIVE)
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def _catalogue_rows(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> str | None:
    """Which rows of PostgreSQL's catalogue say what the guards of some tables are; None where there are none."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_ROWS, [list(tables)])
        row = cursor.fetchone()
        return row[0] if row else None


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the guards of any app that are absent, switched off, or not as their text says."""
    return sorted(name for guards in all_guards() for name in guards.missing(connection))


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the guards of every app in place, and take off those of another version."""
    expected = {name for guards in all_guards() for name in guards.expected(connection.vendor)}
    _drop(connection, set(live_guards(connection)) - expected)
    for guards in all_guards():
        guards.install(connection)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: before a migration on SQLite, and in the tests' own configuration."""
    _drop(connection, live_guards(connection))


def check_guards(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Django's check at start-up: every guard of every table that exists is in its place."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        for guards in all_guards():
            expected = guards.expected(connection.vendor)
            if missing := [name for name in guards.missing(connection) if expected[name][0] in tables]:
                text = f"{alias}: {guards.app} is not guarded: {', '.join(missing)}"
                problems.append(Error(text, hint="Run: python manage.py migrate", id="satcha.E002"))
    return problems


def take_guards_off(using: str, **kwargs: Any) -> None:
    """On SQLite a migration rebuilds tables, which triggers that name each other do not survive."""
    if connections[using].vendor == "sqlite":
        drop_guards(connections[using])


def put_guards_on(using: str, **kwargs: Any) -> None:
    """After every migration the guards are those of this version."""
    install_guards(connections[using])


def _drop(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    live = live_guards(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in set(names) & set(live):
            where = "" if connection.vendor == "sqlite" else f" ON public.{live[name][0]}"
            cursor.execute(f"DROP TRIGGER {name}{where}")


def _expected_of(text: str, vendor: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if vendor == "sqlite":
        [(name, table)] = _TRIGGER.findall(text)
        yield name, (table, text)
        return
    head, body, triggers = text.split("$$")
    settings = " SET ".join(part.strip().replace(" = ", "=") for part in head.split("SET ")[1:]).removesuffix(" AS")
    for line in triggers.splitlines():
        for name, table in _TRIGGER.findall(line):
            yield name, (table, line.rstrip(";"), _ALWAYS, body, settings)


def _statements(text: str, vendor: str) -> Iterator[str]:
    yield text
    if vendor == "postgresql":
        for name, table in _TRIGGER.findall(text):
            yield f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER {name}"


# --- what an app declares -----------------------------------------------------------------------------------


def added_only(table: str, *keys: tuple[str, ...]) -> Texts:
    """Rows are only added: no change, no end. keys: the columns of each further unique constraint, for SQLite, where
    INSERT OR REPLACE deletes the row in its way past every trigger."""
    return _all(
        refused(f"{table}_unchanged", table, ["UPDATE"], "true", "satcha:added_only"), never_deleted(table, *keys)
    )


def never_deleted(table: str, *keys: tuple[str, ...]) -> Texts:
    """Rows stay, whatever may change in them. keys: as for `added_only`."""
    return _all(
        refused(f"{table}_kept", table, ["DELETE"], "true", "satcha:kept"),
        partial(_never_replaced, table, keys),
        partial(_never_emptied, table),
    )


def frozen(table: str, *columns: str) -> Texts:
    """Some columns stay as they were first written."""
    return partial(_refused_change, f"{table}_frozen", table, columns, "{changed}", "satcha:frozen")


def set_once(table: str, *columns: str) -> Texts:
    """Some columns are filled once, from NULL or an empty text, and stay as they are from then on."""
    filled = "coalesce(CAST(OLD.{column} AS text), '') <> '' AND {changed}"
    return partial(_refused_change, f"{table}_set_once", table, columns, filled, "satcha:set_once")


def refused(name: str, table: str, acts: Sequence[str], when: str, words: str) -> Texts:
    """Refuse acts (INSERT, DELETE, UPDATE) on a row where a condition on NEW and OLD holds, the same text for both."""
    return partial(_row_texts, name, table, acts, when, words)


def sqlite_trigger(name: str, act: str, table: str, when: str, words: str) -> str:
    """The text of a guard of SQLite: it looks at one row, before the act."""
    return (
        f"CREATE TRIGGER {PREFIX}{name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def postgresql_guard(name: str, body: str, *triggers: str) -> str:
    """The text of a guard of PostgreSQL: its function, and its triggers as pg_get_triggerdef prints their beginnings.

    triggers: `satcha_x AFTER INSERT ON public.t REFERENCING NEW TABLE AS come FOR EACH STATEMENT`.
    """
    function = f"{PREFIX}{name}()"
    lines = "".join(f"\nCREATE TRIGGER {trigger} EXECUTE FUNCTION {function};" for trigger in triggers)
    return (
        f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql\n"
        f"SET search_path = public, pg_temp AS $$ BEGIN {body} END $$;{lines}"
    )


def refusal(words: str) -> str:
    """What a function of PostgreSQL says when it refuses."""
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"


def _all(*declared: Texts) -> Texts:
    return lambda vendor: [text for declaration in declared for text in declaration(vendor)]


def _row_texts(name: str, table: str, acts: Sequence[str], when: str, words: str, vendor: str) -> Iterator[str]:
    said = f"{words} ({table})" if words.startswith("satcha:") else words
    if vendor == "sqlite":
        for act in acts:
            called = name if len(acts) == 1 else f"{name}_{act.lower()}"
            yield sqlite_trigger(called, act, table, when, said)
        return
    in_order = " OR ".join(act for act in ("INSERT", "DELETE", "UPDATE") if act in acts)
    body = f"IF {when} THEN {refusal(said)} END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    yield postgresql_guard(name, body, f"{PREFIX}{name} BEFORE {in_order} ON public.{table} FOR EACH ROW")


def _refused_change(
    name: str, table: str, columns: Sequence[str], condition: str, words: str, vendor: str
) -> Iterator[str]:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    when = " OR ".join(
        condition.format(column=column, changed=f"NEW.{column} {differs} OLD.{column}") for column in columns
    )
    return _row_texts(name, table, ["UPDATE"], when, words, vendor)


def _never_replaced(table: str, keys: Sequence[tuple[str, ...]], vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        same = " OR ".join(" AND ".join(f"t.{column} = NEW.{column}" for column in key) for key in (("id",), *keys))
        there = f"EXISTS (SELECT 1 FROM {table} t WHERE {same})"  # noqa: S608 - names of our own tables
        yield sqlite_trigger(f"{table}_not_replaced", "INSERT", table, there, f"satcha:exists ({table})")


def _never_emptied(table: str, vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        name = f"{table}_not_emptied"
        trigger = f"{PREFIX}{name} BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT"
        yield postgresql_guard(name, refusal(f"satcha:kept ({table})"), trigger)
