"""Propose which lines of a bank book are which entries: by amount, by day, by the number on the slip.

Pure and repeatable: the same lines and postings give the same proposals, each line and posting at most once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

WINDOW_DAYS = 7
SHORTEST_SLIP = 3


@dataclass(frozen=True)
class OpenLine:
    """A line of the bank book that is matched with nothing yet; in > 0, out < 0."""

    pk: int
    on: date
    words: str
    satang: int


@dataclass(frozen=True)
class OpenPosting:
    """A posting on the bank's accounts that is matched with nothing yet; debit > 0, credit < 0."""

    entry: int
    line: int
    on: date
    satang: int
    slip: str = ""
    reverses: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What names it."""
        return self.entry, self.line


@dataclass(frozen=True)
class Proposal:
    """Lines and postings that look like the same money; `by_slip` where the slip's number says so as well."""

    lines: tuple[OpenLine, ...]
    postings: tuple[OpenPosting, ...]
    by_slip: bool = False
    undone: bool = False

    @property
    def satang(self) -> int:
        """What the lines add up to; nought for entries that undo each other."""
        return sum(line.satang for line in self.lines)

    @property
    def days(self) -> int:
        """How many days lie between book and ledger."""
        return abs((self.lines[0].on - self.postings[0].on).days) if self.lines else 0


def propose(lines: Sequence[OpenLine], postings: Sequence[OpenPosting]) -> list[Proposal]:
    """The best proposals first found: the slip's number, then the nearest day, then the fewest postings."""
    found = list(_undone(postings))
    used = {posting.key for proposal in found for posting in proposal.postings}
    bundles = defaultdict(list)
    for bundle in _bundles([each for each in postings if each.key not in used]):
        bundles[sum(each.satang for each in bundle)].append(bundle)
    wished = []
    for line in lines:
        for bundle in bundles[line.satang]:
            days = abs((line.on - bundle[0].on).days)
            if days <= WINDOW_DAYS:
                by_slip = any(slip_in(each.slip, line.words) for each in bundle)
                wished.append((not by_slip, days, len(bundle), line.on, line.pk, bundle))
    taken: set[int] = set()
    by_pk = {line.pk: line for line in lines}
    for not_by_slip, _days, _count, _on, pk, bundle in sorted(wished, key=lambda wish: (*wish[:5], wish[5][0].key)):
        if pk in taken or any(each.key in used for each in bundle):
            continue
        taken.add(pk)
        used |= {each.key for each in bundle}
        found.append(Proposal((by_pk[pk],), bundle, by_slip=not not_by_slip))
    return sorted(found, key=lambda each: (each.postings[0].on, each.postings[0].key))


def slip_in(slip: str, words: str) -> bool:
    """Whether a slip's number stands in the words of a line."""
    plain = "".join(letter for letter in slip if letter.isalnum()).lower()
    return len(plain) >= SHORTEST_SLIP and plain in "".join(letter for letter in words if letter.isalnum()).lower()


def _undone(postings: Sequence[OpenPosting]) -> Iterator[Proposal]:
    """An entry and the one that undoes it never reach the bank."""
    by_entry = _by_entry(postings)
    for _entry, undoing in sorted(by_entry.items()):
        original = by_entry.get(undoing[0].reverses or 0)
        if original and sum(each.satang for each in (*original, *undoing)) == 0:
            yield Proposal((), (*original, *undoing), undone=True)


def _bundles(postings: Sequence[OpenPosting]) -> Iterator[tuple[OpenPosting, ...]]:
    """What one line may be: a posting, an entry in both pools, all entries of one slip."""
    by_entry = _by_entry(postings)
    by_slip: dict[tuple[str, date], list[OpenPosting]] = defaultdict(list)
    for bundle in by_entry.values():
        yield tuple(bundle)
        if len(bundle) > 1:
            yield from ((each,) for each in bundle)
        if bundle[0].slip:
            by_slip[bundle[0].slip, bundle[0].on] += bundle
    for bundle in by_slip.values():
        if len({each.entry for each in bundle}) > 1:
            yield tuple(bundle)


def _by_entry(postings: Sequence[OpenPosting]) -> dict[int, list[OpenPosting]]:
    found: dict[int, list[OpenPosting]] = defaultdict(list)
    for posting in sorted(postings, key=lambda each: each.key):
        found[posting.entry].append(posting)
    return dict(found)
