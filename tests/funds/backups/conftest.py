"""A village's books, two places for backups, and an empty database to restore into."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.funds.conftest import Books

ROOT = Path(__file__).resolve().parent.parent.parent.parent


KEY = bytes(range(1, 33))


@pytest.fixture
def places(settings, tmp_path):
    """A folder for backups and a second place."""
    settings.BACKUP_DIR, settings.BACKUP_SECOND = tmp_path / "first", tmp_path / "second"
    settings.BACKUP_SECOND.mkdir()
    settings.BACKUP_KEY, settings.BACKUP_KEEP = KEY, 3
    return settings


@pytest.fixture
def village_books(books: Books, other_books: Books, places) -> Books:
    """Two groups with a little history."""
    books.receive()
    books.receive(satang=500_00, holder="0002")
    books.pay_back()
    books.close(operating=600_00)
    other_books.receive(satang=300_00)
    return books


@pytest.fixture
def empty_database(database_url, tmp_path):
    """The address of an empty database of the same engine."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield f"{database_url.rpartition('/')[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py on another database, as another machine would."""
    import base64

    environment = os.environ | {"DATABASE_URL": url, "SATCHA_BACKUP_KEY": base64.b64encode(KEY).decode()}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def heads_in(url: str) -> dict[str, list[object]]:
    """Read the heads of another database."""
    code = (
        "import json, django; django.setup()\n"
        "from funds.backup.engines import live_heads\n"
        "print(json.dumps({head.code: [head.n, head.hash] for head in live_heads().values()}))\n"
    )
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found
