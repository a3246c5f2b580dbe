"""Account years of a group: each begins in the month in which its first one did."""

from datetime import date, timedelta

from members.models import SavingsGroup
from thai.months import account_year, account_year_start


def year_of(*, group: SavingsGroup, on: date) -> int:
    """The account year (B.E.) in which a day lies."""
    return account_year(on, start_month=group.first_year_starts_on.month)


def year_start(*, group: SavingsGroup, on: date) -> date:
    """The first day of the account year in which a day lies."""
    month = group.first_year_starts_on.month
    return account_year_start(account_year(on, start_month=month), start_month=month)


def year_end(start: date) -> date:
    """The last day of the account year that begins on `start`."""
    return date(start.year + 1, start.month, 1) - timedelta(days=1)
