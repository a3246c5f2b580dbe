"""The few questions that every page or every entry asks, put in SQL: Django takes ten times as long to write them as a
database to answer them (docs/adr/0016-few-questions-in-sql.md). What is asked less often is a queryset.

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
