"""Noting which loans the receipts of a closed meeting paid."""

from collections.abc import Iterable, Sequence
from datetime import date

from funds.models import Entry
from loans.models import Loan
from loans.services.repayments import RepaidPart, record_repayments
from meetings.models import Correction, Meeting
from meetings.plan import PlannedEntry, PlannedRepayment


def record_paid_loans(*, meeting: Meeting, planned: Sequence[PlannedEntry], entries: Sequence[Entry]) -> list[Loan]:
    """Note every loan that a receipt of this batch paid, in the transaction that posts them; returns those paid back.

    planned, entries: the plan of the batch and what was posted, one for one.
    """
    keys = {part.loan_id for plan in planned for part in plan.repaid}
    if not keys:
        return []
    loans = _loans(keys)
    parts = [
        _part(loans[part.loan_id], part, entry, meeting.held_on)
        for plan, entry in zip(planned, entries, strict=True)
        for part in plan.repaid
    ]
    return record_repayments(group=meeting.group, parts=parts)


def record_corrected_loans(*, correction: Correction, repaid: Sequence[PlannedRepayment], entry: Entry) -> list[Loan]:
    """Note what the corrected receipt paid, from the meeting's day on: the member paid then, whatever was written."""
    meeting = correction.row.meeting
    loans = _loans(part.loan_id for part in repaid)
    parts = [_part(loans[part.loan_id], part, entry, meeting.held_on) for part in repaid]
    return record_repayments(group=meeting.group, parts=parts)


def _loans(keys: Iterable[int]) -> dict[int, Loan]:
    return {loan.pk: loan for loan in Loan.objects.filter(pk__in=set(keys)).select_related("member")}


def _part(loan: Loan, part: PlannedRepayment, entry: Entry, on: date) -> RepaidPart:
    return RepaidPart(
        loan=loan,
        entry_id=entry.pk,
        paid_on=on,
        payer=loan.member,
        fine=part.fine,
        interest=part.interest,
        principal=part.principal,
    )
