"""What an entry does to the books: what it undoes, which pool's money it moves, where it leaves a balance."""

import json
from collections.abc import Iterator
from uuid import UUID

from funds import chart, kinds
from funds.checks.entries import Fault
from funds.checks.rows import EntryRow
from funds.checks.state import Effect, Pass, number_of
from funds.findings import Finding
from funds.journal.reversals import replacement_operation
from funds.models import entry_id


def reversal_faults(state: Pass, entry: EntryRow, moved: dict[int, int], kind: kinds.Kind) -> Iterator[Fault]:
    """I1: an entry is undone once, account by account, by the kind that its year asks for."""
    if entry.reverses_id is None:
        yield "I1", "reverses nothing"
        return
    n = number_of(entry.reverses_id)
    original = state.entries.get(n)
    undoes = kind.name in ("reversal", "prior_year") and entry.reverses_id == entry_id(state.group.pk, n)
    if not undoes or original is None:
        yield "I1", f"cannot reverse entry {n}"
        return
    if n in state.undone:
        yield "I1", f"entry {n} was already reversed by entry {state.undone[n]}"
    if original.kind is not None and not original.kind.reversible:
        yield "I1", f"entry {n} cannot be reversed"
    mirrored = _mapped(state, original.moved, to_profit=kind.name == "prior_year")
    for key, amount in _mapped(state, moved, to_profit=False).items():
        mirrored[key] = mirrored.get(key, 0) + amount
    if any(mirrored.values()):
        yield "I1", f"does not mirror entry {n}"
    touched_result = any(_is_result(state.codes.get(account, ("", ""))[0]) for account in original.moved)
    if (kind.name == "prior_year") != (touched_result and original.booked_on <= state.locked):
        yield "I10", f"corrects entry {n} in the wrong way for its year"


def _is_result(code: str) -> bool:
    return chart.is_account(code) and chart.type_of(code) >= chart.Type.INCOME


def _mapped(state: Pass, moved: dict[int, int], *, to_profit: bool) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for account, amount in moved.items():
        code, holder = state.codes.get(account, ("", str(account)))
        if to_profit and _is_result(code):
            code, holder = chart.profit_account(code), ""
        sums[code, holder] = sums.get((code, holder), 0) + amount
    return sums


def pool_faults(state: Pass, entry: EntryRow, effect: Effect, kind: kinds.Kind) -> Iterator[Fault]:
    """I2: money changes its pool only by the kinds that may."""
    if kind.between_pools or _undoes_a_crossing(state, entry):
        return
    if effect.crosses or effect.operating * effect.administrative < 0:
        yield "I2", f"moves money between the pools as a {kind.name}"


def _undoes_a_crossing(state: Pass, entry: EntryRow) -> bool:
    original = None if entry.reverses_id is None else state.entries.get(number_of(entry.reverses_id))
    return original is not None and original.kind is not None and original.kind.between_pools


class FloorWatch:
    """I9: no balance below its floor; a reversal that is replaced at once is looked at with its replacement."""

    def __init__(self, state: Pass) -> None:
        self.state = state
        self.n = 0
        self.replaced_by = ""
        self.neared: set[int] = set()
        floors = {account: _floor_of(code) for account, (code, _) in state.codes.items()}
        self.sides = {account: floor.value for account, floor in floors.items()}

    def look_at(self, entry: EntryRow, moved: dict[int, int]) -> Iterator[Finding]:
        """Look before the entry is taken over: at what the one before left waiting, and at what this one leaves."""
        if self.neared and entry.operation != self.replaced_by:
            yield from self.finish()
        self.n = number_of(entry.id)
        for account, amount in moved.items():
            if amount * self.sides.get(account, 0) < 0:
                self.neared.add(account)
        self.replaced_by = replacement_operation(UUID(entry.operation)).hex if entry.kind == "reversal" else ""
        if self.neared and not self.replaced_by:
            yield from self._below(moved)

    def finish(self) -> Iterator[Finding]:
        """Look at what still waits for a replacement that did not come."""
        yield from self._below({})
        self.replaced_by = ""

    def _below(self, moved: dict[int, int]) -> Iterator[Finding]:
        for account in sorted(self.neared):
            if (self.state.balances.get(account, 0) + moved.get(account, 0)) * self.sides[account] < 0:
                name = " ".join(self.state.codes[account]).rstrip()
                yield Finding("I9", self.n, f"takes {name} below its floor")
        self.neared = set()


def _floor_of(code: str) -> chart.Floor:
    return chart.head_of(code).floor if chart.is_account(code) else chart.Floor.FREE


def declaration_faults(state: Pass, entry: EntryRow) -> Iterator[Fault]:
    """I4: the counted cash is what the books say of that day."""
    if entry.declared == "{}":
        return
    for code, amount in json.loads(entry.declared).items():
        booked = sum(moved for (name, day), moved in state.cash.items() if name == code and day <= entry.booked_on)
        if booked != amount:
            yield "I4", f"declares {amount} in {code}, the books say {booked}"
