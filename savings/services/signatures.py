"""The second officer's signature at the first one's laptop: what it says, asked for, spent as the act is posted."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from funds.journal import lock_book
from funds.models import Way
from members import cosign
from members.access import Right
from savings.errors import RequestDone
from savings.models import InterestRun, Withdrawal
from savings.services.products import approve_interest
from savings.services.withdrawals import approve_withdrawal
from thai.money import format_baht

Row = TypeVar("Row", Withdrawal, InterestRun)


def withdrawal_content(row: Withdrawal) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    rest = {_("Bank account"): row.bank_holder, _("Number of the transfer slip"): row.slip_ref}
    return {
        _("Member"): f"{row.member.number} {row.member.full_name}",
        _("Book"): row.book.number,
        _("Amount"): format_baht(row.satang),
        _("Way of payment"): Way(row.way).label,
        **{label: text for label, text in rest.items() if text},
        _("Reference"): str(row.operation),
    }


def interest_content(run: InterestRun) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    return {
        _("Product"): run.product.name,
        _("From"): run.starts_on,
        _("Until"): run.ends_on,
        _("Interest of all books"): format_baht(run.total_satang),
        _("Reference"): str(run.operation),
    }


@transaction.atomic
def ask_signature(*, row: Withdrawal | InterestRun) -> cosign.CoSignature:
    """Ask for the second officer's signature at the laptop of who asked; again if it has lapsed. Raises RequestDone."""
    lock_book(row.group)
    locked = type(row).objects.select_for_update().get(pk=row.pk)
    if not locked.is_waiting:
        raise RequestDone
    is_interest = isinstance(row, InterestRun)
    locked.signature = cosign.request_cosign(
        group=row.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Credit interest") if is_interest else _("Withdrawal of special savings"),
        content=_content(row),
    )
    locked.save(update_fields=["signature"])
    row.signature = locked.signature
    return locked.signature


@transaction.atomic
def approve_signed(*, row: Row) -> Row:
    """Spend the signature given at this laptop, and post; a second click is the same entry.

    Raises SignatureMissing, members.cosign.CoSignRefused and what the approval on an own device raises.
    """
    lock_book(row.group)
    row.refresh_from_db()
    if row.signature is None:
        raise cosign.SignatureMissing
    if row.entry_id is not None and row.approved_by_id == row.signature.signed_by_id:
        return row
    if not row.is_waiting:
        raise RequestDone
    signer = cosign.use(signature=row.signature, content=_content(row), by=row.requested_by)
    if isinstance(row, InterestRun):
        return approve_interest(run=row, by=signer)
    return approve_withdrawal(withdrawal=row, by=signer)


def _content(row: Withdrawal | InterestRun) -> dict[Any, Any]:
    return interest_content(row) if isinstance(row, InterestRun) else withdrawal_content(row)
