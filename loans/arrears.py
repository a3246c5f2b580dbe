"""Figures of loans that fall behind and of the law's papers: ageing, allowance, portfolio at risk, notice, stamp duty.

Pure: whole satang, days and fractions; what is late follows from loans.standing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

PAR_DAYS = 30
NOTICE_DAYS = 60  # Civil and Commercial Code s.686: written notice to the guarantors within sixty days of the default
NOTICE_ALARMS = (30, 45, 55)
ALLOWANCE_PERCENT = (0, 10, 25, 50, 100)  # of 1-30, 31-60, 61-90, 91-180 and over 180 days
WRITTEN_ABOVE = 2_000_00  # Civil and Commercial Code s.653: above 2,000 baht in writing, signed by the borrower
STAMP_STEP = 2_000_00  # Revenue Code, stamp duty schedule, no. 5: 1 baht for every 2,000 baht or part of it
STAMP_RATE = 1_00
STAMP_LIMIT = 10_000_00


class Bucket(StrEnum):
    """How many days past due a loan is."""

    CURRENT = "current"
    DAYS_1_30 = "1-30"
    DAYS_31_60 = "31-60"
    DAYS_61_90 = "61-90"
    DAYS_91_180 = "91-180"
    OVER_180 = "over-180"


_LAST_DAYS = (0, 30, 60, 90, 180)


@dataclass(frozen=True, slots=True)
class Aged:
    """A loan for the ageing: satang outstanding, days past due, whether its schedule was ever changed."""

    outstanding: int
    days_past_due: int
    is_rescheduled: bool = False


@dataclass(frozen=True, slots=True)
class AgeingLine:
    """The loans of one bucket: how many, their outstanding principal and the allowance for it, satang."""

    bucket: Bucket
    loans: int
    outstanding: int
    allowance: int


@dataclass(frozen=True, slots=True)
class Notice:
    """The written notice to the guarantors of an instalment that is overdue.

    alarm: the step of 30, 45 and 55 days that has been reached, 0 before the first. days_left: to the deadline, below 0
    after it; from then on a guarantor without notice owes no interest or charge of the time after those sixty days.
    """

    due_on: date
    deadline: date
    days_late: int
    days_left: int
    alarm: int

    @property
    def is_missed(self) -> bool:
        """The deadline has passed."""
        return self.days_left < 0


def bucket_of(days_past_due: int) -> Bucket:
    """Return the bucket of so many days past due; ValueError below 0."""
    if days_past_due < 0:
        raise ValueError(f"days past due are 0 or more, not {days_past_due}")
    for last, bucket in zip(_LAST_DAYS, Bucket, strict=False):
        if days_past_due <= last:
            return bucket
    return Bucket.OVER_180


def allowance(outstanding: int, days_past_due: int, percent: Sequence[int] = ALLOWANCE_PERCENT) -> int:
    """Return the allowance for a loan, satang, half up: by its bucket so many per cent of what is outstanding.

    percent: of the five buckets from 1-30 days on, each 0 to 100; a loan in time needs none. Raises ValueError.
    """
    if len(percent) != len(Bucket) - 1 or not all(0 <= part <= 100 for part in percent):
        raise ValueError(f"five percentages from 0 to 100 are needed, not {tuple(percent)}")
    shares = (0, *percent)
    share = shares[list(Bucket).index(bucket_of(days_past_due))]
    return (2 * outstanding * share + 100) // 200


def ageing(loans: Iterable[Aged], percent: Sequence[int] = ALLOWANCE_PERCENT) -> tuple[AgeingLine, ...]:
    """Sum loans by bucket, every bucket in order; loans with nothing outstanding are left out."""
    sums = {bucket: [0, 0, 0] for bucket in Bucket}
    for loan in loans:
        if loan.outstanding > 0:
            line = sums[bucket_of(loan.days_past_due)]
            line[0] += 1
            line[1] += loan.outstanding
            line[2] += allowance(loan.outstanding, loan.days_past_due, percent)
    return tuple(AgeingLine(bucket, *line) for bucket, line in sums.items())


def par30(loans: Iterable[Aged]) -> Fraction | None:
    """Return the portfolio at risk: outstanding of loans more than 30 days late or rescheduled / all outstanding.

    As CGAP and SAVIX count it; None where nothing is outstanding.
    """
    at_risk = gross = 0
    for loan in loans:
        gross += loan.outstanding
        if loan.days_past_due > PAR_DAYS or loan.is_rescheduled:
            at_risk += loan.outstanding
    return Fraction(at_risk, gross) if gross > 0 else None


def notice_deadline(due_on: date) -> date:
    """Return the last day for the written notice to guarantors of an instalment that was due on a day and is unpaid.

    Sixty days (Civil and Commercial Code s.686), counted from the due date itself: the safest reading.
    """
    return due_on + timedelta(days=NOTICE_DAYS)


def notice_for(due_on: date, as_of: date) -> Notice:
    """Say how the notice for an instalment that is unpaid since due_on stands on a day."""
    late = (as_of - due_on).days
    deadline = notice_deadline(due_on)
    alarm = max((step for step in NOTICE_ALARMS if step <= late), default=0)
    return Notice(due_on, deadline, max(0, late), (deadline - as_of).days, alarm)


def stamp_duty(principal: int) -> int:
    """Return the stamp duty of a loan contract, satang: 1 baht per 2,000 baht or part of it, at most 10,000 baht.

    Revenue Code, stamp duty schedule, no. 5. Raises ValueError where nothing is lent.
    """
    if principal <= 0:
        raise ValueError(f"principal is more than 0 satang, not {principal}")
    return min(STAMP_LIMIT, -(-principal // STAMP_STEP) * STAMP_RATE)


def needs_writing(principal: int) -> bool:
    """Say whether a loan must be in writing, signed by the borrower (Civil and Commercial Code s.653)."""
    return principal > WRITTEN_ABOVE
