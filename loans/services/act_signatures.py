"""The second officer's signature at the first one's laptop: asked for, and spent as the act is posted."""

from django.db import transaction

from funds.journal import lock_book
from loans.act_errors import ActDone
from loans.models import LoanAct
from loans.selectors.act_words import TITLES, act_content
from loans.services.acts import approve_act, locked_act
from members import cosign
from members.access import Right


@transaction.atomic
def ask_signature(*, act: LoanAct) -> LoanAct:
    """Ask for the second officer's signature at the laptop of who asked; again if it has lapsed. Raises ActDone."""
    lock_book(act.group)
    locked = locked_act(act)
    if not locked.is_waiting:
        raise ActDone
    locked.signature = cosign.request_cosign(
        group=locked.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=TITLES[locked.kind],
        content=act_content(locked),
    )
    locked.save(update_fields=["signature"])
    return locked


@transaction.atomic
def approve_signed_act(*, act: LoanAct) -> LoanAct:
    """Spend the signature given at this laptop, and post; a second click is the same entry.

    Raises SignatureMissing, members.cosign.CoSignRefused and what `approve_act` raises.
    """
    lock_book(act.group)
    locked = locked_act(act)
    if locked.signature is None:
        raise cosign.SignatureMissing
    if locked.entry_id is not None and locked.approved_by_id == locked.signature.signed_by_id:
        return locked
    if not locked.is_waiting:
        raise ActDone
    signer = cosign.use(signature=locked.signature, content=act_content(locked), by=locked.requested_by)
    return approve_act(act=locked, by=signer)
