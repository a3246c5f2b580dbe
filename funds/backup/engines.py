"""Copy a database in use to a file and back, one class an engine; the heads come from the very state that is copied."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from funds.backup.errors import BackupDamaged, BackupFailed
from funds.backup.manifest import Head

HEADS = """
    SELECT g.uuid, g.code, e.n, e.hash FROM funds_entry e JOIN members_savingsgroup g ON g.id = e.group_id
    WHERE NOT EXISTS (SELECT 1 FROM funds_entry later WHERE later.id = e.id + 1)
"""
MISSING_PROGRAM = "{} was not found; on Debian and Ubuntu: apt-get install postgresql-client"


class Engine(Protocol):
    """What a backup needs of a database engine."""

    name: str

    def dump(self, target: Path) -> dict[str, Head]:
        """Write a copy of the live database to a new file and return the heads that it holds."""

    def inspect(self, dump: Path) -> dict[str, Head] | None:
        """Read a copy as its engine would; return its heads, or None where only a restore can tell."""

    def load(self, dump: Path) -> None:
        """Fill the empty live database from a copy, all or nothing."""


def engine_of(live: BaseDatabaseWrapper) -> Engine:
    """Return the engine of a connection."""
    return SqliteEngine(live) if live.vendor == "sqlite" else PostgresqlEngine(live)


def live_heads(live: BaseDatabaseWrapper = connection) -> dict[str, Head]:
    """Return the head of every group as the live database has it now."""
    with live.cursor() as cursor:
        cursor.execute(HEADS)
        return _heads(cursor.fetchall())


def _heads(rows: Iterable[tuple[Any, str, int, str]]) -> dict[str, Head]:
    # SQLite keeps a UUID as 32 letters without hyphens, PostgreSQL gives one with them.
    return {str(uuid).replace("-", ""): Head(code, n, found) for uuid, code, n, found in rows}


class SqliteEngine:
    """One file, copied page by page by SQLite's own online backup while others write."""

    name = "sqlite"

    def __init__(self, live: BaseDatabaseWrapper) -> None:
        self.live = live

    def dump(self, target: Path) -> dict[str, Head]:
        self.live.ensure_connection()
        name = self.live.settings_dict["NAME"]
        with closing(sqlite3.connect(name, timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        target.chmod(0o600)
        return self.inspect(target)

    def inspect(self, dump: Path) -> dict[str, Head]:
        try:
            with closing(sqlite3.connect(f"{dump.as_uri()}?mode=ro", uri=True)) as copy:
                if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise BackupFailed("SQLite finds the copy damaged")
                return _heads(copy.execute(HEADS).fetchall())
        except sqlite3.DatabaseError as problem:
            raise BackupDamaged(f"the copy is no database of Satcha: {problem}") from None

    def load(self, dump: Path) -> None:
        self.live.ensure_connection()
        with closing(sqlite3.connect(dump)) as source:
            source.backup(self.live.connection)
        self.live.close()  # the next connection sets the journal mode that the books need


class PostgresqlEngine:
    """pg_dump's own format, taken from one snapshot together with the heads."""

    name = "postgresql"

    def __init__(self, live: BaseDatabaseWrapper) -> None:
        self.live = live

    def dump(self, target: Path) -> dict[str, Head]:
        with self._snapshot() as (snapshot, heads):
            self._run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        target.chmod(0o600)
        return heads

    def inspect(self, dump: Path) -> None:
        done = subprocess.run([_program("pg_restore"), "--list", dump], capture_output=True, text=True, check=False)
        if done.returncode != 0 or "funds_entry" not in done.stdout:
            raise BackupDamaged(f"pg_restore cannot read the copy: {done.stderr.strip()}")

    def load(self, dump: Path) -> None:
        self._run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={self._name}", dump)

    @property
    def _name(self) -> str:
        return str(self.live.settings_dict["NAME"])

    @contextmanager
    def _snapshot(self) -> Iterator[tuple[str, dict[str, Head]]]:
        """Hold one state of the database open: its name for pg_dump, and its heads."""
        second = self.live.copy()
        try:
            second.set_autocommit(True)
            with second.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                [name] = cursor.fetchone()
                cursor.execute(HEADS)
                yield name, _heads(cursor.fetchall())
        finally:
            second.close()

    def _run(self, program: str, *arguments: str | Path) -> None:
        found = self.live.settings_dict
        # The password goes by the environment: a command line is open for everybody on the machine to read.
        login = {"PGDATABASE": found["NAME"], "PGUSER": found["USER"], "PGPASSWORD": found["PASSWORD"]}
        login |= {"PGHOST": found["HOST"] or found["OPTIONS"].get("host"), "PGPORT": str(found["PORT"])}
        login |= {"PGSSLMODE": found["OPTIONS"].get("sslmode"), "PGSSLROOTCERT": found["OPTIONS"].get("sslrootcert")}
        environment = {**os.environ, **{name: value for name, value in login.items() if value}}
        done = subprocess.run(
            [_program(program), *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise BackupFailed(f"{program}: {done.stderr.strip()}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupFailed(MISSING_PROGRAM.format(name))
    return found
