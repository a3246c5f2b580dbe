"""The rows of the table: what was done, what it came to, what it should come to."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from bench.peers.clock import processor_seconds

Measurement = Callable[[], "Iterator[Row]"]
MEASUREMENTS: list[Measurement] = []
VERDICTS = {True: "ok", False: "MISSED", None: "-"}


@dataclass(frozen=True)
class Row:
    """One line. ok is None where there is nothing to reach or the measurement could not be made; figure says why."""

    work: str
    figure: str
    goal: str
    ok: bool | None


def measurement(function: Measurement) -> Measurement:
    """Add a function's rows to the table."""
    MEASUREMENTS.append(function)
    return function


def at_most(work: str, value: float, limit: float, unit: str) -> Row:
    """A row whose value must not exceed its limit."""
    return Row(work, f"{value:,.2f} {unit}", f"<= {limit:g} {unit}", value <= limit)


def at_least(work: str, value: float, limit: float, unit: str) -> Row:
    """A row whose value must reach its limit."""
    return Row(work, f"{value:,.1f} {unit}", f">= {limit:g} {unit}", value >= limit)


def told(work: str, value: float, unit: str) -> Row:
    """A row for scale, without a goal."""
    return Row(work, f"{value:,.2f} {unit}", "", None)


def not_measured(work: str, goal: str, why: str) -> Row:
    """A row that says openly why there is no figure."""
    return Row(work, f"not measured: {why}", goal, None)


def worked() -> float:
    """Seconds of processor time so far, of this process and of the database's that serves it."""
    connection.ensure_connection()
    return processor_seconds(connection.connection.info.backend_pid if connection.vendor == "postgresql" else None)


def milliseconds(function: Callable[[], object]) -> float:
    """Run once and return the processor time it took."""
    started = worked()
    function()
    return (worked() - started) * 1000


def typical(samples: Sequence[float]) -> float:
    """The lower quartile: what a run takes when nothing else on the machine disturbs its caches."""
    return statistics.quantiles(samples, n=4)[0]


def typical_ms(function: Callable[[], object], *, times: int = 15, warm_up: int = 2) -> float:
    """Run several times and return the typical time."""
    for _ in range(warm_up):
        function()
    return typical([milliseconds(function) for _ in range(times)])


def p95_ms(function: Callable[[], object], *, times: int = 20) -> float:
    """Run several times and return the time that 19 of 20 runs stay below."""
    function()
    return sorted(milliseconds(function) for _ in range(times))[int(times * 0.95) - 1]
