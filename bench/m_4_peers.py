"""Public peers: the same 200 deposits through their own documented calls, in their own environment (var/peers)."""

import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench import stage
from bench.table import Row, at_least, not_measured, told, typical_ms
from bench.table import measurement as measured

HERE = Path(__file__).parent / "peers"
GOALS = {"hordak": 20, "ledger": 150}
NAMES = {"hordak": "django-hordak", "ledger": "django-ledger"}
NO_SQLITE = {"hordak": "its migrations do not run on SQLite"}


class PeerFailed(RuntimeError):
    """A peer could not be installed or run here; the message says why."""


@measured
def peers() -> Iterator[Row]:
    """Time both on this engine, against our own batch of the same deposits."""
    cashier = stage.Cashier(stage.make_group("bench-peers"), 200)
    days = (stage.FIRST_DAY + timedelta(days=number) for number in range(300))
    ours = typical_ms(lambda: cashier.post(cashier.drafts(next(days))), times=30)
    yield told("200 deposits as one batch of post_entries", ours, "ms")
    for script, goal in GOALS.items():
        work = f"{NAMES[script]}, the same deposits in one atomic block, against it"
        try:
            theirs = _run(script)
        except PeerFailed as problem:
            yield not_measured(work, f">= {goal} x", str(problem))
            continue
        yield at_least(work, theirs / ours, goal, "x")
        yield told(f"  {NAMES[script]}", theirs, "ms")


def _run(script: str) -> float:
    if connection.vendor == "sqlite" and script in NO_SQLITE:
        raise PeerFailed(NO_SQLITE[script])
    python = _environment()
    with _database(script) as (name, surroundings):
        command = [str(python), str(HERE / f"{script}_deposits.py"), name]
        done = subprocess.run(command, env=os.environ | surroundings, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PeerFailed(f"it failed: {done.stderr.strip().splitlines()[-1][:80]}")
    return statistics.median(float(line) for line in done.stdout.split())


def _environment() -> Path:
    """Return the Python of the peers' environment, made when first needed."""
    folder = settings.BASE_DIR / "var" / "peers"
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = (HERE / "requirements.txt").read_text()
    if not (stamp.exists() and stamp.read_text() == wanted):
        install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
        for command in ([str(sys.executable), "-m", "venv", "--clear", str(folder)], install):
            if subprocess.run(command, capture_output=True, check=False).returncode != 0:
                raise PeerFailed("the peers could not be installed here")
        stamp.write_text(wanted)
    return python


@contextmanager
def _database(script: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give a peer a database of its own on the same engine."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="satcha-peer-") as folder:
            yield f"{folder}/peer.sqlite3", {}
        return
    found = connection.settings_dict
    name = f"peer_{script}_{uuid.uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield name, {"PGUSER": found["USER"], "PGHOST": found["HOST"], "PGPASSWORD": found["PASSWORD"]}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")
