"""What the meeting needs of savings: which months each member can pay, what is due today, whose book is whose."""

from collections.abc import Iterable, Mapping
from datetime import date

from meetings.models import Meeting
from meetings.selectors.brought import Brought
from members.group_settings import setting
from members.models import Member, SavingsGroup
from savings.months import MonthOpen, month_from_text
from savings.selectors import open_pledge_months, special_books_of
from thai.months import month_of, months_apart

MONTHS_AHEAD = 12
FEW = 50


def open_months(meeting: Meeting, member: Member) -> list[MonthOpen]:
    """The months that a member can pay tonight: those owed, this one, and a year in advance."""
    return open_months_on(meeting.group, meeting.held_on, member.pk)


def open_months_on(group: SavingsGroup, on: date, member_id: int) -> list[MonthOpen]:
    """The months that a member can pay on a day, oldest first, up to a year in advance."""
    found = open_pledge_months(group, on, ahead=MONTHS_AHEAD, members=[member_id])
    return [MonthOpen(due.month, due.rest) for due in found.get(member_id, [])]


def due_today(meeting: Meeting, members: Iterable[Member]) -> dict[int, list[MonthOpen]]:
    """The months that are due today by member id, nothing in advance; an empty list where nothing is due."""
    ids = [member.pk for member in members]
    found = open_pledge_months(meeting.group, meeting.held_on, ahead=0, members=ids)
    return {pk: [MonthOpen(due.month, due.rest) for due in found.get(pk, [])] for pk in ids}


def missed_month_fine(meeting: Meeting) -> int:
    """The fine for a month missed (satang), as set on the meeting's day; 0: none is asked."""
    return int(setting(meeting.group, "missed_month_fine_satang", meeting.held_on))


def missed_before(meeting: Meeting, months: Iterable[MonthOpen]) -> int:
    """How many of these months were missed before this one."""
    this_month = month_of(meeting.held_on)
    return sum(1 for month in months if month.month < this_month)


def books_of(meeting: Meeting, holders: Mapping[int, str]) -> dict[int, str]:
    """The holder of each member's special savings book by member id; the first one's number where none is open yet.

    holders: the members' numbers (`0005`) by id.
    """
    if not holders:
        return {}
    found = special_books_of(meeting.group, holders)
    return {pk: found.get(pk) or f"{holder}-1" for pk, holder in holders.items()}


def number_with_moved_months(meeting: Meeting, rows: Iterable[Brought]) -> int | None:
    """The number of a member whose noted months can no longer be paid as noted; None where all stand."""
    paying = [row for row in rows if row.pledge]
    if not paying:
        return None
    texts = {text for row in paying for text, _satang in row.months}
    first_days = {text: month_from_text(text) for text in texts}
    this_month = month_of(meeting.held_on)
    ahead = months_apart(this_month, max(first_days.values(), default=this_month))
    ids = [row.member_id for row in paying] if len(paying) <= FEW else None  # many by name cost more than everybody
    found = open_pledge_months(meeting.group, meeting.held_on, ahead=min(max(ahead, 0), MONTHS_AHEAD), members=ids)
    for row in paying:
        rest = {due.month: due.rest for due in found.get(row.member_id, [])}
        if any(satang > rest.get(first_days[text], 0) for text, satang in row.months):
            return row.number
    return None
