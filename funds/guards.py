"""The guards of the books: triggers that refuse a forged write whatever program makes it.

Their text is `funds/sql/<engine>/*.sql`; what follows from the chart and from the kinds is filled in here, so that each
has one definition. SQLite rebuilds a table to alter it and may lose triggers silently, so they are dropped before a
migration there and installed after it (`funds.apps`). Nothing is posted while one is missing or differs from its text.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from funds import chain, chart, kinds
from funds.errors import GuardsMissing

SQL = Path(__file__).parent / "sql"
NO_DATE = "0001-01-01"
_PLAIN = {
    "sqlite": "CASE WHEN NEW.kind GLOB 'paper_*' THEN substr(NEW.kind, 7) ELSE NEW.kind END",
    "postgresql": "CASE WHEN left(e.kind, 6) = 'paper_' THEN substr(e.kind, 7) ELSE e.kind END",
}
_UNIT = "rtrim(a.code, '0123456789')"
_TRIGGER = re.compile(r"^CREATE TRIGGER (\w+).*?ON (?:public\.)?(\w+)", re.MULTILINE)
_POSTGRESQL_LIVE = """
    SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, p.prosrc,
           coalesce(array_to_string(p.proconfig, ' SET '), '')
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgname LIKE 'satcha\\_%' AND NOT t.tgisinternal"""


def _listed(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _places(vendor: str) -> dict[str, str]:
    lines = kinds.Lines
    return {
        "plain": f"({_PLAIN[vendor]})",
        "type": f"substr(a.code, length({_UNIT}) + 1, 1)",
        "profit_account": f"(CASE {_UNIT} WHEN 'O' THEN 'O3900' WHEN 'A' THEN 'A3100' ELSE {_UNIT} || '3100' END)",
        "no_hash": f"'{chain.NO_HASH}'",
        "no_date": f"'{NO_DATE}'",
        "kinds": _listed(kinds.BY_NAME),
        "two_people_kinds": _listed(kinds.names_where(two_people=True)),
        "locking_kinds": _listed(kinds.names_where(locks=True)),
        "declaring_kinds": _listed(kinds.names_where(declares=True)),
        "decision_kinds": _listed(kinds.names_where(lines=lines.NONE, declares=False)),
        "lineless_kinds": _listed(kinds.names_where(lines=lines.NONE)),
        "optional_kinds": _listed(kinds.names_where(lines=lines.OPTIONAL)),
        "reversible_kinds": _listed(kinds.names_where(reversible=True)),
        "between_pools_kinds": _listed(kinds.names_where(between_pools=True)),
        "cash": _listed(chart.CASH),
        "cash_count": str(len(chart.CASH)),
        "cash_keys": "[" + _listed(chart.CASH)[1:-1] + "]",
        "money": _listed(chart.MONEY),
        "operating_money": _listed(code for code in chart.MONEY if chart.unit_of(code) == chart.OPERATING),
        "administrative_money": _listed(code for code in chart.MONEY if chart.unit_of(code) == chart.ADMINISTRATIVE),
        "between_pools": _listed(chart.BETWEEN_POOLS),
        "pool_accounts": _listed(chart.BY_CODE),
        "unit_accounts": _listed(head.code[1:] for head in chart.UNIT_HEADS),
    }


@cache
def guard_sql(vendor: str) -> dict[str, str]:
    """The text of every guard of an engine by file name, with its places filled in."""
    texts = {}
    for path in sorted((SQL / vendor).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        for name, value in _places(vendor).items():
            text = text.replace("{" + name + "}", value)
        texts[path.stem] = text[text.index("CREATE ") :].strip()
    return texts


@cache
def expected_guards(vendor: str) -> dict[str, tuple[str, ...]]:
    """The triggers by name, each with what the database must say of it."""
    found: dict[str, tuple[str, ...]] = {}
    for text in guard_sql(vendor).values():
        if vendor == "sqlite":
            match = _TRIGGER.search(text)
            assert match is not None
            found[match[1]] = (text,)
            continue
        body = text.split("$$")[1]
        settings = " SET ".join(part.strip() for part in text.split("$$")[0].split("SET ")[1:]).removesuffix(" AS")
        for line in text.split("$$")[2].splitlines():
            if match := _TRIGGER.search(line):
                found[match[1]] = (line.rstrip(";"), "O", body, _setting_text(settings))
    return found


def _setting_text(settings: str) -> str:
    return settings.replace(" = ", "=")


def _live_guards(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(_POSTGRESQL_LIVE)
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the guards that are absent, switched off, or not as their text says."""
    live = _live_guards(connection)
    return sorted(name for name, text in expected_guards(connection.vendor).items() if live.get(name) != text)


def require_guards(connection: BaseDatabaseWrapper) -> None:
    """Refuse to go on while a guard is missing; raises GuardsMissing."""
    if missing := missing_guards(connection):
        raise GuardsMissing(names=", ".join(missing))


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in its place; what is there already and right stays."""
    if not missing_guards(connection):
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _drop(connection, cursor)
        for text in guard_sql(connection.vendor).values():
            cursor.execute(text)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: before a migration on SQLite, and in the tests' own configuration."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _drop(connection, cursor)


def _drop(connection: BaseDatabaseWrapper, cursor: Any) -> None:
    tables = set(connection.introspection.table_names(cursor))
    for text in guard_sql(connection.vendor).values():
        for name, table in _TRIGGER.findall(text):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            elif table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def is_guardable(connection: BaseDatabaseWrapper) -> bool:
    """Whether the tables of the books exist already."""
    tables = {"funds_book", "funds_account", "funds_entry", "funds_posting"}
    return tables <= set(connection.introspection.table_names())


def check_guards(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Django's check at start-up: every guard is in its place."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if is_guardable(connection) and (missing := missing_guards(connection)):
            problems.append(
                Error(
                    f"{alias}: the books are not guarded: {', '.join(missing)}",
                    hint="Run: python manage.py migrate",
                    id="funds.E001",
                )
            )
    return problems
