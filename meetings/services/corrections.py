"""Correcting a receipt of a closed meeting: the old one is reversed, the right one posted, both on a later day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.journal import EntryDraft, correct_entry, credit, debit, lock_book, reverse_entry
from funds.models import Entry
from loans.models import Loan
from loans.postings import repayment_lines
from meetings.errors import CorrectionRefused, OperationTaken, RowRefused
from meetings.lines import RowInput
from meetings.models import Correction, SheetRow
from meetings.selectors.closed import standing_entry
from meetings.selectors.loans import Repaid, corrected_repayments
from meetings.selectors.payments import bank_for_transfers
from meetings.selectors.pledges import books_of, open_months_on
from meetings.services.loans import record_corrected_loans
from meetings.services.payees import refuse_own_business
from members import cosign
from members.access import Right
from members.models import SavingsGroup, User
from savings.months import MonthsError, lay_on_months, month_from_text
from savings.postings import Received, receipt_lines
from savings.services import PaidMonth, open_special_books, record_pledge_months
from savings.wording import months_sentence
from thai.money import format_baht


@transaction.atomic
def request_correction(*, row: SheetRow, corrected: RowInput, reason: str, by: User) -> Correction:
    """Write down what a receipt should have said, and ask a second officer to sign it. Nothing is posted yet.

    The same operation with the same content returns the correction. Raises CorrectionRefused (no receipt, already
    reversed, or the same amounts again), PayeeIsOfficer, OperationTaken, loans.repayment_errors.RepaymentError.
    """
    lock_book(row.meeting.group)
    known = Correction.objects.filter(operation=corrected.operation).first()
    if known is not None:
        asked = _asked(corrected)
        is_other = any(getattr(known, name) != value for name, value in asked.items())
        if known.row_id != row.pk or is_other or known.reason != reason:
            raise OperationTaken
        return known
    entry = standing_entry(row)
    if entry is None or not row.meeting.is_closed:
        raise CorrectionRefused
    refuse_own_business(member_id=row.member_id, officer=by)
    correction = Correction(
        row=row,
        entry=entry,
        operation=corrected.operation,
        reason=reason,
        requested_by=by,
        requested_at=timezone.now(),
        **_asked(corrected),
    )
    corrected_repayments(correction)
    correction.save()
    _ask(correction)
    return correction


@transaction.atomic
def ask_again(*, correction: Correction) -> Correction:
    """Ask for the signature again, the first having lapsed. Raises CorrectionRefused."""
    lock_book(correction.row.meeting.group)
    correction.refresh_from_db()
    if correction.applied_at is not None:
        raise CorrectionRefused
    _ask(correction)
    return correction


@transaction.atomic
def apply_correction(*, correction: Correction, by: User) -> Correction:
    """Reverse the wrong receipt and post the right one, dated today, in one transaction.

    Posts: the mirror of the receipt; then debit cash or bank, credit pledge savings, special savings, loans, fines and
    fees as corrected (nothing where nothing was paid). The months of the old receipt become unpaid; those of the new
    one stay as they were where the pledge is the same, else are laid anew, oldest first. What was paid for loans counts
    from the meeting's day, on which the member paid. Floors hold after the pair. Applied already: returned as it is.
    Raises CorrectionRefused, RowRefused, PayeeIsOfficer, members.cosign.CoSignRefused,
    loans.repayment_errors.RepaymentError, funds.errors.BooksError (a day whose cash is declared takes no more cash).
    """
    group = correction.row.meeting.group
    lock_book(group)
    correction = Correction.objects.select_related("row__member", "row__meeting", "entry", "signature").get(
        pk=correction.pk
    )
    correction.row.meeting.group = correction.entry.group = group
    if correction.applied_at is not None:
        return correction
    if standing_entry(correction.row) != correction.entry:
        raise CorrectionRefused
    if correction.signature is None:
        raise cosign.SignatureMissing
    content = correction_content(correction)
    signer = cosign.use(signature=correction.signature, content=content, by=correction.requested_by)
    for officer in (by, signer):
        refuse_own_business(member_id=correction.row.member_id, officer=officer)
    repaid = corrected_repayments(correction)
    _post(group, correction, repaid, ok=(signer,))
    correction.approved_by, correction.applied_at = signer, timezone.now()
    correction.save()
    if correction.replacement is not None and correction.pledge_satang:
        _record_months(group, correction, correction.replacement)
    if correction.replacement is not None and repaid:
        record_corrected_loans(correction=correction, repaid=repaid, entry=correction.replacement)
    return correction


def correction_content(correction: Correction) -> dict[Any, Any]:
    """What the second officer signs: which receipt, what it says, what it should say, and why."""
    row = correction.row
    return {
        _("Receipt"): correction.entry.n,
        _("Member"): row.member.holder,
        _("Pledge"): format_baht(correction.pledge_satang),
        _("Special savings"): format_baht(correction.special_satang),
        _("Fee"): format_baht(correction.fee_satang),
        _("Fine"): format_baht(correction.fine_satang),
        **_loans_said(correction),
        _("Way of payment"): SheetRow.Method(correction.method).label,
        _("Slip"): correction.slip_ref or "-",
        _("Reason"): correction.reason,
        _("Reference"): str(correction.operation),
    }


def _loans_said(correction: Correction) -> dict[Any, Any]:
    """How much for which contract, where the receipt has or should have anything for loans."""
    amounts = dict(correction.loans)
    touched = {*amounts, *dict(correction.row.loans)}
    loans = Loan.objects.filter(pk__in=touched).order_by("number")
    said = ", ".join(f"{loan.number}: {format_baht(amounts.get(loan.pk, 0))}" for loan in loans)
    return {_("Loans"): said} if said else {}


def _ask(correction: Correction) -> None:
    correction.signature = cosign.request_cosign(
        group=correction.row.meeting.group,
        by=correction.requested_by,
        right=Right.COSIGN,
        title=_("Correct a receipt"),
        content=correction_content(correction),
    )
    correction.save(update_fields=["signature"])


def _post(group: SavingsGroup, correction: Correction, repaid: Repaid, *, ok: Iterable[User]) -> None:
    by, reason = correction.requested_by, correction.reason
    if not correction.total_satang:
        correction.reversal = reverse_entry(
            entry=correction.entry, by=by, ok=ok, operation=correction.operation, reason=reason
        )
        return
    correction.reversal, correction.replacement = correct_entry(
        entry=correction.entry,
        replacement=_replacement(group, correction, repaid, ok=ok),
        by=by,
        ok=ok,
        operation=correction.operation,
        reason=reason,
    )


def _replacement(group: SavingsGroup, correction: Correction, repaid: Repaid, *, ok: Iterable[User]) -> EntryDraft:
    row = correction.row
    if correction.special_satang:
        open_special_books(group=group, members=[row.member], by=correction.requested_by)
    lines = receipt_lines(
        Received(
            holder=row.member.holder,
            pledge=correction.pledge_satang,
            special=correction.special_satang,
            fee=correction.fee_satang,
            fine=correction.fine_satang,
            book=books_of(row.meeting, {row.member_id: row.member.holder})[row.member_id],
            bank=bank_for_transfers(group) if correction.method == SheetRow.Method.TRANSFER else None,
            also=tuple(repayment_lines((part.number, part) for part in repaid)),
        )
    )
    accounts = accounts_for(group, [(code, holder) for code, holder, _satang in lines])
    details: dict[str, Any] = {
        "payer": row.member.full_name,
        "member": row.member.holder,
        "meeting": str(row.meeting),
        "method": correction.method,
        "memo": correction.reason,
        "corrects": correction.entry.n,
    }
    return EntryDraft(
        kind="receipt",
        on=timezone.localdate(),
        by=correction.requested_by,
        ok=tuple(ok),
        lines=[
            debit(accounts[code, holder], satang) if satang > 0 else credit(accounts[code, holder], -satang)
            for code, holder, satang in lines
        ],
        details={**details, "slip": correction.slip_ref} if correction.slip_ref else details,
    )


def _record_months(group: SavingsGroup, correction: Correction, entry: Entry) -> None:
    """Lay the corrected pledge on months; the reversal stands already, so the old receipt's months are open again."""
    row = correction.row
    chosen: list[date] | None = None
    if correction.pledge_satang == row.pledge_satang:
        chosen = [month_from_text(month) for month, _satang in row.months] or None
    months = open_months_on(group, timezone.localdate(), row.member_id)
    try:
        parts = lay_on_months(correction.pledge_satang, open_months=months, chosen=chosen)
    except MonthsError as error:
        raise RowRefused({"pledge": months_sentence(error)}) from None
    record_pledge_months(
        group=group, paid=[PaidMonth(entry.pk, row.member_id, month, satang) for month, satang in parts]
    )


def _asked(corrected: RowInput) -> dict[str, Any]:
    """What the receipt should have said, by the columns of a correction."""
    return {
        "pledge_satang": corrected.pledge,
        "special_satang": corrected.special,
        "fee_satang": corrected.fee,
        "fine_satang": corrected.fine,
        "loan_satang": corrected.loan,
        "loans": [[loan_id, satang] for loan_id, satang in corrected.loans or () if satang],
        "method": corrected.method,
        "slip_ref": corrected.slip_ref,
    }
