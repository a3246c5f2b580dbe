"""The pledge of one member: the twelve months of an account year, what is owed, what to bring next time."""

from dataclasses import dataclass
from datetime import date, timedelta

from meetings.models import Meeting
from members.models import Member
from reports.selectors.meetings import due_on, open_meeting
from reports.tonight import Tonight
from savings.models import PledgePeriod
from savings.schedule import Period, first_due_month, pledged_in
from savings.selectors import Passbook
from savings.selectors.due import counted_months, open_pledge_months
from thai.months import account_year, account_year_start, add_months, month_of
from window.calendar import MONTHS_OF_A_YEAR, MonthMark, Payment, calendar


@dataclass(frozen=True)
class PledgeYear:
    """A member's pledge in one account year, and what the next meeting asks for; satang."""

    year: int
    months: tuple[MonthMark, ...]
    pledge: int
    owed: tuple[date, ...]
    next_meeting: date
    next_satang: int
    next_months: int
    earlier: int | None
    later: int | None


def pledge_year(
    *, member: Member, year: int | None, today: date, tonight: Tonight | None, last: Meeting | None
) -> PledgeYear:
    """The calendar of one account year (this one unless told) and what is due next; constant queries.

    What was entered tonight is marked and no longer asked for, though it counts only from the close on.
    last: the last closed meeting.
    """
    entered = tonight.months if tonight else ()
    start_month = member.group.first_year_starts_on.month
    this_year = account_year(today, start_month=start_month)
    first_year = account_year(member.group.first_year_starts_on, start_month=start_month)
    shown = min(max(year or this_year, first_year), this_year)
    periods = periods_of(member=member)
    first = account_year_start(shown, start_month=start_month)
    over_through = max(add_months(today, -1), month_of(last.held_on) if last else date.min)
    next_meeting = next_day(member=member, last=last, today=today)
    asked = open_pledge_months(member.group, next_meeting, ahead=0, members=[member.pk]).get(member.pk, [])
    marks = calendar(
        first=first,
        periods=periods,
        payments=payments_of(member=member, first=first),
        due_from=_due_from(member, periods),
        over_through=over_through,
        tonight=entered,
    )
    asked = [month for month in asked if month.month not in entered]
    return PledgeYear(
        year=shown,
        months=tuple(marks),
        pledge=pledged_in(periods, month_of(today)),
        owed=tuple(month.month for month in asked if month.month <= over_through),
        next_meeting=next_meeting,
        next_satang=sum(month.rest for month in asked),
        next_months=len(asked),
        earlier=shown - 1 if shown > first_year else None,
        later=shown + 1 if shown < this_year else None,
    )


def special_balance(book: Passbook) -> int:
    """What lies in all books of special savings together; satang."""
    return sum(each.balance for each in book.special)


def periods_of(*, member: Member) -> list[Period]:
    """What a member vowed, in order of time; one query."""
    rows = PledgePeriod.objects.filter(group=member.group, member=member).order_by("starts_on")
    return [Period(starts_on, satang) for starts_on, satang in rows.values_list("starts_on", "satang")]


def payments_of(*, member: Member, first: date) -> list[Payment]:
    """What standing receipts paid of the twelve months from `first`; one query."""
    rows = counted_months(member.group).filter(member=member, month__gte=first)
    rows = rows.filter(month__lt=add_months(first, MONTHS_OF_A_YEAR))
    return [Payment(*values) for values in rows.values_list("month", "satang", "entry__booked_on")]


def next_day(*, member: Member, last: Meeting | None, today: date) -> date:
    """The day of the meeting under way, or of the next one due."""
    meeting = open_meeting(group=member.group)
    if meeting is not None:
        return meeting.held_on
    day = due_on(group=member.group, after=last.held_on if last else today)
    return day if day >= today else due_on(group=member.group, after=today - timedelta(days=1))


def _due_from(member: Member, periods: list[Period]) -> date | None:
    if member.admitted_on is None:
        return None
    return first_due_month(periods, admitted_on=member.admitted_on)
