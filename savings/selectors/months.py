"""Months owed and paid in advance, member by member; which months carry a fine and whether it was taken."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import Sum
from django.utils.module_loading import import_string

from funds.models import Posting
from members.group_settings import SETTINGS
from members.models import GroupSetting, Member, SavingsGroup
from members.selectors.people import PeopleFilter, people
from savings.selectors.due import counted_months, current_pledges, open_pledge_months
from thai.months import add_months, month_of

FINES = "O4200"
FINE = "missed_month_fine_satang"


@dataclass(frozen=True, slots=True)
class MemberMonths:
    """A member's months as they stand on a day; satang."""

    member: Member
    pledge: int
    owed: tuple[date, ...]
    owed_satang: int
    ahead: tuple[date, ...]
    fine: int


class FineState(StrEnum):
    """What became of a fine."""

    OWED = "owed"
    PAID = "paid"
    PART = "part"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class MonthFine:
    """A month that was missed while the group asked a fine; paid_on and number of the receipt that paid the month."""

    member: Member
    month: date
    asked: int
    taken: int
    paid_on: date | None = None
    number: int = 0

    @property
    def state(self) -> FineState:
        """Whether it is still to come, was taken, in part, or not at all."""
        if self.paid_on is None:
            return FineState.OWED
        if self.taken >= self.asked:
            return FineState.PAID
        return FineState.PART if self.taken else FineState.NOT_TAKEN


def members_months(group: SavingsGroup, on: date, *, q: str = "") -> list[MemberMonths]:
    """Every active member with a vow, by number: months owed, months paid in advance, the fine asked for those owed."""
    this_month = month_of(on)
    owed = open_pledge_months(group, add_months(on, -1), ahead=0)
    pledges = current_pledges(group, on)
    ahead: defaultdict[int, set[date]] = defaultdict(set)
    for member_id, month in counted_months(group).filter(month__gt=this_month).values_list("member_id", "month"):
        ahead[member_id].add(month)
    rate = rate_on(rates_of(group), on)
    found = []
    for member in people(group=group, by=PeopleFilter(q=q, status=Member.Status.ACTIVE)):
        months = owed.get(member.pk, [])
        if not (months or ahead.get(member.pk) or pledges.get(member.pk)):
            continue
        found.append(
            MemberMonths(
                member=member,
                pledge=pledges.get(member.pk, 0),
                owed=tuple(month.month for month in months),
                owed_satang=sum(month.rest for month in months),
                ahead=tuple(sorted(ahead.get(member.pk, ()))),
                fine=rate * len(months),
            )
        )
    return found


@dataclass(frozen=True)
class MonthsTotal:
    """The sums of a list of members' months."""

    owed_satang: int
    fine: int
    owing: int
    ahead: int


def months_total(rows: Sequence[MemberMonths]) -> MonthsTotal:
    """What is owed together, the fines on it, how many owe and how many have paid in advance."""
    return MonthsTotal(
        sum(row.owed_satang for row in rows),
        sum(row.fine for row in rows),
        sum(1 for row in rows if row.owed),
        sum(1 for row in rows if row.ahead),
    )


def fines_of_months(group: SavingsGroup, since: date, until: date, on: date, *, q: str = "") -> list[MonthFine]:
    """The months that carry a fine: those still owed on a day, and those paid late between two days.

    The fine is the one set on the day of payment, as the meeting asks it; what a receipt took as a fine is laid on its
    late months, the oldest first. Constant queries.
    """
    rates = rates_of(group)
    if not any(satang for _valid_from, satang in rates):
        return []
    members = {member.pk: member for member in people(group=group, by=PeopleFilter(q=q))}
    found = _late_fines(group, members, rates, since, until)
    rate = rate_on(rates, on)
    if rate:
        for member_id, months in open_pledge_months(group, add_months(on, -1), ahead=0).items():
            if member_id in members:
                found += [MonthFine(members[member_id], month.month, rate, 0) for month in months]
    return sorted(found, key=lambda fine: (fine.member.number, fine.month, fine.number))


def fines_total(fines: Iterable[MonthFine]) -> tuple[int, int]:
    """What was asked, and what was taken; satang."""
    rows = list(fines)
    return sum(fine.asked for fine in rows), sum(fine.taken for fine in rows)


def _late_fines(
    group: SavingsGroup, members: dict[int, Member], rates: Sequence[tuple[date, int]], since: date, until: date
) -> list[MonthFine]:
    late: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
    receipts: dict[int, tuple[date, int]] = {}
    rows = counted_months(group).filter(entry__booked_on__range=(since, until)).order_by("month")
    for member_id, entry_id, month, booked_on, number in rows.values_list(
        "member_id", "entry_id", "month", "entry__booked_on", "entry__n"
    ):
        if member_id in members and month < month_of(booked_on):
            late[entry_id, member_id].append(month)
            receipts[entry_id] = booked_on, number
    taken = _taken(group, receipts)
    found = []
    for (entry_id, member_id), months in late.items():
        booked_on, number = receipts[entry_id]
        rest, rate = taken.get(entry_id, 0), rate_on(rates, booked_on)
        for month in months:
            part = min(rest, rate)
            rest -= part
            if rate:
                found.append(MonthFine(members[member_id], month, rate, part, booked_on, number))
    return found


def _taken(group: SavingsGroup, receipts: Iterable[int]) -> dict[int, int]:
    """What each receipt took as fines for months, less what packages above took for something else."""
    rows = Posting.objects.filter(group=group, account__code=FINES, entry__in=list(receipts)).order_by()
    taken = {entry_id: -satang for entry_id, satang in rows.values_list("entry_id").annotate(Sum("amount"))}
    for name in settings.OTHER_FINES:
        for entry_id, satang in import_string(name)(group, list(taken)).items():
            taken[entry_id] -= satang
    return taken


def rates_of(group: SavingsGroup) -> list[tuple[date, int]]:
    """The fine for a missed month (satang) by the day from which it holds; before the first it is the catalogue's."""
    rows = GroupSetting.objects.filter(group=group, key=FINE).order_by("valid_from", "pk")
    entry = SETTINGS[FINE]
    default = int(entry.default)
    return [
        (date.min, default),
        *((day, int(entry.read(value))) for day, value in rows.values_list("valid_from", "value")),
    ]


def rate_on(rates: Sequence[tuple[date, int]], on: date) -> int:
    """The fine that holds on a day."""
    return rates[bisect_right([day for day, _satang in rates], on) - 1][1]
