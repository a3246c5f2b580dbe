"""Whether, and from when, somebody who left may be admitted again."""

from dataclasses import dataclass
from datetime import date

from members.group_settings import setting
from members.models import Member
from thai.months import add_months, days_in_month, month_of


@dataclass(frozen=True)
class Readmission:
    """From which day; after an expulsion any day, but only by the general meeting."""

    possible_from: date
    by_general_meeting: bool
    months: int


def readmission_of(former: Member) -> Readmission | None:
    """How a person who left may come back; None for members, the deceased, and who is back already."""
    if former.left_on is None or former.status == Member.Status.DECEASED:
        return None
    if Member.objects.filter(former=former).exists():
        return None
    months = int(setting(former.group, "readmission_months"))
    expelled = former.status == Member.Status.EXPELLED
    return Readmission(former.left_on if expelled else _months_later(former.left_on, months), expelled, months)


def _months_later(on: date, months: int) -> date:
    """The same day so many months later, the month's last where it has no such day."""
    month = add_months(month_of(on), months)
    return month.replace(day=min(on.day, days_in_month(month)))
