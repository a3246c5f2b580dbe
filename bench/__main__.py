"""Run every measurement on the database of DATABASE_URL, which must be empty, and print the table."""

import importlib
import os
import pkgutil
import sys
import time

import django
from django.db import connection
from rich.console import Console
from rich.table import Table
from rich.traceback import Traceback

from bench.table import MEASUREMENTS, VERDICTS, Row

STYLES = {True: "green", False: "bold red", None: "dim"}


def main(wanted: list[str]) -> None:
    """Prepare the database, import the modules, measure, print. wanted: parts of modules' names, all if none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from bench import stage

    stage.prepare()
    import bench

    for module in pkgutil.iter_modules(bench.__path__, "bench."):
        if module.name.startswith("bench.m_") and (not wanted or any(part in module.name for part in wanted)):
            importlib.import_module(module.name)
    rows: list[Row] = []
    failed: list[str] = []
    console = Console(width=None if sys.stdout.isatty() else 140)
    for measure in MEASUREMENTS:
        name = f"{measure.__module__}.{measure.__name__}"
        started = time.perf_counter()
        try:
            rows.extend(measure())
        except Exception as problem:  # noqa: BLE001 - the others are measured all the same; the run then ends as failed
            failed.append(name)
            rows.append(Row(name, f"failed: {type(problem).__name__}", "", ok=None))
            console.print(Traceback())
            connection.close()
        console.print(f"  {name}: {time.perf_counter() - started:.1f} s", style="dim")
    console.print(_table(rows, stage.engine_name()))
    reached = sum(row.ok is True for row in rows)
    console.print(f"{reached} of {sum(row.ok is not None for row in rows)} goals reached on {stage.engine_name()}")
    if failed:
        sys.exit(f"Could not be measured: {', '.join(failed)}")


def _table(rows: list[Row], engine: str) -> Table:
    table = Table(title=engine, title_justify="left")
    table.add_column("work", overflow="fold")
    table.add_column("figure", justify="right", overflow="fold")
    table.add_column("goal", justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        table.add_row(row.work, row.figure, row.goal, VERDICTS[row.ok], style=STYLES[row.ok])
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
