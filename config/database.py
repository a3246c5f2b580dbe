"""Turn DATABASE_URL into Django's database settings, with what the books need of each engine.

SQLite: IMMEDIATE transactions are the book lock there, WAL lets readers go on, FULL keeps the last commits through a
power loss. PostgreSQL: READ COMMITTED, because under REPEATABLE READ the book-row lock gives false safety.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from config.env import BadSetting

SQLITE_PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "cache_size": -65536,  # KiB: a 500-member close on a large file took 45 ms without, 29 ms with it
}
READ_COMMITTED = 1  # psycopg2's number for it
SCHEMES = {"sqlite": "sqlite", "postgres": "postgresql", "postgresql": "postgresql"}


def database_settings(url: str) -> dict[str, Any]:
    """Return the settings of the one database; refuse what is neither an SQLite file nor a PostgreSQL database."""
    scheme = urlsplit(url).scheme
    if scheme not in SCHEMES:
        raise BadSetting("DATABASE_URL", "must begin with sqlite:// or postgres://")
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, ValueError):
        raise BadSetting("DATABASE_URL", "cannot be read as an address of a database") from None
    if not settings.get("NAME"):
        raise BadSetting("DATABASE_URL", "names no database")
    return _sqlite(settings) if SCHEMES[scheme] == "sqlite" else _postgresql(settings)


def _sqlite(settings: dict[str, Any]) -> dict[str, Any]:
    if settings.get("OPTIONS") or settings.get("HOST"):
        raise BadSetting("DATABASE_URL", "takes a path alone for SQLite, as in sqlite:////srv/satcha/satcha.sqlite3")
    if settings["NAME"] == ":memory:":
        raise BadSetting("DATABASE_URL", "must name a file: books in memory are gone at the next start")
    Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in SQLITE_PRAGMAS.items()),
    }
    return settings | {"OPTIONS": options, "CONN_MAX_AGE": None, "ATOMIC_REQUESTS": False}


def _postgresql(settings: dict[str, Any]) -> dict[str, Any]:
    options = settings.get("OPTIONS", {}) | {"isolation_level": READ_COMMITTED}
    # A page's queries run for milliseconds; to compile one takes longer than to run it. What the address says wins.
    options["options"] = f"-c jit=off {options.get('options', '')}".rstrip()
    return settings | {
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
