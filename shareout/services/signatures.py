"""The second officer's signature at the first one's laptop, for a share-out and for a list of payments."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from funds.chain import paper_code
from funds.journal import lock_book
from members import cosign
from members.access import Right
from shareout.models import ShareOut, SharePayment
from shareout.services.payments import approve_payments
from shareout.services.share_outs import approve_adoption, locked_share_out
from shareout.share_out_errors import PaymentDone, ShareOutDone
from thai.money import format_baht


def adoption_content(share_out: ShareOut) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    return {
        _("Account year"): share_out.year.year,
        _("Way to divide"): share_out.policy.name,
        _("Resolution"): share_out.resolution.number,
        _("Day of the general meeting"): share_out.held_on,
        _("To be divided"): format_baht(share_out.distributable),
        _("30-digit code"): paper_code(share_out.fingerprint),
        _("Code of the content"): share_out.fingerprint,
    }


def payments_content(rows: Sequence[SharePayment]) -> dict[Any, Any]:
    """What the second officer signs, as it is read: the list by its sum, its people and each one's amount."""
    first = rows[0]
    rest = {_("Bank account"): first.bank_holder, _("Number of the transfer slip"): first.slip_ref}
    return {
        _("Way of payment"): SharePayment.Way(first.way).label,
        **{label: text for label, text in rest.items() if text},
        _("Members"): len(rows),
        _("Together"): format_baht(sum(row.satang for row in rows)),
        _("Each"): ", ".join(f"{row.member.holder} {format_baht(row.satang)}" for row in rows),
    }


@transaction.atomic
def ask_adoption_signature(*, share_out: ShareOut) -> cosign.CoSignature:
    """Ask for the second officer's signature at the laptop of who asked. Raises ShareOutDone."""
    lock_book(share_out.group)
    locked = locked_share_out(share_out)
    if locked.state != "simulated":
        raise ShareOutDone
    locked.signature = cosign.request_cosign(
        group=locked.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Share-out"),
        content=adoption_content(locked),
    )
    locked.save(update_fields=["signature"])
    return locked.signature


@transaction.atomic
def approve_signed_adoption(*, share_out: ShareOut) -> ShareOut:
    """Spend the signature given at this laptop; a second click is the same approval.

    Raises SignatureMissing, members.cosign.CoSignRefused and what `approve_adoption` raises.
    """
    lock_book(share_out.group)
    locked = locked_share_out(share_out)
    if locked.signature is None:
        raise cosign.SignatureMissing
    if locked.approved_by_id is not None and locked.approved_by_id == locked.signature.signed_by_id:
        return locked
    signer = cosign.use(signature=locked.signature, content=adoption_content(locked), by=locked.requested_by)
    return approve_adoption(share_out=locked, by=signer)


@transaction.atomic
def ask_payments_signature(*, rows: Sequence[SharePayment]) -> cosign.CoSignature:
    """Ask for one signature over a whole list at the laptop of who asked. Raises PaymentDone."""
    group = rows[0].group
    lock_book(group)
    ids = [row.pk for row in rows]
    waiting = SharePayment.objects.filter(pk__in=ids, entry__isnull=True, cancelled_at__isnull=True)
    if waiting.count() != len(ids):
        raise PaymentDone
    signature = cosign.request_cosign(
        group=group,
        by=rows[0].requested_by,
        right=Right.COSIGN,
        title=_("Dividend and rebate paid"),
        content=payments_content(rows),
    )
    waiting.update(signature=signature)
    return signature


@transaction.atomic
def approve_signed_payments(*, rows: Sequence[SharePayment]) -> list[SharePayment]:
    """Spend the signature given at this laptop on the whole list.

    Raises SignatureMissing, members.cosign.CoSignRefused and what `approve_payments` raises.
    """
    lock_book(rows[0].group)
    signature = rows[0].signature
    if signature is None or any(row.signature_id != signature.pk for row in rows):
        raise cosign.SignatureMissing
    signer = cosign.use(signature=signature, content=payments_content(rows), by=rows[0].requested_by)
    return approve_payments(payments=rows, by=signer)
