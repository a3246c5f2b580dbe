"""Sends questions put in SQL: the few that every page or every entry asks, which Django takes ten times as long to
write as a database to answer (docs/adr/0016-few-questions-in-sql.md), and the checks' reading of whole tables.

Both engines read the same text. A sum is a numeric on PostgreSQL: cast it to bigint.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def rows(sql: str, values: Sequence[Any]) -> list[Row]:
    """All rows of a query; values take the places of its %s and are nowhere part of its text."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def places(values: Collection[Any]) -> str:
    """A bracket with a place for each value, for `IN`; there must be at least one."""
    return f"({', '.join(['%s'] * len(values))})"
