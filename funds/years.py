"""Account years: twelve months each, in a row from the group's first, made when something is dated in them."""

from datetime import date, timedelta

from funds.models import AccountYear
from members.models import SavingsGroup
from thai.months import account_year as year_name
from thai.months import add_months


def open_account_year(*, group: SavingsGroup, starts_on: date) -> AccountYear:
    """Make a group's account year of twelve months, once."""
    year = year_name(starts_on, start_month=starts_on.month)
    row, _made = AccountYear.objects.get_or_create(group=group, year=year, defaults=_span(starts_on))
    return row


def _span(starts_on: date) -> dict[str, date]:
    return {"starts_on": starts_on, "ends_on": add_months(starts_on, 12) - timedelta(days=1)}


def is_in_account_year(*, group: SavingsGroup, on: date) -> bool:
    """Whether a day lies in an account year that is there."""
    return AccountYear.objects.filter(group=group, starts_on__lte=on, ends_on__gte=on).exists()


def ensure_account_year(*, group: SavingsGroup, on: date) -> AccountYear | None:
    """The account year in which a day lies, made with those before it if it is not there; None before the first.

    The year before stays open until its closing entry: two may be open at once. The gate calls this for whatever it
    posts, so that no year has to be opened by hand.
    """
    years = AccountYear.objects.filter(group=group)
    found = years.filter(starts_on__lte=on, ends_on__gte=on).first()
    if found is not None or on < group.first_year_starts_on:
        return found
    last = years.order_by("-starts_on").first()
    if last is None:
        last = open_account_year(group=group, starts_on=group.first_year_starts_on)
    while last.ends_on < on:
        starts_on = last.ends_on + timedelta(days=1)
        year = max(last.year + 1, year_name(starts_on, start_month=starts_on.month))  # a year cut short keeps its name
        last = AccountYear.objects.create(group=group, year=year, **_span(starts_on))
    return last
