"""Which months a member's payments of the year are for: this month first, then months missed, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.workbook.rows import AccountYear, MemberRow, PledgeRow
from thai.months import add_months, month_of, months_between


@dataclass(frozen=True)
class PledgePaid:
    """A part of a payment and the month it is for (its first day)."""

    month: date
    satang: int


def allocate_pledges(year: AccountYear, member: MemberRow, row: PledgeRow) -> dict[int, tuple[PledgePaid, ...]]:
    """Name the months of every payment, by the calendar month in which it was received.

    A payment is for its own month up to the pledge, then for months of this year missed before it, oldest first, and
    what is left is for the months ahead. A member without a pledge pays for the month of the meeting.
    """
    paid: dict[date, int] = {}
    allocated: dict[int, tuple[PledgePaid, ...]] = {}
    first = max(year.starts_on, month_of(member.joined_on))
    for month in year.months:
        satang = row.paid[month.month]
        if not satang:
            allocated[month.month] = ()
            continue
        parts: list[PledgePaid] = []
        for due in _due_months(first, month, member.pledge, paid):
            part = min(satang, member.pledge - paid.get(due, 0)) if member.pledge else satang
            if part > 0:
                paid[due] = paid.get(due, 0) + part
                satang -= part
                parts.append(PledgePaid(due, part))
            if not satang:
                break
        if satang:
            last = parts.pop() if parts else PledgePaid(month, 0)
            parts.append(PledgePaid(last.month, last.satang + satang))
        allocated[month.month] = tuple(parts)
    return allocated


def _due_months(first: date, month: date, pledge: int, paid: dict[date, int]) -> Iterator[date]:
    """The months a payment may be for, in order: this one, those owed before it, those ahead (at most two years)."""
    yield month
    if pledge:
        yield from (due for due in months_between(first, add_months(month, -1)) if paid.get(due, 0) < pledge)
        yield from (add_months(month, count) for count in range(1, 25))
