"""What an entry must be by itself, and after the one before it: number, chain, lines, people, dates."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from django.utils import timezone

from funds import chart, kinds
from funds.checks.rows import EntryRow, PostingRow
from funds.checks.state import Effect, Pass, number_of
from funds.journal.drafts import CODE_FORM
from funds.journal.locks import opening_day

Fault = tuple[str, str]
OPERATION_FORM = re.compile(r"[0-9a-f]{32}")


def number_and_chain_faults(state: Pass, entry: EntryRow, postings: list[PostingRow]) -> Iterator[Fault]:
    """I5, I6, I7: the next number, the hash of the entry before, its own hash, its own operation."""
    n = number_of(entry.id)
    if n != state.n + 1:
        yield "I5", f"numbers {state.n + 1} to {n - 1} are missing"
    if entry.n != n or entry.group_id != state.group.pk:
        yield "I5", f"says number {entry.n} of group {entry.group_id}"
    if entry.prev != state.head:
        yield "I6", "does not continue the entry before"
    if _hash_of(state, entry, postings) != entry.hash:
        yield "I6", "its content does not match its hash"
    if entry.recorded_at < state.recorded_at:
        yield "I6", "was recorded before the entry before"
    if OPERATION_FORM.fullmatch(entry.operation) is None:
        yield "I7", "its operation has not the form of one"
    if entry.operation in state.seen:
        yield "I7", "repeats an operation"


def _hash_of(state: Pass, entry: EntryRow, postings: list[PostingRow]) -> str | None:
    try:
        return entry.rebuilt_hash(state.uuid, postings)
    except (ValueError, TypeError):  # declared balances that are no JSON, an account that is none
        return None


def postings_faults(state: Pass, entry: EntryRow, postings: list[PostingRow], kind: kinds.Kind) -> Iterator[Fault]:
    """I1: as many lines as declared, of its group and day, on accounts of its group, in balance."""
    count = len(postings)
    in_order = True
    sums: dict[str, int] = {}
    group, day = entry.id >> 32, entry.booked_on
    for place, row in enumerate(postings, 1):
        in_order = in_order and row.line == place
        if row.group_id != group or row.booked_on != day:
            yield "I1", f"line {row.line} says group {row.group_id}, {row.booked_on}"
        if row.code is None or row.owner != group:
            yield "I1", f"line {row.line} stands on account {row.account_id}, which is not the group's"
            continue
        unit = _unit(row.code)
        sums[unit] = sums.get(unit, 0) + row.amount
    if entry.lines != count or not in_order:
        yield "I1", f"declares {entry.lines} lines, has {[row.line for row in postings]}"
    if not kind.lines.allow(count):
        yield "I1", f"a {kind.name} with {count} lines"
    for unit, difference in sums.items():
        if difference:
            yield "I1", f"differs by {difference} in unit {unit}"


_unit = lru_cache(maxsize=1024)(chart.unit_of)


def people_faults(entry: EntryRow, effect: Effect, kind: kinds.Kind) -> Iterator[Fault]:
    """I11: two people where money leaves or something is undone, written as the format says."""
    yield from _codes_faults(entry.maker, entry.approvers)
    if entry.approvers or kinds.is_from_paper(entry.kind):
        return
    if kind.two_people or effect.money_falls:
        yield "I11", "nobody approved it"


@lru_cache(maxsize=1024)
def _codes_faults(maker: str, approving: str) -> tuple[Fault, ...]:
    approvers = approving.split(",") if approving else []
    found: list[Fault] = []
    if approvers != sorted(set(approvers)) or not all(CODE_FORM.fullmatch(code) for code in (maker, *approvers)):
        found.append(("I11", "persons' codes are not as the format says"))
    if maker in approvers:
        found.append(("I11", "its maker approved it"))
    return tuple(found)


def dates_faults(state: Pass, entry: EntryRow, effect: Effect, kind: kinds.Kind) -> Iterator[Fault]:
    """I10: nothing in a locked period, lock dates carried on, the opening first."""
    if entry.booked_on > _bangkok_day(entry.recorded_at):
        yield "I10", "is dated after the day it was recorded"
    if entry.booked_on <= state.locked:
        yield "I10", f"is dated {entry.booked_on}, the books are closed through {state.locked}"
    if (effect.touches_cash or kind.declares) and entry.booked_on <= state.declared:
        yield "I10", f"touches cash on {entry.booked_on}, declared through {state.declared}"
    if entry.locked_through != (entry.booked_on if kind.locks else state.locked):
        yield "I10", f"carries the lock {entry.locked_through}"
    if entry.declared_through != (entry.booked_on if kind.declares else state.declared):
        yield "I10", f"carries the declaration {entry.declared_through}"
    if kind.name == "opening":
        if state.opened or entry.booked_on != opening_day(state.group).isoformat():
            yield "I10", "is not the one opening of the day before the first account year"
    elif not state.opened and (kind.lines is not kinds.Lines.NONE or kind.declares):
        yield "I10", "stands before the opening"


@lru_cache(maxsize=64)
def _bangkok_day(recorded_at: str) -> str:
    try:
        moment = datetime.strptime(recorded_at, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return ""
    return timezone.localdate(moment).isoformat()
