"""A member's savings as a careful neighbour keeps them on paper: dictionaries and lists, none of Satcha's arithmetic.

Amounts are satang. A month is (year, month). What is owed is found by going through the months one by one, interest by
going through the days one by one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

Month = tuple[int, int]
DAY = timedelta(days=1)


def of(day: date) -> Month:
    """The month of a day."""
    return day.year, day.month


def later(month: Month, by: int = 1) -> Month:
    """So many months after a month."""
    year, place = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return year, place + 1


def months(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last."""
    while first <= last:
        yield first
        first = later(first)


def shares(satang: int, percents: Sequence[int]) -> list[int]:
    """Whole satang by percentages: one by one to whoever is the furthest behind, the first in line where two are."""
    due = [Fraction(satang * percent, 100) for percent in percents]
    given = [floor(part) for part in due]
    while sum(given) < satang:
        behind = [part - got for part, got in zip(due, given, strict=True)]
        given[behind.index(max(behind))] += 1
    return given


@dataclass
class PaperBook:
    """One member, and the box and the bank of a group in which only this member pays."""

    vows: dict[Month, int] = field(default_factory=dict)
    paid: dict[Month, int] = field(default_factory=dict)
    moves: list[tuple[date, int]] = field(default_factory=list)
    terms: dict[date, tuple[int, str]] = field(default_factory=dict)
    fines: int = 0
    fees: int = 0
    interest_paid: int = 0
    missing: int = 0
    held: int = 0
    cash: int = 0
    bank: int = 0

    @property
    def pledge(self) -> int:
        """What stands in the pledge book."""
        return sum(self.paid.values())

    @property
    def special(self) -> int:
        """What stands in the book of special savings."""
        return sum(satang for _day, satang in self.moves)

    def vowed(self, month: Month) -> int:
        """The last vow made by a month."""
        return next((self.vows[start] for start in sorted(self.vows, reverse=True) if start <= month), 0)

    def owed(self, until: Month) -> dict[Month, int]:
        """What is still to be paid of each month up to one, that one too."""
        if not self.vows:
            return {}
        rest = {month: self.vowed(month) - self.paid.get(month, 0) for month in months(min(self.vows), until)}
        return {month: satang for month, satang in rest.items() if satang > 0}

    def ahead(self, since: Month) -> list[Month]:
        """The months after one for which something is paid."""
        return sorted(month for month in self.paid if month > since)

    def lay(self, satang: int, until: Month) -> dict[Month, int]:
        """Lay a payment on the months, the oldest first; what does not fit is a fault of the story."""
        laid: dict[Month, int] = {}
        for month, rest in self.owed(until).items():
            part = min(satang, rest)
            if part:
                laid[month] = part
            satang -= part
        assert satang == 0, "more was paid than the months ask for"
        return laid

    def receive(self, day: date, parts: Mapping[str, int], *, ahead: int, by_bank: bool) -> None:
        """Write a payment down."""
        for month, part in self.lay(parts["pledge"], later(of(day), ahead)).items():
            self.paid[month] = self.paid.get(month, 0) + part
        if parts["special"]:
            self.moves.append((day, parts["special"]))
        self.fines += parts["fine"]
        self.fees += parts["fee"]
        total = sum(parts.values())
        self.bank, self.cash = (self.bank + total, self.cash) if by_bank else (self.bank, self.cash + total)

    def pay_out(self, day: date, satang: int, *, by_bank: bool) -> None:
        """Write a withdrawal down."""
        self.moves.append((day, -satang))
        self.bank, self.cash = (self.bank - satang, self.cash) if by_bank else (self.bank, self.cash - satang)

    def earned(self, first: date, last: date) -> int:
        """The interest of whole months, half a satang up: by day what each evening holds, by month the least of it."""
        evenings: dict[Month, list[int]] = {}
        day = first
        while day <= last:
            evenings.setdefault(of(day), []).append(sum(satang for on, satang in self.moves if on <= day))
            day += DAY
        earned = Fraction(0)
        for month, held in evenings.items():
            rate, method = self.terms[max(start for start in self.terms if start <= date(*month, 1))]
            earned += (
                Fraction(sum(held) * rate, 10_000 * 365) if method == "daily" else Fraction(min(held) * rate, 120_000)
            )
        return floor(earned + Fraction(1, 2))

    def credit(self, first: date, last: date) -> int:
        """Write the interest of a period down on its last day."""
        satang = self.earned(first, last)
        self.moves.append((last, satang))
        self.interest_paid += satang
        return satang

    def earned_by_leaving(self, first: date, on: date) -> int:
        """The interest of somebody who empties the book on a day: that evening holds nothing."""
        emptied = PaperBook(moves=[*self.moves, (on, -self.special)], terms=self.terms)
        end = date(*later(of(on)), 1) - DAY
        return emptied.earned(first, end)
