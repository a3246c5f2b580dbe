"""The yearly window: the months in which a changed pledge may begin, and when the next ones are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from members.group_settings import settings_on
from members.models import SavingsGroup
from thai.months import add_months, month_of

FIRST, LENGTH = "pledge_window_month", "pledge_window_months"
EVERY_MONTH = 12


@dataclass(frozen=True, slots=True)
class PledgeWindow:
    """The next months in which a changed pledge may begin: the running window, or the coming one."""

    first: date
    last: date
    is_open: bool
    is_always: bool


def in_window(month: date, *, first: int, length: int) -> bool:
    """Whether a month lies in a window of `length` months that begins each year with month `first` (1-12)."""
    return (month.month - first) % 12 < length


def is_window_month(group: SavingsGroup, month: date) -> bool:
    """Whether a changed pledge may begin in a month, as set on its first day."""
    values = settings_on(group, month)
    return in_window(month, first=values[FIRST], length=values[LENGTH])


def window_months(group: SavingsGroup, months: Iterable[date]) -> list[date]:
    """Those of some months in which a changed pledge may begin; the settings are read once, for the last of them."""
    wanted = list(months)
    if not wanted:
        return []
    values = settings_on(group, wanted[-1])
    return [month for month in wanted if in_window(month, first=values[FIRST], length=values[LENGTH])]


def pledge_window(group: SavingsGroup, on: date) -> PledgeWindow:
    """The window that runs in the month of a day, or the next one."""
    values = settings_on(group, on)
    first, length = values[FIRST], values[LENGTH]
    month = month_of(on)
    if length >= EVERY_MONTH:
        return PledgeWindow(month, add_months(month, 11), is_open=True, is_always=True)
    while not in_window(month, first=first, length=length):
        month = add_months(month, 1)
    begins = add_months(month, -((month.month - first) % 12))
    return PledgeWindow(begins, add_months(begins, length - 1), is_open=begins <= on, is_always=False)
