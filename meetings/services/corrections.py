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
from meetings.errors import CorrectionRefused, OperationTaken, RowRefused
from meetings.lines import RowInput
from meetings.models import Correction, SheetRow
from meetings.selectors.closed import standing_entry
from meetings.selectors.payments import bank_for_transfers
from meetings.selectors.pledges import books_of, open_months_on
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
    reversed, or the same amounts again), PayeeIsOfficer, OperationTaken.
    """
    lock_book(row.meeting.group)
    known = Correction.objects.filter(operation=corrected.operation).first()
    if known is not None:
        if known.row_id != row.pk or _amounts(known) != _asked(corrected) or known.reason != reason:
            raise OperationTaken
        return known
    entry = standing_entry(row)
    if entry is None or not row.meeting.is_closed:
        raise CorrectionRefused
    refuse_own_business(member_id=row.member_id, officer=by)
    pledge, special, fee, fine, method, slip_ref = _asked(corrected)
    correction = Correction(
        row=row,
        entry=entry,
        operation=corrected.operation,
        pledge_satang=pledge,
        special_satang=special,
        fee_satang=fee,
        fine_satang=fine,
        method=method,
        slip_ref=slip_ref,
        reason=reason,
        requested_by=by,
        requested_at=timezone.now(),
    )
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

    Posts: the mirror of the receipt; then debit cash or bank, credit pledge savings, special savings, fines and fees
    as corrected (nothing where nothing was paid). The months of the old receipt become unpaid; those of the new one
    stay as they were where the pledge is the same, else are laid anew, oldest first. Floors hold after the pair.
    Applied already: returned as it is. Raises CorrectionRefused, RowRefused, PayeeIsOfficer,
    members.cosign.CoSignRefused, funds.errors.BooksError (a day whose cash is declared takes no more cash).
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
    _post(group, correction, ok=(signer,))
    correction.approved_by, correction.applied_at = signer, timezone.now()
    correction.save()
    if correction.replacement is not None and correction.pledge_satang:
        _record_months(group, correction, correction.replacement)
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
        _("Way of payment"): SheetRow.Method(correction.method).label,
        _("Slip"): correction.slip_ref or "-",
        _("Reason"): correction.reason,
        _("Reference"): str(correction.operation),
    }


def _ask(correction: Correction) -> None:
    correction.signature = cosign.request_cosign(
        group=correction.row.meeting.group,
        by=correction.requested_by,
        right=Right.COSIGN,
        title=_("Correct a receipt"),
        content=correction_content(correction),
    )
    correction.save(update_fields=["signature"])


def _post(group: SavingsGroup, correction: Correction, *, ok: Iterable[User]) -> None:
    by, reason = correction.requested_by, correction.reason
    if not correction.total_satang:
        correction.reversal = reverse_entry(
            entry=correction.entry, by=by, ok=ok, operation=correction.operation, reason=reason
        )
        return
    correction.reversal, correction.replacement = correct_entry(
        entry=correction.entry,
        replacement=_replacement(group, correction, ok=ok),
        by=by,
        ok=ok,
        operation=correction.operation,
        reason=reason,
    )


def _replacement(group: SavingsGroup, correction: Correction, *, ok: Iterable[User]) -> EntryDraft:
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


def _amounts(correction: Correction) -> tuple[int, int, int, int, str, str]:
    return (
        correction.pledge_satang,
        correction.special_satang,
        correction.fee_satang,
        correction.fine_satang,
        correction.method,
        correction.slip_ref,
    )


def _asked(corrected: RowInput) -> tuple[int, int, int, int, str, str]:
    return (
        corrected.pledge,
        corrected.special,
        corrected.fee,
        corrected.fine,
        corrected.method,
        corrected.slip_ref,
    )
