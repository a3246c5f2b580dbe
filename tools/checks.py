"""Run what proves Satcha, step by step, and say at the end what failed.

usage: python tools/checks.py lint|test|rest|slow|long|bench ...

Every test run happens twice, on SQLite and on a throw-away PostgreSQL. A missing browser or PostgreSQL is a failure
with the line that installs it, never a skipped test.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import browser, messages, postgres  # noqa: E402

BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
# For two cores: a third worker where most wait for their browser; on PostgreSQL, which works beside them, it costs more
# (it too collects all tests, makes a database, builds its scenes) than the waiting that it fills.
WORKERS = ("3", "2")
GROUPED = ["--dist", "loadgroup"]
# Asked on the first engine alone: what touches no database (the tests find that out by themselves, tests/conftest.py),
# and in the quick run what pages show, what is marked `once`, and the browser's walks but that of the whole meeting.
# CI asks the second engine for these as well (`rest`). Why: docs/adr/0015-what-runs-on-both-engines.md.
OF_AN_ENGINE = "not engine_free"
LEFT_OUT = "(pages or once or (browser and not journey))"
CODE = ["config", "tools", "tests", "bench", "manage.py", *messages.app_names(ROOT)]


@dataclass(frozen=True)
class Step:
    """One command, what it proves, and the environment that it needs besides."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def lint_steps() -> Iterator[Step]:
    """Yield the checks that read the code without running it."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    yield Step("ruff", [str(BIN / "ruff"), "check", "--quiet", "."])
    yield Step("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."])
    yield Step("mypy", [str(BIN / "mypy"), "--no-error-summary", *CODE])
    yield Step("layers", [str(BIN / "lint-imports"), "--no-cache"])
    yield Step("djade", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates])
    yield Step("djlint", [str(BIN / "djlint"), "--lint", "--quiet", "templates"])
    yield Step("translations", [sys.executable, "tools/messages.py", "check"])
    yield Step("architecture", [*PYTEST, "tests/test_architecture.py"])


def test_steps(databases: dict[str, dict[str, str]], *, marks: str, profile: str) -> Iterator[Step]:
    """Yield the test run of each engine; the second leaves out what the first has said for both."""
    for place, (engine, environment) in enumerate(databases.items()):
        chosen = [marks] if marks else []
        if place:
            chosen += [OF_AN_ENGINE, *([f"not {LEFT_OUT}"] if profile == "quick" else [])]
        selection = ["-m", " and ".join(chosen)] if chosen else []
        yield Step(
            f"tests on {engine}",
            [*PYTEST, "-n", WORKERS[place], *GROUPED, *selection, "tests"],
            environment | {"HYPOTHESIS_PROFILE": profile},
        )


def rest_steps(databases: dict[str, dict[str, str]]) -> Iterator[Step]:
    """Yield what the quick run leaves out on the second engine; much of it waits for a browser, so three workers."""
    _first, (engine, environment) = databases.items()
    selection = f"not slow and {OF_AN_ENGINE} and {LEFT_OUT}"
    yield Step(
        f"the rest of the tests on {engine}",
        [*PYTEST, "-n", WORKERS[0], *GROUPED, "-m", selection, "tests"],
        environment | {"HYPOTHESIS_PROFILE": "quick"},
    )


def run_steps(names: list[str]) -> list[str]:
    """Run the named stages, all of them whatever fails, and return the names of the steps that failed."""
    failed: list[str] = []
    with ExitStack() as stack:
        databases: dict[str, dict[str, str]] = {}
        if set(names) - {"lint"}:
            browser.install_chromium()
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="satcha-"))
            databases = {
                "SQLite": {"DATABASE_URL": f"sqlite:///{folder}/satcha.sqlite3"},
                "PostgreSQL": postgres.surroundings(stack.enter_context(postgres.throwaway_cluster())),
            }
            databases = {engine: environment | compiled_into(folder) for engine, environment in databases.items()}
        for step in [step for name in names for step in _steps(name, databases)]:
            started = time.monotonic()
            print(f"\n=== {step.name}", flush=True)
            code = subprocess.call(step.command, cwd=ROOT, env=os.environ | step.environment)
            print(f"=== {step.name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.0f} s", flush=True)
            if code != 0:
                failed.append(step.name)
    return failed


def compiled_into(folder: str) -> dict[str, str]:
    """Keep what Python compiles in a folder that goes with the run, also where the machine forbids it beside the code.

    Without it every worker, and every child that a test starts, compiles all tests and all of Satcha anew.
    """
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}


def _steps(name: str, databases: dict[str, dict[str, str]]) -> Iterator[Step]:
    match name:
        case "lint":
            yield from lint_steps()
        case "test":
            yield from test_steps(databases, marks="not slow", profile="quick")
        case "rest":
            yield from rest_steps(databases)
        case "slow":
            yield from test_steps(databases, marks="slow", profile="long")
        case "long":
            yield from test_steps(databases, marks="", profile="long")
        case "bench":
            for engine, environment in databases.items():
                yield Step(f"bench on {engine}", [sys.executable, "-m", "bench"], environment)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        broken = run_steps(sys.argv[1:] or sys.exit(__doc__))
    except (postgres.PostgresMissing, browser.BrowserMissing) as missing:
        sys.exit(str(missing))
    if broken:
        sys.exit(f"\nFailed: {', '.join(broken)}")
    print("\nAll passed.")
