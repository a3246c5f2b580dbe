"""What to collect from house to house before a meeting: by household, each member with everything that is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from loans.selectors.due import loans_due
from meetings.selectors.fees import fees_due_on
from members.group_settings import setting
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people
from savings.selectors import PledgeDue, pledge_due
from thai.months import add_months, month_of

NOTHING = PledgeDue(0, [], 0)


@dataclass(frozen=True)
class CollectionLine:
    """A member and what is due on the day; satang. `this_month` is what of this month's pledge is still unpaid; `loans`
    what is due on the member's loans: fine, interest and principal."""

    member: Member
    this_month: int
    owed_months: tuple[date, ...]
    owed: int
    fee: int
    fine: int
    loans: int

    @property
    def total(self) -> int:
        """Everything to be collected."""
        return self.this_month + self.owed + self.fee + self.fine + self.loans


@dataclass(frozen=True)
class CollectionHouse:
    """A household's lines; without a household, everybody who belongs to none stands in one."""

    code: str
    house_no: str
    lines: tuple[CollectionLine, ...]

    @property
    def total(self) -> int:
        """What the house brings."""
        return sum(line.total for line in self.lines)


@dataclass(frozen=True)
class CollectionTotals:
    """The sums of some houses; satang."""

    members: int
    this_month: int
    owed: int
    fee: int
    fine: int
    loans: int

    @property
    def total(self) -> int:
        """Everything."""
        return self.this_month + self.owed + self.fee + self.fine + self.loans


@dataclass(frozen=True)
class _Dues:
    """What is due on the day by member id; `before`: pledges as of the month before; `fine`: of each month missed."""

    now: dict[int, PledgeDue]
    before: dict[int, PledgeDue]
    fees: dict[int, int]
    fine: int
    loans: dict[int, int]


def collection_day(group: SavingsGroup, today: date) -> date:
    """The usual meeting day to come, today's among them."""
    day = setting(group, "meeting_day", today)
    this_month = today.replace(day=day)
    return this_month if this_month >= today else add_months(month_of(today), 1).replace(day=day)


def collection(*, group: SavingsGroup, on: date, q: str = "", due_only: bool = False) -> list[CollectionHouse]:
    """The houses by code, their members by number, for a meeting on a day. Constant queries.

    `q` narrows to a household's code or to members by number or name; `due_only` leaves out who owes nothing.
    """
    dues = pledge_due(group, on)
    owed = pledge_due(group, _last_day_before(on))
    fees = fees_due_on(group, on)
    fine = setting(group, "missed_month_fine_satang", on)
    loans = {pk: sum(loan.due_satang for loan in found) for pk, found in loans_due(group, on).items()}
    rows = people(group=group, by=PeopleFilter(status=Member.Status.ACTIVE, order="household"))
    found = [_line(member, _Dues(dues, owed, fees, fine, loans)) for member in rows]
    if q:
        named = set(people(group=group, by=PeopleFilter(q=q)).values_list("pk", flat=True))
        found = [line for line in found if line.member.pk in named or _code(line).lower() == q.lower()]
    if due_only:
        found = [line for line in found if line.total]
    found.sort(key=lambda line: (not _code(line), _code(line), line.member.number))
    houses = []
    for code, lines in groupby(found, key=_code):
        inside = tuple(lines)
        household = inside[0].member.household
        houses.append(CollectionHouse(code, household.house_no if household else "", inside))
    return houses


def collection_totals(houses: Sequence[CollectionHouse]) -> CollectionTotals:
    """The sums of some houses."""
    lines = [line for house in houses for line in house.lines]
    return CollectionTotals(
        members=len(lines),
        this_month=sum(line.this_month for line in lines),
        owed=sum(line.owed for line in lines),
        fee=sum(line.fee for line in lines),
        fine=sum(line.fine for line in lines),
        loans=sum(line.loans for line in lines),
    )


def _line(member: Member, due: "_Dues") -> CollectionLine:
    now, before = due.now.get(member.pk, NOTHING), due.before.get(member.pk, NOTHING)
    return CollectionLine(
        member=member,
        this_month=now.satang - before.satang,
        owed_months=tuple(now.months_owed),
        owed=before.satang,
        fee=due.fees.get(member.pk, 0),
        fine=due.fine * len(now.months_owed),
        loans=due.loans.get(member.pk, 0),
    )


def _last_day_before(on: date) -> date:
    return date.fromordinal(month_of(on).toordinal() - 1)


def _code(line: CollectionLine) -> str:
    return line.member.household.code if line.member.household else ""
