"""The alarm of the cash box: more than the group's limit lies in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from funds.selectors.journal import cash_balances
from members.group_settings import setting
from members.models import SavingsGroup

SATURDAY = 5


@dataclass(frozen=True)
class CashAlarm:
    """More cash than the limit: how much of each pool goes to the bank, and by which working day; satang."""

    cash: int
    limit: int
    operating: int
    administrative: int
    by_day: date

    @property
    def excess(self) -> int:
        """What is above the limit."""
        return self.operating + self.administrative


def cash_alarm(group: SavingsGroup, on: date) -> CashAlarm | None:
    """The alarm of a day, None where the box holds no more than the limit; two queries.

    What goes to the bank is taken from the pool that has more in the box, then from the other.
    """
    limit: int = setting(group, "cash_limit_satang", on)
    cash = cash_balances(group)
    operating, administrative = cash["O1100"], cash["A1100"]
    excess = operating + administrative - limit
    if excess <= 0:
        return None
    first = min(excess, max(operating, administrative))
    rest = excess - first
    from_operating, from_administrative = (first, rest) if operating >= administrative else (rest, first)
    return CashAlarm(operating + administrative, limit, from_operating, from_administrative, next_working_day(on))


def next_working_day(on: date) -> date:
    """The next day that is no Saturday or Sunday; the bank's own holidays are for people to know."""
    following = on + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following
