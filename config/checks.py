"""What the books need of the database connection, asked of the live connection when the program starts."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config.database import SQLITE_PRAGMAS


@register(Tags.database)
def check_connection(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a connection that could lose or mix up commits.

    Run by migrate, by the server's start and by ``check --database default``.
    """
    return [problem for alias in databases or [] for problem in connection_problems(connections[alias])]


def connection_problems(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """List what is not as config/database.py set it."""
    expected = _expected_sqlite() if connection.vendor == "sqlite" else {"transaction_isolation": "read committed"}
    found = _sqlite_values(connection) if connection.vendor == "sqlite" else _postgresql_values(connection, expected)
    return [
        Error(f"{connection.alias}: {name} is {found[name]!r}, must be {value!r}", id="satcha.E001")
        for name, value in expected.items()
        if found[name] != value
    ]


def _expected_sqlite() -> dict[str, Any]:
    return SQLITE_PRAGMAS | {"transaction_mode": "IMMEDIATE", "busy_timeout": 20_000}


def _sqlite_values(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        # Django knows the transaction mode once it is connected.
        values: dict[str, Any] = {"transaction_mode": getattr(connection, "transaction_mode", None)}
        for name in [*SQLITE_PRAGMAS, "busy_timeout"]:
            values[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    return values


def _postgresql_values(connection: BaseDatabaseWrapper, names: dict[str, Any]) -> dict[str, Any]:
    values = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SHOW {name}")
            values[name] = cursor.fetchone()[0]
    return values
