"""The notice to a guarantor: its deadline, and what may be asked of a guarantor who was told too late.

Civil and Commercial Code s.686: the creditor tells the guarantor in writing within 60 days of the borrower's default,
or the guarantor is freed from interest and charges that arise after those 60 days. Pure; satang.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from loans.arrears import NOTICE_ALARMS, NOTICE_DAYS, notice_deadline
from loans.schedule import DAYS_A_YEAR, MONTHS_A_YEAR, half_up
from loans.standing import InstalmentStanding, Standing


class Stage(StrEnum):
    """How pressing a notice is."""

    EARLY = "early"
    SOON = "soon"  # day 30 and later
    URGENT = "urgent"  # day 45
    LAST_DAYS = "last_days"  # day 55
    MISSED = "missed"  # day 60 has passed and nothing was sent
    SENT = "sent"
    SENT_LATE = "sent_late"  # sent, but after day 60


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked of a guarantor for one instalment; `freed` is what came after day 60 and is not asked."""

    principal: int
    interest: int
    fine: int
    freed: int

    @property
    def asked(self) -> int:
        """All that is asked."""
        return self.principal + self.interest + self.fine


def stage_of(due_on: date, as_of: date, sent_on: date | None) -> Stage:
    """How pressing the notice about an overdue instalment is on a day."""
    if sent_on is not None and sent_on <= as_of:
        return Stage.SENT if sent_on <= notice_deadline(due_on) else Stage.SENT_LATE
    days = (as_of - due_on).days
    if days > NOTICE_DAYS:
        return Stage.MISSED
    passed = sum(days >= alarm for alarm in NOTICE_ALARMS)
    return (Stage.EARLY, Stage.SOON, Stage.URGENT, Stage.LAST_DAYS)[passed]


def overdue_rows(standing: Standing) -> tuple[InstalmentStanding, ...]:
    """The overdue instalments of the plan: not what was carried into it, nor the interest of months after its term."""
    last = max((row.number for row in standing.instalments if row.principal), default=0)
    return tuple(row for row in standing.instalments if 0 < row.number <= last and row.days_late(standing.as_of))


def claim_of(
    row: InstalmentStanding,
    *,
    history: Callable[[date], Standing],
    as_of: date,
    missed: Collection[InstalmentStanding],
    monthly_rate: Fraction,
) -> Claim:
    """What is asked of a guarantor for an overdue row, if the notices about the `missed` rows came too late.

    Not asked: the late charge of a missed row after its day 60, and of a later row's interest what arose after then on
    the principal of the missed rows (by its days over 365). monthly_rate: 0 where interest does not follow the
    principal owed.
    """
    fine = row.fine_rest
    if row in missed:
        then = _row_of(history(notice_deadline(row.due_on)), row)
        fine = min(fine, then.fine_rest if then is not None else 0)
    since = _due_before(history(as_of).instalments, row)
    freed = sum(_interest_after(each, since, row.due_on, monthly_rate) for each in missed if each.due_on < row.due_on)
    interest = max(row.interest_rest - freed, 0)
    return Claim(row.principal_rest, interest, fine, row.rest - row.principal_rest - interest - fine)


def _row_of(standing: Standing, row: InstalmentStanding) -> InstalmentStanding | None:
    found = (each for each in standing.instalments if (each.number, each.due_on) == (row.number, row.due_on))
    return next(found, None)


def _due_before(rows: Sequence[InstalmentStanding], row: InstalmentStanding) -> date:
    return max((each.due_on for each in rows if each.due_on < row.due_on), default=row.due_on)


def _interest_after(missed: InstalmentStanding, since: date, until: date, monthly_rate: Fraction) -> int:
    """The interest on a missed row's principal for the days of a period that lie after its day 60."""
    days = (until - max(since, notice_deadline(missed.due_on))).days
    years = Fraction(MONTHS_A_YEAR * days, DAYS_A_YEAR)
    return half_up(missed.principal_rest * monthly_rate * years) if days > 0 else 0
