"""The first day on which a loan falls due: a meeting day of the group, no sooner than half a month after the payout."""

from datetime import date, timedelta

from loans.schedule import Rhythm, due_date
from thai.months import month_of

SOONEST = timedelta(days=15)


def first_due_day(*, paid_on: date, meeting_day: int, rhythm: str = "", instalments: int = 1) -> date:
    """The group's meeting day of the month after the payout; if that is less than 15 days away, of the month after it.

    The first period counts as one month whatever its length, so a few days would cost a whole month's interest. With a
    single payment the one instalment falls due at the end of the term. meeting_day: 1 to 28.
    """
    first = due_date(month_of(paid_on).replace(day=meeting_day), 1)
    if first - paid_on < SOONEST:
        first = due_date(first, 1)
    return due_date(first, instalments - 1) if rhythm == Rhythm.SINGLE_PAYMENT else first


def due_day_at_payout(*, agreed: date, paid_on: date, meeting_day: int, rhythm: str, instalments: int) -> date:
    """The contract's first due day, if the payout leaves time enough until then; else one reckoned from the payout."""
    reckoned = first_due_day(paid_on=paid_on, meeting_day=meeting_day, rhythm=rhythm, instalments=instalments)
    if rhythm == Rhythm.SINGLE_PAYMENT:
        return max(agreed, reckoned)
    return agreed if agreed - paid_on >= SOONEST else reckoned
