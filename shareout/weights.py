"""What a member's savings weigh in a year: the ways in which groups count them.

Pure. A member's year is thirteen balances: what was brought forward, and the balance at the end of each account month
(satang). `m` is the account month in which the money was received, whatever month the receipt names; what was withdrawn
counts negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = 12


class Weighting(StrEnum):
    """The rule by which savings earn."""

    BAHT_MONTH = "baht_month"
    YEAR_END = "year_end"
    AVERAGE = "average"
    BY_DAY = "by_day"


@dataclass(frozen=True, slots=True)
class SavingsYear:
    """One member's savings in an account year, satang: brought forward, and received less withdrawn on each day.

    movements: (account month 1 to 12, day, satang), in any order.
    """

    opening: int
    movements: tuple[tuple[int, date, int], ...] = ()

    def balances(self) -> list[int]:
        """The opening and the balance at the end of each account month: thirteen figures."""
        moved = [0] * (MONTHS + 1)
        for month, _day, satang in self.movements:
            if not 1 <= month <= MONTHS:
                raise ValueError(f"an account month is 1 to {MONTHS}, not {month}")
            moved[month] += satang
        found = [self.opening]
        for satang in moved[1:]:
            found.append(found[-1] + satang)
        return found


def weights_baht_month(years: Mapping[int, SavingsYear], *, cap: int | None = None) -> dict[int, int]:
    """Return opening x 12 + the sum of amount x (12 - m) by member, in satang-months.

    The same as the sum of the balances at the beginning of the year and at the end of months 1 to 11: that is how a cap
    is held, each balance earning up to `cap` satang. Never below 0.
    """
    return {key: _capped_sum(year.balances()[:MONTHS], cap) for key, year in years.items()}


def weights_year_end(years: Mapping[int, SavingsYear], *, cap: int | None = None) -> dict[int, int]:
    """Return the balance on the year's last day by member, satang."""
    return {key: _capped_sum(year.balances()[MONTHS:], cap) for key, year in years.items()}


def weights_average(years: Mapping[int, SavingsYear], *, cap: int | None = None) -> dict[int, int]:
    """Return the sum of the twelve month-end balances by member: twelve times their average, unrounded."""
    return {key: _capped_sum(year.balances()[1:], cap) for key, year in years.items()}


def weights_by_day(
    years: Mapping[int, SavingsYear], *, starts_on: date, ends_on: date, cap: int | None = None
) -> dict[int, int]:
    """Return the sum of the balance at the end of every day of the year by member, in satang-days.

    Raises ValueError for a movement outside of the year.
    """
    return {key: _day_sum(year, starts_on, ends_on, cap) for key, year in years.items()}


def with_minimum_months(weights: Mapping[int, int], months: Mapping[int, int], *, at_least: int) -> dict[int, int]:
    """Let whoever was a member for fewer account months earn nothing; months: of membership by member."""
    return {key: weight if months.get(key, 0) >= at_least else 0 for key, weight in weights.items()}


def earning_only(weights: Mapping[int, int], earners: Iterable[int]) -> dict[int, int]:
    """Keep the weights of those who earn a dividend by their kind of membership; the others are left out."""
    earning = set(earners)
    return {key: weight for key, weight in weights.items() if key in earning}


def weigh(
    years: Mapping[int, SavingsYear],
    *,
    rule: Weighting,
    starts_on: date,
    ends_on: date,
    cap: int | None = None,
) -> dict[int, int]:
    """Weigh everybody's savings by the group's rule."""
    match rule:
        case Weighting.BAHT_MONTH:
            return weights_baht_month(years, cap=cap)
        case Weighting.YEAR_END:
            return weights_year_end(years, cap=cap)
        case Weighting.AVERAGE:
            return weights_average(years, cap=cap)
        case Weighting.BY_DAY:
            return weights_by_day(years, starts_on=starts_on, ends_on=ends_on, cap=cap)


def _capped_sum(balances: Sequence[int], cap: int | None) -> int:
    if cap is None:
        return max(0, sum(balances))
    return sum(max(0, min(balance, cap)) for balance in balances)


def _day_sum(year: SavingsYear, starts_on: date, ends_on: date, cap: int | None) -> int:
    def earns(balance: int) -> int:
        return max(0, balance if cap is None else min(balance, cap))

    total, balance, since = 0, year.opening, starts_on
    for _month, day, satang in sorted(year.movements, key=lambda movement: movement[1]):
        if not starts_on <= day <= ends_on:
            raise ValueError(f"{day} is not in the year from {starts_on} to {ends_on}")
        total += earns(balance) * (day - since).days
        balance, since = balance + satang, day
    return total + earns(balance) * ((ends_on - since).days + 1)
