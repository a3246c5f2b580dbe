"""Which months a pledge payment pays: oldest owed first, then this month, then in advance. Plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache


class MonthsProblem(Enum):
    """Why an amount does not explain itself in months."""

    NO_PLEDGE = "no_pledge"
    TOO_MUCH = "too_much"
    PAID = "paid"
    TOO_MANY = "too_many"


class MonthsError(ValueError):
    """The amount cannot be laid on months. `limit` is the most that fits (satang), `month` the one at fault."""

    def __init__(self, problem: MonthsProblem, *, limit: int = 0, month: date | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.limit = limit
        self.month = month


@dataclass(frozen=True, slots=True)
class MonthOpen:
    """A month and what of its pledge is still to be paid (satang > 0)."""

    month: date
    satang: int


def lay_on_months(
    amount: int, *, open_months: Iterable[MonthOpen], chosen: Sequence[date] | None = None
) -> list[tuple[date, int]]:
    """Lay an amount (satang) on months: each is filled before the next, only the last may be paid in part.

    `open_months` in order of time, as far ahead as may be paid. `chosen` names the months instead, and must hold
    the amount with none of them left over. The parts always sum to the amount. Raises MonthsError.
    """
    if amount == 0:
        return []
    months = list(open_months)
    if not months:
        raise MonthsError(MonthsProblem.NO_PLEDGE)
    if chosen is not None:
        months = _only(months, chosen)
    parts: list[tuple[date, int]] = []
    rest = amount
    for open_month in months:
        if rest == 0:
            break
        part = min(rest, open_month.satang)
        parts.append((open_month.month, part))
        rest -= part
    if rest:
        raise MonthsError(MonthsProblem.TOO_MUCH, limit=amount - rest)
    if chosen is not None and len(parts) < len(months):
        raise MonthsError(MonthsProblem.TOO_MANY, month=months[len(parts)].month)
    return parts


def _only(months: list[MonthOpen], chosen: Sequence[date]) -> list[MonthOpen]:
    by_month = {month.month: month for month in months}
    for month in chosen:
        if month not in by_month:
            raise MonthsError(MonthsProblem.PAID, month=month)
    return [by_month[month] for month in sorted(set(chosen))]


@lru_cache(maxsize=4096)  # every line of a sheet says the same few
def month_text(month: date) -> str:
    """The month as the sheet's page and the rows write it: "2026-10"."""
    return f"{month.year:04d}-{month.month:02d}"


def month_from_text(text: str) -> date:
    """Read "2026-10"; raises ValueError for anything else."""
    if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isascii() or not (text[:4] + text[5:]).isdigit():
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:]), 1)
