"""Payments of the day: asked for, co-signed, cancelled. Nothing is posted before the close."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.journal import lock_book
from meetings.errors import OperationTaken, PayeeIsOfficer, PaymentGone, PaymentNotWaiting
from meetings.models import Meeting, PaymentLine
from meetings.selectors.cash import require_cash
from meetings.services.holds import place_hold, release_hold
from meetings.services.locks import lock_open_meeting
from members import cosign
from members.access import Right
from members.models import CoSignature, Member, Office, PassbookAccess, User
from thai.money import format_baht


@dataclass(frozen=True)
class PaymentInput:
    """A payment as asked for: amounts in satang, account by code and holder (for bank lines the bank account)."""

    kind: str
    satang: int
    code: str
    holder: str = ""
    from_bank: bool = False
    bank: str = ""
    member: Member | None = None
    payee: str = ""
    memo: str = ""
    slip_ref: str = ""


@transaction.atomic
def request_payment(*, meeting: Meeting, payment: PaymentInput, operation: UUID, by: User) -> PaymentLine:
    """Write down a payment that a second officer has to approve. It touches nothing yet.

    The same operation with the same content returns the line. Raises NotEnoughInBox, NotEnoughSaved, NotEnoughInBank,
    PayeeIsOfficer, OperationTaken, MeetingCounting, MeetingClosed.
    """
    lock_book(meeting.group)
    locked = lock_open_meeting(meeting)
    known = PaymentLine.objects.filter(operation=operation).first()
    line = _new_line(locked, payment, operation, by)
    if known is not None:
        if not _is_same(known, line):
            raise OperationTaken
        return known
    _refuse_payee(line, by)
    require_cash(locked, line)
    with place_hold(line, by=by, trial=True):
        pass
    line.save()
    return line


@transaction.atomic
def ask_for_approval(*, line: PaymentLine, by: User) -> CoSignature:
    """Ask a second officer to sign this line as it stands; the one who asked for the payment asks for the signature.

    Raises PaymentNotWaiting.
    """
    locked = _lock_waiting(line)
    signature = cosign.request_cosign(
        group=line.meeting.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Approve a payment"),
        content=payment_content(locked),
    )
    locked.signature = signature
    locked.save(update_fields=["signature"])
    del by
    return signature
