"""Loans paid out at a meeting: the payment line keeps the payout's row beside it from the request to the close."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from loans.models import Disbursement, Loan
from loans.services.payouts import lock_payable, require_signed
from loans.services.schedules import note_paid_out
from meetings.errors import LoanLineWrong, MeetingBeforeContract
from meetings.models import PaymentLine
from members.models import User
from thai.dates import format_date
from thai.language import active_language

LOANS = "O1300"


def ask_for_payout(line: PaymentLine, *, by: User) -> None:
    """Write down the payout of which a payment line speaks, behind the book's lock; other lines pass.

    The line is of the whole contract and for its borrower. Raises LoanLineWrong, MeetingBeforeContract,
    loans.deciding_errors.ContractUnsigned, PayoutDone, ContractOver.
    """
    if line.kind != PaymentLine.Kind.LOAN:
        return
    group = line.meeting.group
    loan = Loan.objects.filter(group=group, number=line.account_holder).first()
    if loan is None or (line.account_code, line.satang, line.member_id) != (LOANS, loan.satang, loan.member_id):
        raise LoanLineWrong
    locked = lock_payable(loan)
    if line.meeting.held_on < locked.contracted_on:
        raise MeetingBeforeContract(day=format_date(locked.contracted_on, language=active_language()))
    Disbursement.objects.create(
        group=group,
        loan=locked,
        operation=line.operation,
        way=Disbursement.MEETING,
        bank_holder=line.bank_holder,
        slip_ref=line.slip_ref,
        requested_by=by,
        requested_at=timezone.now(),
    )


def require_payable(operations: Sequence[UUID]) -> None:
    """Refuse payouts whose contract is no longer signed by all. Raises loans.deciding_errors.ContractUnsigned."""
    for row in _payouts(operations):
        require_signed(row.loan)


def take_payout_back(line: PaymentLine, *, by: User) -> None:
    """Cancel the payout of a cancelled line, so that it can be asked for again."""
    if line.kind == PaymentLine.Kind.LOAN:
        waiting = Disbursement.objects.filter(operation=line.operation, entry__isnull=True, cancelled_at__isnull=True)
        waiting.update(cancelled_by=by, cancelled_at=timezone.now())


def note_payouts(operations: Sequence[UUID], *, on: date) -> None:
    """Let every loan that the close has paid out know its entry and its day, and begin its schedule."""
    if not operations:
        return
    posted = PaymentLine.objects.filter(operation__in=operations).select_related("entry", "cosigned_by")
    lines = {line.operation: line for line in posted}
    for row in _payouts(operations):
        line = lines[row.operation]
        assert line.entry is not None
        row.entry, row.approved_by, row.approved_at = line.entry, line.cosigned_by, line.cosigned_at
        row.save(update_fields=["entry", "approved_by", "approved_at"])
        note_paid_out(disbursement=row, entry=line.entry, on=on)


def _payouts(operations: Sequence[UUID]) -> list[Disbursement]:
    if not operations:
        return []
    rows = Disbursement.objects.select_for_update(of=("self",)).filter(operation__in=operations)
    return list(rows.select_related("loan__member__spouse").order_by("pk"))
