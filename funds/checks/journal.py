"""One pass over a group's journal, from the rows alone: everything that one entry can break."""

from collections.abc import Iterator
from functools import lru_cache

from funds import kinds
from funds.checks.effects import FloorWatch, declaration_faults, pool_faults, reversal_faults
from funds.checks.entries import (
    Fault,
    dates_faults,
    number_and_chain_faults,
    people_faults,
    postings_faults,
)
from funds.checks.rows import EntryRow, PostingRow, read_journal
from funds.checks.state import Effect, Pass, effect_of, number_of
from funds.findings import Finding
from members.models import SavingsGroup


def check_journal(group: SavingsGroup) -> Iterator[Finding]:
    """I1, I2, I4 to I7, I9 to I11: chain, balance, people, locks, reversals, floors."""
    state = Pass.before(group)
    floors = FloorWatch(state)
    for entry, postings in read_journal(group):
        kind, effect = _kind(entry.kind), effect_of(postings)
        for rule, text in _faults(state, entry, postings, kind, effect):
            yield Finding(rule, number_of(entry.id), text)
        yield from floors.look_at(entry, effect.moved)
        state.go_on(entry, postings, kind, effect)
    yield from floors.finish()


@lru_cache(maxsize=256)
def _kind(name: str) -> kinds.Kind | None:
    return kinds.kind_of(name) if kinds.is_kind(name) else None


def _faults(
    state: Pass, entry: EntryRow, postings: list[PostingRow], kind: kinds.Kind | None, effect: Effect
) -> Iterator[Fault]:
    yield from number_and_chain_faults(state, entry, postings)
    if kind is None:
        yield "I1", f"kind {entry.kind!r} is unknown"
        return
    yield from postings_faults(state, entry, postings, kind)
    yield from people_faults(entry, effect, kind)
    yield from dates_faults(state, entry, effect, kind)
    if entry.reverses_id is not None or kind.name == "reversal":
        yield from reversal_faults(state, entry, effect.moved, kind)
    yield from pool_faults(state, entry, effect, kind)
    if entry.declared != "{}":
        yield from declaration_faults(state, entry)
