"""Build once a process what many tests begin with, and put it back row by row.

The village takes its services hundreds of statements; its rows go back with one a table. They pass the guards of the
database as the services' own statements do, and tests/test_kept.py holds them to what is built. Each test is handed
fresh copies of the objects: nothing that it does to them is seen by the next.

What is built upon the village by many tests alike is a scene: `upon(village, key, build)`. Its rows go back the same
way, but only where nothing was written since the village was put back and where building it changed no row of it.
"""

import io
import pickle
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection, models, transaction
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
    is_as_kept: bool = False

    def again(self) -> Any:
        """Return the thing as new, its rows in the database.

        It is built, not put back, where other rows may stand in its place and where the clock has not come to its
        moment.
        """
        self.is_as_kept = timezone.now() >= self.moment and self._is_empty()
        if not self.is_as_kept:
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
        self.rows = tuple(_entries_with_postings([rows for rows in found if rows.values]))

    def _put_back(self) -> None:
        _insert(self.rows)


@dataclass
class Written:
    """Whether anything was written since the village stood as it was kept."""

    anything: bool = True

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")):
            self.anything = True
        return execute(sql, params, many, context)


WRITTEN = Written()


@contextmanager
def watched() -> Iterator[None]:
    """Watch what is written upon the village from here on."""
    WRITTEN.anything = False
    with connection.execute_wrapper(WRITTEN):
        yield
    WRITTEN.anything = True


@dataclass
class Scene:
    """What was built upon the village at a moment: its rows, or None where they cannot simply be put back."""

    moment: datetime
    rows: tuple[Rows, ...] | None
    thing: bytes = b""


_SCENES: dict[Hashable, Scene] = {}


def upon(village: Any, key: Hashable, build: Callable[[], Any]) -> Any:
    """Return what `build` makes upon the village: put back where it was built before in the same place and time."""
    if WRITTEN.anything:
        return build()
    now = timezone.now()
    key = (key, timezone.localdate(now))
    scene = _SCENES.get(key)
    if scene is None:
        scene, made = _kept_scene(village, build, now.replace(microsecond=0))
        _SCENES[key] = scene
        return made
    if scene.rows is None or now < scene.moment:
        return build()
    _insert(scene.rows)
    return _Reader(io.BytesIO(scene.thing), _named(village)).load()


def _kept_scene(village: Any, build: Callable[[], Any], moment: datetime) -> tuple[Scene, Any]:
    before = _all_rows()
    with time_machine.travel(moment, tick=False):
        made = build()
    new = []
    for table, (columns, found) in _all_rows().items():
        known = set(map(_told, before[table][1]))
        added = [row for row in found if _told(row) not in known]
        if len(found) - len(added) != len(known):
            return Scene(moment, None), made  # it changed what stood there
        if added:
            new.append(_statement(table, columns, added))
    written = io.BytesIO()
    _Writer(written, _named(village)).dump(made)
    return Scene(moment, tuple(_entries_with_postings(new)), written.getvalue()), made


def _entries_with_postings(all_rows: list[Rows]) -> list[Rows]:
    """PostgreSQL's guards want an entry and its postings in one statement, as the books are written there."""
    found = {rows.table: rows for rows in all_rows}
    entries, postings = found.get("funds_entry"), found.get("funds_posting")
    if connection.vendor != "postgresql" or entries is None or postings is None:
        return all_rows
    together = f"WITH entries AS ({entries.statement}) {postings.statement}"
    both = Rows(entries.table, together, entries.values + postings.values)
    return [both if rows is entries else rows for rows in all_rows if rows is not postings]


def _told(row: Any) -> str:
    """A row as text; PostgreSQL gives bytes as a view, whose text is its place in memory."""
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


def _named(village: Any) -> dict[str, Any]:
    """The village's own objects by name: a scene points at those of its test."""
    named = {"village": village}
    for name, value in vars(village).items():
        if isinstance(value, models.Model):
            named[name] = value
        elif isinstance(value, dict):
            named |= {f"{name} {key}": each for key, each in value.items()}
        else:
            named |= {f"{name} {key}": each for key, each in vars(value).items()}
    return named


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, named: dict[str, Any]) -> None:
        super().__init__(file)
        self.names = {id(thing): name for name, thing in named.items()}

    def persistent_id(self, thing: Any) -> str | None:
        return self.names.get(id(thing))


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, named: dict[str, Any]) -> None:
        super().__init__(file)
        self.named = named

    def persistent_load(self, name: str) -> Any:
        return self.named[name]


def _all_rows() -> dict[str, tuple[list[str], list[Any]]]:
    with connection.cursor() as cursor:
        return {table: _found(cursor, table) for table in _tables()}


def _insert(all_rows: tuple[Rows, ...]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for rows in all_rows:
            cursor.execute(rows.statement, rows.values)


def _tables() -> list[str]:
    """All tables but Django's own two that are never empty; postings before entries, as the books are written."""
    filled = ("contenttypes", "auth")
    found = [model._meta for model in apps.get_models(include_auto_created=True)]
    tables = [meta.db_table for meta in found if meta.app_label not in filled]
    return sorted(tables, key=["funds_account", "funds_posting"].__contains__, reverse=True)


def _rows(cursor: Any, table: str) -> Rows:
    return _statement(table, *_found(cursor, table))


def _found(cursor: Any, table: str) -> tuple[list[str], list[Any]]:
    cursor.execute(f"SELECT * FROM {table}")
    return [column[0] for column in cursor.description], cursor.fetchall()


def _statement(table: str, columns: list[str], found: list[Any]) -> Rows:
    names = ", ".join(f'"{column}"' for column in columns)
    each = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(found))
    statement = f"INSERT INTO {table} ({names}) VALUES {each}"
    return Rows(table, statement, [value for row in found for value in row])
