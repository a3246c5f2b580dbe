"""The vows of one member: which there are, and in which month a further one can begin."""

from datetime import date

from django.utils import timezone

from funds.selectors import head
from members.group_settings import settings_on
from members.models import Member
from savings.models import PledgePeriod
from savings.selectors.due import last_paid_month
from thai.months import add_months, month_of, months_between

MONTHS_AHEAD = 12


def vows(member: Member) -> list[PledgePeriod]:
    """Every vow of a member, the latest first, with its resolution and who entered it."""
    periods = PledgePeriod.objects.filter(member=member).select_related("resolution", "set_by")
    return list(periods.order_by("-starts_on"))


def first_pledge_month(member: Member) -> date:
    """The month from which a newly admitted member saves: that of the admission, or the first still to be closed."""
    assert member.admitted_on is not None
    month = max(month_of(member.admitted_on), month_of(member.group.first_year_starts_on))
    last = head(member.group)
    if last is None or last.declared_through == date.min:
        return month
    return max(month, add_months(month_of(last.declared_through), 1))


def applied_pledge(member: Member, on: date) -> int | None:
    """What the units of the application come to a month (satang) by the unit of a day; None where none are given."""
    unit = int(settings_on(member.group, on)["pledge_unit_satang"])
    return member.pledge_units * unit if member.pledge_units else None


def possible_pledge_months(member: Member) -> list[date]:
    """The months in which a vow can begin, a year ahead: the first one since the admission, a change from now on."""
    assert member.admitted_on is not None
    now = month_of(timezone.localdate())
    latest = PledgePeriod.objects.filter(member=member).order_by("-starts_on").first()
    if latest is None:
        since = max(month_of(member.admitted_on), month_of(member.group.first_year_starts_on))
        first = max(since, add_months(now, -MONTHS_AHEAD))
    else:
        first = max(add_months(latest.starts_on, 1), now)
    paid_to = last_paid_month(member)
    if paid_to is not None:
        first = max(first, add_months(paid_to, 1))
    return list(months_between(first, add_months(max(first, now), MONTHS_AHEAD)))
