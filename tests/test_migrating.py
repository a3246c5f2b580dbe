"""The database of the tests, migrated quickly, is the one that an installation migrates."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection

from tests.funds.backups.conftest import empty_database, manage

__all__ = ["empty_database"]


def schema_of(url: str) -> list[str]:
    """Every table, index, view, function and trigger as the engine writes it down, sorted."""
    if connection.vendor == "sqlite":
        import sqlite3

        path = Path(url.removeprefix("sqlite:///"))
        with sqlite3.connect(path) as file:
            return sorted(str(row) for row in file.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    address = urlsplit(url)
    place = ["-h", unquote(address.hostname or ""), "-U", address.username or "", address.path.strip("/")]
    port = ["-p", str(address.port)] if address.port else []
    environment = os.environ | {"PGPASSWORD": address.password or ""}
    done = subprocess.run(
        ["pg_dump", "--schema-only", *port, *place],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sorted(line for line in done.stdout.splitlines() if not line.startswith("\\"))  # a key drawn by each dump


@pytest.mark.slow
def test_a_database_migrated_quickly_is_the_one_that_migrate_makes(database_url, empty_database):
    done = manage(empty_database, "migrate")
    assert done.returncode == 0, done.stderr
    assert len(schema_of(database_url)) > 300
    assert schema_of(database_url) == schema_of(empty_database)
