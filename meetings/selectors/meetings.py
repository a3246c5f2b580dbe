"""Meetings of a group: which is open, what was held, which number comes next."""

from datetime import date

from django.db.models import Max, QuerySet

from meetings.models import CashCount, Meeting
from members.group_settings import setting
from members.models import SavingsGroup
from thai.months import account_year


def year_of(group: SavingsGroup, on: date) -> int:
    """The account year (B.E.) of a day, as the group's setting has it on that day."""
    return account_year(on, start_month=setting(group, "year_start_month", on))


def next_number(group: SavingsGroup, year: int) -> int:
    """The number that the next meeting of an account year gets."""
    last = Meeting.objects.filter(group=group, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


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
