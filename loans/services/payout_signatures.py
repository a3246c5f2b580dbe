"""The second officer's signature under a payout, at the laptop of who asked for it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.journal import lock_book
from funds.models import Way
from loans import deciding_errors as errors
from loans.models import Disbursement
from loans.services.payouts import approve_payout, lock_disbursement
from members import cosign
from members.access import Right
from thai.money import format_baht


def payout_content(row: Disbursement) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    loan = row.loan
    rest = {_("Bank account"): row.bank_holder, _("Number of the transfer slip"): row.slip_ref}
    return {
        _("Contract"): loan.number,
        pgettext_lazy("loan", "Borrower"): f"{loan.member.number} {loan.member.full_name}",
        _("Amount"): format_baht(loan.satang),
        _("Way of payment"): Way(row.way).label,
        **{label: text for label, text in rest.items() if text},
        _("Reference"): str(row.operation),
    }


@transaction.atomic
def ask_payout_signature(*, disbursement: Disbursement) -> cosign.CoSignature:
    """Ask for the second officer's signature; again if it has lapsed. Raises PayoutGone."""
    lock_book(disbursement.group)
    row = lock_disbursement(disbursement)
    if not row.is_waiting or row.way == Disbursement.MEETING:
        raise errors.PayoutGone
    row.signature = cosign.request_cosign(
        group=row.group,
        by=row.requested_by,
        right=Right.COSIGN,
        title=_("Payout of a loan"),
        content=payout_content(row),
    )
    row.save(update_fields=["signature"])
    return row.signature


@transaction.atomic
def approve_signed_payout(*, disbursement: Disbursement) -> Disbursement:
    """Spend the signature given at this laptop, and post; a second click is the same entry.

    Raises PayoutGone, members.cosign.CoSignRefused and what approve_payout raises.
    """
    lock_book(disbursement.group)
    row = lock_disbursement(disbursement)
    if row.signature is None:
        raise cosign.SignatureMissing
    if row.entry_id is not None and row.approved_by_id == row.signature.signed_by_id:
        return row
    if not row.is_waiting:
        raise errors.PayoutGone
    signer = cosign.use(signature=row.signature, content=payout_content(row), by=row.requested_by)
    return approve_payout(disbursement=row, by=signer)
