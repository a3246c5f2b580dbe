"""Noting in savings which months the receipts of a closed meeting paid."""

from meetings.models import Meeting, SheetRow
from meetings.months import month_from_text
from savings.services import PaidMonth, record_pledge_months


def record_paid_months(*, meeting: Meeting) -> int:
    """Note every month that a receipt of this meeting paid, in the transaction that posts them; returns how many."""
    rows = SheetRow.objects.filter(meeting=meeting, entry__isnull=False, pledge_satang__gt=0)
    paid = [
        PaidMonth(entry_id=entry_id, member_id=member_id, month=month_from_text(month), satang=satang)
        for entry_id, member_id, months in rows.values_list("entry_id", "member_id", "months")
        for month, satang in months
    ]
    return record_pledge_months(group=meeting.group, paid=paid)
