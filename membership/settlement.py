"""What a leaver gets back. Plain values, satang; no database.

Owed to the member: every balance in the books, and the interest of the running period. Against it debts are set off in
the order given: first what stands in the books (loans, advances), which must be covered whole, then fines, which are
taken as far as the savings reach and lapse beyond. What is left is paid, and split among the payees by their
percentages: each gets the whole satang of the share, the satang left over go to the largest remainders, the first in
order where these are equal. So always

    paid + set off = owed, and the parts of the payees = paid.

By hand: 1,000.01 baht owed, 100.00 advance, 20.00 fine: 880.01 paid; split 50/30/20: 440.005, 264.003, 176.002 ->
440.01 (the largest remainder), 264.00, 176.00.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Owed:
    """One account of the member: what stands in it, and the interest that it has earned since the last crediting."""

    code: str
    holder: str
    satang: int
    interest: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.satang + self.interest


@dataclass(frozen=True, slots=True)
class Debt:
    """What the member owes the group. `may_lapse`: not in the books yet, taken as far as the savings reach.

    contract: the loan that it is part of.
    """

    code: str
    holder: str
    satang: int
    may_lapse: bool = False
    contract: str = ""


@dataclass(frozen=True, slots=True)
class SetOff:
    """A debt and how much of it the savings paid."""

    debt: Debt
    satang: int

    @property
    def open(self) -> int:
        """What is left of it."""
        return self.debt.satang - self.satang


@dataclass(frozen=True)
class Settlement:
    """What is owed to the member, what is set off, what is paid."""

    owed: tuple[Owed, ...]
    set_off: tuple[SetOff, ...]

    @property
    def owed_total(self) -> int:
        """Everything owed to the member."""
        return sum(each.total for each in self.owed)

    @property
    def interest(self) -> int:
        """The interest in it."""
        return sum(each.interest for each in self.owed)

    @property
    def set_off_total(self) -> int:
        """Everything set off."""
        return sum(each.satang for each in self.set_off)

    @property
    def paid(self) -> int:
        """What the payees get together."""
        return self.owed_total - self.set_off_total

    @property
    def shortage(self) -> int:
        """What the savings do not cover of the debts that stand in the books; nobody leaves while it is above zero."""
        return sum(each.open for each in self.set_off if not each.debt.may_lapse)

    @property
    def lapsed(self) -> int:
        """Fines that the savings do not cover."""
        return sum(each.open for each in self.set_off if each.debt.may_lapse)


def settle(owed: Iterable[Owed], debts: Iterable[Debt]) -> Settlement:
    """Set debts off against what is owed to a member. Amounts are never negative; those of zero are left out."""
    kept = tuple(each for each in owed if each.total)
    ordered = sorted((each for each in debts if each.satang), key=lambda debt: debt.may_lapse)
    if any(each.satang < 0 or each.interest < 0 for each in kept) or any(each.satang < 0 for each in ordered):
        raise ValueError("an amount below zero")
    rest = sum(each.total for each in kept)
    found = []
    for debt in ordered:
        taken = min(rest, debt.satang)
        rest -= taken
        found.append(SetOff(debt, taken))
    return Settlement(kept, tuple(found))


def split(satang: int, percents: Sequence[int]) -> list[int]:
    """Split an amount by whole percentages that add up to 100, to the satang."""
    if satang < 0 or sum(percents) != PERCENT or any(percent < 1 for percent in percents):
        raise ValueError(f"{satang} by {list(percents)}")
    parts = [satang * percent // PERCENT for percent in percents]
    remainders = [satang * percent % PERCENT for percent in percents]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: satang - sum(parts)]:
        parts[place] += 1
    return parts


def posting_lines(
    settlement: Settlement, *, interest_code: str, parts: Sequence[tuple[tuple[str, str], int]]
) -> list[tuple[str, str, int]]:
    """The lines of the entry: (code, holder, satang), debit > 0.

    parts: where each payee's money comes from, and how much; one line for each payee who gets any.
    """
    lines = [(each.code, each.holder, each.satang) for each in settlement.owed if each.satang]
    if settlement.interest:
        lines.append((interest_code, "", settlement.interest))
    lines += [(each.debt.code, each.debt.holder, -each.satang) for each in settlement.set_off if each.satang]
    return lines + [(*money, -part) for money, part in parts if part]
