"""The control register: every member by the twelve months of an account year, in a constant number of queries.

A cell says what came in during the month, so that all sums are the ledger's; its mark, what became of its pledge.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from funds import selectors as books
from funds.models import ENTRIES_PER_GROUP, Account, Entry, Posting
from members.models import Member, SavingsGroup
from savings.models import PledgePeriod
from savings.schedule import Period, first_due_month, pledged_in
from savings.selectors.balances import PLEDGE_SAVINGS
from savings.selectors.due import counted_months
from thai.months import account_year, account_year_start, add_months, month_of


class Mark(StrEnum):
    """What became of a month's pledge."""

    NONE = ""
    PAID = "paid"
    LATE = "late"
    AHEAD = "ahead"
    PART = "part"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a member: what came in during it (satang, reversals taken off), and the mark of its pledge."""

    received: int = 0
    mark: Mark = Mark.NONE
    rest: int = 0

    @property
    def is_owed(self) -> bool:
        """Whether something of a month that is over is still to be paid."""
        return self.mark in (Mark.MISSED, Mark.PART)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A member's line; satang, savings shown as positive."""

    member: Member
    brought_forward: int
    cells: tuple[Cell, ...]
    returned: int
    pledge: int

    @property
    def received(self) -> int:
        """What came in during the year."""
        return sum(cell.received for cell in self.cells)

    @property
    def balance(self) -> int:
        """What is saved at the end."""
        return self.brought_forward + self.received - self.returned

    @property
    def missed(self) -> int:
        """How many months are still owed."""
        return sum(1 for cell in self.cells if cell.is_owed)

    @property
    def rest(self) -> int:
        """What of the months that are over is still owed."""
        return sum(cell.rest for cell in self.cells if cell.is_owed)


@dataclass(frozen=True)
class Totals:
    """The sums of some lines."""

    brought_forward: int
    months: tuple[int, ...]
    returned: int
    received: int
    balance: int
    missed: int
    rest: int


@dataclass(frozen=True)
class Register:
    """The register of an account year (B.E.), as it stands now; lines by member number."""

    year: int
    months: tuple[date, ...]
    rows: tuple[RegisterRow, ...]

    @property
    def until(self) -> date:
        """The last day of the year."""
        return date.fromordinal(add_months(self.months[0], 12).toordinal() - 1)

    @cached_property
    def totals(self) -> Totals:
        """The sums of all lines."""
        return totals_of(self.rows)


def totals_of(rows: Sequence[RegisterRow]) -> Totals:
    """The sums of some lines of a register, month by month."""
    months = zip(*([cell.received for cell in row.cells] for row in rows), strict=True)
    return Totals(
        brought_forward=sum(row.brought_forward for row in rows),
        months=tuple(sum(month) for month in months) or (0,) * 12,
        returned=sum(row.returned for row in rows),
        received=sum(row.received for row in rows),
        balance=sum(row.balance for row in rows),
        missed=sum(row.missed for row in rows),
        rest=sum(row.rest for row in rows),
    )


def register_years(group: SavingsGroup, on: date) -> list[int]:
    """The account years (B.E.) of the group's books up to that of a day, the latest first."""
    start = group.first_year_starts_on.month
    last = account_year(on, start_month=start)
    first = min(account_year(group.first_year_starts_on, start_month=start), last)
    return list(range(last, first - 1, -1))


def register(group: SavingsGroup, year: int, today: date) -> Register:
    """The control register of an account year (B.E.); five queries, however many members and years there are."""
    since = account_year_start(year, start_month=group.first_year_starts_on.month)
    months = tuple(add_months(since, count) for count in range(12))
    until = date.fromordinal(add_months(since, 12).toordinal() - 1)
    brought = books.balances(group, PLEDGE_SAVINGS, as_of=date.fromordinal(since.toordinal() - 1))
    received, returned = _movements(group, since, until)
    paid = _paid(group, months)
    periods = _periods(group, until)
    rows = []
    for member in Member.objects.filter(group=group).order_by("number"):
        member.group = group
        holder = member.holder
        is_saver = member.status == Member.Status.ACTIVE or (member.left_on is not None and member.left_on >= since)
        moved = received.get(holder, {})
        if not (is_saver or moved or brought.get(holder) or returned.get(holder)) or _is_later(member, until):
            continue
        own = periods.get(member.pk, ())
        cells = _cells(member, own, months, paid.get(member.pk, {}), moved, month_of(today))
        shown = min(month_of(today), months[-1])
        rows.append(
            RegisterRow(member, -brought.get(holder, 0), cells, returned.get(holder, 0), pledged_in(own, shown))
        )
    return Register(year, months, tuple(rows))


