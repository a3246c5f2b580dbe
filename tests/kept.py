"""Build once a process what many tests begin with, and put it back row by row.

The village takes its services hundreds of statements; its rows go back with one a table. They pass the guards of the
database as the services' own statements do, and tests/test_kept.py holds them to what is built. Each test is handed
fresh copies of the objects: nothing that it does to them is seen by the next.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone


@dataclass(frozen=True)
class Rows:
    """All rows of one table, and the statement that puts them back."""

    table: str
    statement: str
    values: list[Any]


@dataclass
class Kept:
    """What `build` makes at the moment `moment`, with the rows behind it."""

    build: Callable[[], Any]
    moment: datetime
    thing: bytes = b""
    rows: tuple[Rows, ...] = ()

    def again(self) -> Any:
        """Return the thing as new, its rows in the database.

        It is built, not put back, where other rows may stand in its place and where the clock has not come to its
        moment.
        """
        if timezone.now() < self.moment or not self._is_empty():
            return self.build()
        if self.thing:
            self._put_back()
        else:
            self._keep()
        return pickle.loads(self.thing)  # noqa: S301 - written by this process

    def _is_empty(self) -> bool:
        tables = [rows.table for rows in self.rows] or _tables()
        rows_in = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT CASE WHEN {rows_in} THEN 1 ELSE 0 END")
            return cursor.fetchone() == (0,)

    def _keep(self) -> None:
        with time_machine.travel(self.moment, tick=False):
            self.thing = pickle.dumps(self.build())
        with connection.cursor() as cursor:
            found = [_rows(cursor, table) for table in _tables()]
        self.rows = tuple(rows for rows in found if rows.values)

    def _put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for rows in self.rows:
                cursor.execute(rows.statement, rows.values)


def _tables() -> list[str]:
    """All tables but Django's own two that are never empty."""
    filled = ("contenttypes", "auth")
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._meta.app_label not in filled]


def _rows(cursor: Any, table: str) -> Rows:
    cursor.execute(f"SELECT * FROM {table}")
    columns = ", ".join(f'"{column[0]}"' for column in cursor.description)
    found = cursor.fetchall()
    each = ", ".join([f"({', '.join(['%s'] * len(cursor.description))})"] * len(found))
    statement = f"INSERT INTO {table} ({columns}) VALUES {each}"
    return Rows(table, statement, [value for row in found for value in row])
