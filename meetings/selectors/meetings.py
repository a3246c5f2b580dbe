"""Meetings of a group: which is open, what was held, which number comes next."""

from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from funds.selectors import head
from meetings.models import CashCount, Meeting
from members.group_settings import setting
from members.models import SavingsGroup
from thai.months import account_year, month_of


def year_of(group: SavingsGroup, on: date) -> int:
    """The account year (B.E.) of a day; each begins in the month in which the group's first one did."""
    return account_year(on, start_month=group.first_year_starts_on.month)


def next_number(group: SavingsGroup, year: int) -> int:
    """The number that the next meeting of an account year gets."""
    last = Meeting.objects.filter(group=group, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def first_day(group: SavingsGroup) -> date | None:
    """The first day on which a meeting can be held: after everything locked or declared; None before the opening."""
    last = head(group)
    if last is None or last.locked_through == date.min:
        return None
    return max(last.locked_through, last.declared_through) + timedelta(days=1)


def proposed_day(group: SavingsGroup) -> date:
    """The day the form proposes: the latest usual meeting day that has come and is still open, else today."""
    today, earliest = timezone.localdate(), first_day(group)
    usual = month_of(today) + timedelta(days=setting(group, "meeting_day", today) - 1)
    if usual <= today and (earliest is None or usual >= earliest):
        return usual
    return today


def next_receipt_number(group: SavingsGroup) -> int:
    """The number that the next entry of the books gets."""
    last = head(group)
    return 1 if last is None else last.n + 1


def open_meeting_of(group: SavingsGroup) -> Meeting | None:
    """The one meeting that is not closed, if there is one."""
    return Meeting.objects.filter(group=group).exclude(status=Meeting.Status.CLOSED).first()


def last_closed_meeting(group: SavingsGroup) -> Meeting | None:
    """The meeting closed last."""
    return Meeting.objects.filter(group=group, status=Meeting.Status.CLOSED).order_by("-held_on", "-id").first()


def meetings_of(group: SavingsGroup) -> QuerySet[Meeting]:
    """All meetings, the latest first."""
    return Meeting.objects.filter(group=group).select_related("close_entry").order_by("-held_on", "-id")


def valid_count(meeting: Meeting) -> CashCount | None:
    """The count that stands."""
    counts = CashCount.objects.filter(meeting=meeting, set_aside_at__isnull=True)
    return counts.select_related("counted_by").first()
