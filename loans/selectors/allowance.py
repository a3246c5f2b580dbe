"""The allowance for loans that are late: what the ageing asks for, by the group's percentages, and what is booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from funds.selectors import code_balances
from loans.arrears import Aged, ageing
from loans.models import ScheduleVersion
from loans.selectors.standings import standings
from loans.standing import Standing
from members.group_settings import settings_on
from members.models import SavingsGroup

ACCOUNT = "O1390"
PERCENTAGES = (
    "allowance_one_month",
    "allowance_two_months",
    "allowance_three_months",
    "allowance_half_year",
    "allowance_over",
)


@dataclass(frozen=True)
class AgedLine:
    """The loans of one bucket (satang)."""

    bucket: str
    loans: int
    outstanding: int
    percent: int
    satang: int


@dataclass(frozen=True)
class Allowance:
    """The allowance as of a day (satang): `needed` by the ageing, `booked` in the ledger."""

    lines: tuple[AgedLine, ...]
    booked: int
    is_booked: bool

    @property
    def needed(self) -> int:
        """The sum over the buckets."""
        return sum(line.satang for line in self.lines)

    @property
    def outstanding(self) -> int:
        """The principal outstanding."""
        return sum(line.outstanding for line in self.lines)

    @property
    def loans(self) -> int:
        """How many loans."""
        return sum(line.loans for line in self.lines)

    @property
    def to_book(self) -> int:
        """What has to be booked yet; below 0: what is booked too much."""
        return self.needed - self.booked


def allowance(group: SavingsGroup, on: date | None = None, *, found: dict[int, Standing] | None = None) -> Allowance:
    """The allowance as of a day. `found`: the live loans' standings, where they are read already."""
    day = on or timezone.localdate()
    rules = settings_on(group, day)
    percent = [rules[key] for key in PERCENTAGES]
    stood = standings(group, on) if found is None else found
    lines = ageing([Aged(each.outstanding, each.days_past_due) for each in stood.values()], percent)
    return Allowance(
        lines=tuple(
            AgedLine(str(line.bucket), line.loans, line.outstanding, share, line.allowance)
            for line, share in zip(lines, (0, *percent), strict=True)
        ),
        booked=-code_balances(group, [ACCOUNT], on)[ACCOUNT],
        is_booked=bool(rules["allowance_booked"]),
    )


def rescheduled(loans: Iterable[int]) -> frozenset[int]:
    """Which of these loans have a later version of their schedule; one query."""
    rows = ScheduleVersion.objects.filter(loan__in=list(loans), version__gt=1).order_by()
    return frozenset(rows.values_list("loan_id", flat=True))
