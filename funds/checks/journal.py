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
from funds.checks.quick import QuickWay
from funds.checks.rows import AccountsRead, EntryRow, PostingRow, read_columns, with_accounts
from funds.checks.state import Effect, Pass, effect_of, number_of
from funds.findings import Finding
from members.models import SavingsGroup


def check_journal(group: SavingsGroup, *, quick_way: bool = True) -> Iterator[Finding]:
    """I1, I2, I4 to I7, I9 to I11: chain, balance, people, locks, reversals, floors.

    quick_way: False looks at every entry in full; what is found is the same.
    """
    state = Pass.before(group)
    floors = FloorWatch(state)
    quick = QuickWay(state, floors)
    accounts = AccountsRead({account: (group.pk, *said) for account, said in state.codes.items()})
    for columns, lines in read_columns(group):
        if quick_way and quick.passes(columns, lines):
            continue
        entry, postings = EntryRow._make(columns), with_accounts(lines, accounts)
        kind, effect = _kind(entry.kind), effect_of(postings)
        found = [
            Finding(rule, number_of(entry.id), text) for rule, text in _faults(state, entry, postings, kind, effect)
        ]
        found += floors.look_at(entry, effect.moved)
        yield from found
        state.go_on(entry, postings, kind, effect)
        quick.follow(entry, kind, effect, is_sound=not found)
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
