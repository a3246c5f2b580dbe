"""What is known of a group's books while its journal is read from the first entry to the last."""

from dataclasses import dataclass, field
from typing import NamedTuple

from funds import chain, chart, kinds
from funds.checks.rows import EntryRow, PostingRow
from funds.models import Account, Entry, entry_id
from members.models import SavingsGroup

NEVER = "0001-01-01"
_MONEY, _CASH, _BETWEEN_POOLS = frozenset(chart.MONEY), frozenset(chart.CASH), frozenset(chart.BETWEEN_POOLS)
_OPERATING_MONEY = frozenset(code for code in chart.MONEY if chart.unit_of(code) == chart.OPERATING)


class Posted(NamedTuple):
    """What later entries need of an earlier one; kind is None where nobody knows it."""

    kind: kinds.Kind | None
    booked_on: str
    moved: dict[int, int]


class Effect(NamedTuple):
    """What the postings of an entry come to, reckoned once for all its checks."""

    moved: dict[int, int]  # by account id
    operating: int  # money of the pool: cash and bank
    administrative: int
    money_falls: bool
    touches_cash: bool
    crosses: bool  # stands on what one pool owes the other


def effect_of(postings: list[PostingRow]) -> Effect:
    """Reckon what an entry's postings do."""
    moved: dict[int, int] = {}
    operating = administrative = 0
    falls = cash = crosses = False
    for _, _, _, _, amount, account, _, code, _ in postings:
        moved[account] = moved.get(account, 0) + amount
        if code in _MONEY:
            if code in _OPERATING_MONEY:
                operating += amount
            else:
                administrative += amount
            falls = falls or amount < 0
            cash = cash or code in _CASH
        elif code in _BETWEEN_POOLS:
            crosses = True
    return Effect(moved, operating, administrative, falls, cash, crosses)


@dataclass
class Pass:
    """What is known of the books when the next entry is looked at."""

    group: SavingsGroup
    uuid: str = ""
    codes: dict[int, tuple[str, str]] = field(default_factory=dict)  # account id -> code, holder
    n: int = 0
    head: str = chain.NO_HASH
    recorded_at: str = ""
    locked: str = NEVER
    declared: str = NEVER
    opened: bool = False
    seen: set[str] = field(default_factory=set)  # operations
    undone: dict[int, int] = field(default_factory=dict)  # entry number -> number of its reversal
    reversed: frozenset[int] = frozenset()  # the numbers that some entry reverses
    entries: dict[int, Posted] = field(default_factory=dict)  # by number, those of `reversed` that were read
    balances: dict[int, int] = field(default_factory=dict)
    cash: dict[tuple[str, str], int] = field(default_factory=dict)  # (code, day) -> amount

    @classmethod
    def before(cls, group: SavingsGroup) -> "Pass":
        """The empty books of a group."""
        accounts = Account.objects.filter(group=group).values_list("id", "code", "holder")
        own = Entry.objects.filter(id__gt=entry_id(group.pk, 0), id__lt=entry_id(group.pk + 1, 0))
        undone = own.filter(reverses__isnull=False).order_by().values_list("reverses_id", flat=True)
        return cls(
            group,
            str(group.uuid),
            {pk: (code, holder) for pk, code, holder in accounts},
            reversed=frozenset(map(number_of, undone)),
        )

    def go_on(self, entry: EntryRow, postings: list[PostingRow], kind: kinds.Kind | None, effect: Effect) -> None:
        """Take an entry over, with the lock dates as they ought to be: one bad entry does not blame those after it."""
        n = number_of(entry.id)
        self.n, self.head, self.recorded_at = n, entry.hash, max(entry.recorded_at, self.recorded_at)
        if kind is not None:
            self.locked = entry.booked_on if kind.locks else self.locked
            self.declared = entry.booked_on if kind.declares else self.declared
            self.opened = self.opened or kind.name == "opening"
        self.seen.add(entry.operation)
        if n in self.reversed:
            self.entries[n] = Posted(kind, entry.booked_on, effect.moved)
        if entry.reverses_id is not None:
            self.undone.setdefault(number_of(entry.reverses_id), n)
        for account, amount in effect.moved.items():
            self.balances[account] = self.balances.get(account, 0) + amount
        for row in postings if effect.touches_cash else ():
            if row.code in _CASH:
                key = (row.code, row.booked_on)
                self.cash[key] = self.cash.get(key, 0) + row.amount


def number_of(entry: int) -> int:
    """The number within its group that an entry's id says."""
    return entry & 0xFFFFFFFF