def _is_later(member: Member, until: date) -> bool:
    return member.admitted_on is None or member.admitted_on > until


def _movements(group: SavingsGroup, since: date, until: date) -> tuple[dict[str, dict[date, int]], dict[str, int]]:
    """By holder: what came in by month, and what went out. What a reversal undoes is taken off its own side."""
    accounts = Account.objects.filter(group=group, code=PLEDGE_SAVINGS)
    holders = dict(accounts.values_list("pk", "holder"))
    first = group.pk * ENTRIES_PER_GROUP
    undoing = Entry.objects.filter(reverses__gt=first, reverses__lt=first + ENTRIES_PER_GROUP)
    reversals = set(undoing.values_list("pk", flat=True))
    rows = Posting.objects.filter(group=group, account__in=accounts.values("pk"), booked_on__range=(since, until))
    received: defaultdict[str, dict[date, int]] = defaultdict(dict)
    returned: defaultdict[str, int] = defaultdict(int)
    for account_id, booked_on, entry_id, amount in rows.order_by().values_list(
        "account_id", "booked_on", "entry_id", "amount"
    ):
        holder = holders[account_id]
        if (amount < 0) != (entry_id in reversals):
            month = booked_on.replace(day=1)
            received[holder][month] = received[holder].get(month, 0) - amount
        else:
            returned[holder] += amount
    return received, returned


def _paid(group: SavingsGroup, months: Sequence[date]) -> dict[int, dict[date, tuple[int, date]]]:
    """What is paid for each month and the day of its last receipt, by member id."""
    rows = counted_months(group).filter(month__range=(months[0], months[-1])).order_by()
    paid: defaultdict[int, dict[date, tuple[int, date]]] = defaultdict(dict)
    for member_id, month, satang, booked_on in rows.values_list("member_id", "month", "satang", "entry__booked_on"):
        before, day = paid[member_id].get(month, (0, booked_on))
        paid[member_id][month] = before + satang, max(day, booked_on)
    return paid


def _periods(group: SavingsGroup, until: date) -> dict[int, list[Period]]:
    found: defaultdict[int, list[Period]] = defaultdict(list)
    rows = PledgePeriod.objects.filter(group=group, starts_on__lte=until).order_by("member", "starts_on")
    for member_id, starts_on, satang in rows.values_list("member_id", "starts_on", "satang"):
        found[member_id].append(Period(starts_on, satang))
    return found


def _cells(
    member: Member,
    periods: Sequence[Period],
    months: Iterable[date],
    paid: dict[date, tuple[int, date]],
    received: dict[date, int],
    now: date,
) -> tuple[Cell, ...]:
    assert member.admitted_on is not None
    first = first_due_month(periods, admitted_on=member.admitted_on)
    last = month_of(member.left_on) if member.left_on else date.max
    cells = []
    for month in months:
        pledged = pledged_in(periods, month) if first is not None and first <= month < last else 0
        satang, day = paid.get(month, (0, month))
        mark = _mark(month, pledged, satang, month_of(day), now)
        cells.append(Cell(received.get(month, 0), mark, max(pledged - satang, 0)))
    return tuple(cells)


def _mark(month: date, pledged: int, paid: int, paid_in: date, now: date) -> Mark:
    if paid < pledged:
        if month >= now:
            return Mark.NONE
        return Mark.PART if paid else Mark.MISSED
    if not paid:
        return Mark.NONE
    if paid_in > month:
        return Mark.LATE
    return Mark.AHEAD if paid_in < month else Mark.PAID
