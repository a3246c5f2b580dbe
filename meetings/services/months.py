"""Noting in savings which months the receipts of a closed meeting paid."""

from collections.abc import Sequence

from funds.models import Entry
from meetings.plan import PlannedEntry
from members.models import SavingsGroup
from savings.services import PaidMonth, record_pledge_months


def record_paid_months(*, group: SavingsGroup, planned: Sequence[PlannedEntry], entries: Sequence[Entry]) -> int:
    """Note every month that a receipt of this batch paid, in the transaction that posts them; returns how many.

    planned, entries: the plan of the batch and what was posted, one for one.
    """
    paid = [
        PaidMonth(entry_id=entry.pk, member_id=plan.member_id, month=month, satang=satang)
        for plan, entry in zip(planned, entries, strict=True)
        for month, satang in plan.months
    ]
    return record_pledge_months(group=group, paid=paid)
