"""The journal: what its guards cost, how it grows, what a balance costs after thirty years."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db import connection, transaction

from bench import stage
from bench.table import Row, at_most, milliseconds, told, typical, typical_ms
from bench.table import measurement as measured
from funds.balances import read_head
from funds.guards import drop_guards, install_guards
from funds.journal.drafts import people_of
from funds.journal.gate import operations_of
from funds.journal.seal import Sealed, seal
from funds.journal.writers import write
from funds.selectors import balance

DAY = date(2026, 1, 5)
GUARD_LIMIT = {"postgresql": 1.5, "sqlite": 3.0}


@measured
def guarded_write() -> Iterator[Row]:
    """Write 200 sealed deposits with every guard, and with none: the same statement, the same commit."""
    cashier = stage.Cashier(stage.make_group("bench-guards"), 200)
    guarded: list[float] = []
    bare: list[float] = []
    for _ in range(6):  # in turns, so that a disturbance meets both
        install_guards(connection)
        guarded += [_write_once(cashier) for _ in range(8)][2:]
        drop_guards(connection)
        bare += [_write_once(cashier) for _ in range(8)][2:]
    install_guards(connection)
    ratio = typical(guarded) / typical(bare)
    limit = GUARD_LIMIT[connection.vendor]
    yield at_most("200 deposits written under all guards, against the same without", ratio, limit, "x")
    yield told("  the guarded write in the database", typical(guarded), "ms")


def _write_once(cashier: stage.Cashier) -> float:
    drafts = cashier.drafts(DAY)
    operations = operations_of(drafts, drafts[-1].operation or uuid.uuid4())
    people = [people_of(draft) for draft in drafts]
    sealed = seal(cashier.group, drafts, people, operations, read_head(cashier.group))
    return milliseconds(partial(_write, cashier, sealed))


def _write(cashier: stage.Cashier, sealed: list[Sealed]) -> None:
    with transaction.atomic():
        write(connection, cashier.group.pk, sealed)


@measured
def whole_batch() -> Iterator[Row]:
    """The gate as the close calls it: locks, checks, hashes, write, commit."""
    cashier = stage.Cashier(stage.make_group("bench-close"), 200)
    days = (DAY + timedelta(days=number) for number in range(200))
    batch = typical_ms(lambda: cashier.meeting(next(days)))
    yield at_most("close of 200 deposits through the gate, checks and chain included", batch, 30, "ms")


@measured
def growth() -> Iterator[Row]:
    """Ten times the deposits take ten times the time: nothing in a post looks at history.

    One group, a hundred meetings; each ten of them count by their typical time, so that a disturbance does not.
    """
    cashier = stage.Cashier(stage.make_group("bench-growth"), 200)
    single = [milliseconds(partial(cashier.meeting, DAY + timedelta(days=number))) for number in range(105)][5:]
    tens = [typical(single[start : start + 10]) for start in range(0, 100, 10)]
    yield at_most("time(20,000 deposits) / time(2,000)", sum(tens) / tens[0], 11, "x")
    yield told("  20,000 deposits in meetings of 200", sum(single) / 1000, "s")


@measured
def balance_after_thirty_years() -> Iterator[Row]:
    """The cash balance as of a day long ago, against today's; every year closed with its opening rows."""
    group = stage.make_group("bench-years", since=date(1996, 1, 1))
    cashier = stage.Cashier(group, 40)
    for year in range(1996, 2026):
        for month in range(1, 13):
            cashier.meeting(date(year, month, 5))
        stage.close_year(group, year)
    for month in range(1, 11):
        cashier.meeting(date(2026, month, 5))
    stage.analyse()
    days = [date(year, month, 20) for year in range(1997, 2026, 4) for month in (2, 7, 11)]
    now = typical_ms(lambda: balance(cashier.cash), times=50)
    ago = max(typical_ms(partial(balance, cashier.cash, day), times=20) for day in days)
    yield at_most("cash balance as of any day, 30 years of history, against today's", ago / now, 6, "x")
    yield told("  the slowest of them", ago, "ms")
    own = max(typical_ms(partial(balance, cashier.savings[7], day), times=10) for day in days)
    yield told("  a member's balance as of any day", own, "ms")
