"""Payments of the day: asked for, co-signed, cancelled. Nothing is posted before the close."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.journal import lock_book
from funds.services import release_hold
from meetings.errors import OperationTaken, PaymentGone, PaymentNotWaiting
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.selectors.cash import require_cash
from meetings.services.holds import hold_for, require_available
from meetings.services.locks import lock_open_meeting
from meetings.services.payees import refuse_own_business
from meetings.services.payouts import ask_for_payout, require_payable, take_payout_back
from members import cosign
from members.access import Right
from members.models import Member, User
from savings.errors import NoticeNotOver
from savings.services.withdrawals import require_withdrawable
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht


@dataclass(frozen=True)
class PaymentInput:
    """A payment as asked for: satang, account by code and holder (for bank lines the bank account)."""

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
    """Write down a payment that a second officer has to approve, and ask for the signature. Nothing moves yet.

    The same operation with the same content returns the line. Raises NotEnoughInBox, NotEnoughSaved, NotEnoughInBank,
    PayeeIsOfficer, OperationTaken, MeetingCounting, MeetingClosed.
    """
    lock_book(meeting.group)
    locked = lock_open_meeting(meeting)
    line = _new_line(locked, payment, operation, by)
    known = PaymentLine.objects.filter(operation=operation).first()
    if known is not None:
        if not _is_same(known, line):
            raise OperationTaken
        return known
    if SheetRow.objects.filter(operation=operation).exists():
        raise OperationTaken
    refuse_own_business(member_id=line.member_id, officer=by)
    require_cash(locked, line)
    require_available(line)
    _require_terms(line)
    ask_for_payout(line, by=by)
    line.save()
    _ask(line)
    return line


@transaction.atomic
def ask_again(*, line: PaymentLine) -> PaymentLine:
    """Ask for the second officer's signature again, the first having lapsed. Raises PaymentNotWaiting and as above."""
    meeting = lock_open_meeting(line.meeting)
    locked = _lock_waiting(line, meeting)
    _ask(locked)
    return locked


@transaction.atomic
def approve_payment(*, line: PaymentLine) -> PaymentLine:
    """Spend the second officer's signature on the line it was given for, and set the money aside until the close.

    Raises PaymentNotWaiting, PayeeIsOfficer, NotEnoughInBox, NotEnoughSaved, NotEnoughInBank, MeetingCounting,
    MeetingClosed, members.cosign.CoSignRefused.
    """
    lock_book(line.meeting.group)
    meeting = lock_open_meeting(line.meeting)
    locked = _lock_waiting(line, meeting)
    if locked.signature is None:
        raise cosign.SignatureMissing
    signer = cosign.use(signature=locked.signature, content=payment_content(locked), by=locked.requested_by)
    refuse_own_business(member_id=locked.member_id, officer=signer)
    if locked.kind == PaymentLine.Kind.LOAN:
        require_payable([locked.operation])
    require_cash(meeting, locked)
    locked.hold = hold_for(locked, by=signer)
    locked.state = PaymentLine.State.COSIGNED
    locked.cosigned_by, locked.cosigned_at = signer, timezone.now()
    locked.save()
    return locked


@transaction.atomic
def cancel_payment(*, line: PaymentLine, by: User) -> PaymentLine:
    """Take a payment back before the close; what it holds is free again. Raises PaymentGone, MeetingCounting, ..."""
    lock_book(line.meeting.group)
    meeting = lock_open_meeting(line.meeting)
    locked = PaymentLine.objects.select_for_update().get(pk=line.pk)
    if locked.state not in (PaymentLine.State.REQUESTED, PaymentLine.State.COSIGNED):
        raise PaymentGone
    locked.meeting = meeting
    if locked.hold is not None and locked.hold.released_at is None:
        release_hold(hold=locked.hold, by=by)
    take_payout_back(locked, by=by)
    locked.state = PaymentLine.State.CANCELLED
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save()
    return locked


def payment_content(line: PaymentLine) -> dict[Any, Any]:
    """What the second officer signs: everything about the line, as it is read."""
    content: dict[Any, Any] = {
        _("Meeting"): str(line.meeting),
        _("Kind"): PaymentLine.Kind(line.kind).label,
        _("Amount (baht)"): format_baht(line.satang),
    }
    rest = {
        _("Paid to"): line.payee,
        _("For what exactly"): line.memo,
        _("Account"): f"{line.account_code} {line.account_holder}".strip(),
        _("Paid from"): _("Bank") if line.from_bank else "",
        _("Bank account"): line.bank_holder,
        _("Slip"): line.slip_ref,
    }
    content |= {label: text for label, text in rest.items() if text}
    content[_("Reference")] = str(line.operation)
    return content


def _ask(line: PaymentLine) -> None:
    line.signature = cosign.request_cosign(
        group=line.meeting.group,
        by=line.requested_by,
        right=Right.COSIGN,
        title=_("Approve a payment"),
        content=payment_content(line),
    )
    line.save(update_fields=["signature"])


def _require_terms(line: PaymentLine) -> None:
    """Hold a withdrawal to the terms of its product of special savings; with notice it is asked for beforehand."""
    if line.kind != PaymentLine.Kind.WITHDRAWAL:
        return
    day = line.meeting.held_on
    notice = require_withdrawable(group=line.meeting.group, number=line.account_holder, satang=line.satang, on=day)
    if notice:
        raise NoticeNotOver(day=format_date(day + timedelta(days=notice), language=active_language()))


def _lock_waiting(line: PaymentLine, meeting: Meeting) -> PaymentLine:
    locked = PaymentLine.objects.select_for_update().get(pk=line.pk)
    if locked.state != PaymentLine.State.REQUESTED:
        raise PaymentNotWaiting
    locked.meeting = meeting
    return locked


def _new_line(meeting: Meeting, payment: PaymentInput, operation: UUID, by: User) -> PaymentLine:
    return PaymentLine(
        meeting=meeting,
        operation=operation,
        kind=payment.kind,
        satang=payment.satang,
        account_code=payment.code,
        account_holder=payment.holder,
        from_bank=payment.from_bank,
        bank_holder=payment.bank,
        member=payment.member,
        payee=payment.payee,
        memo=payment.memo,
        slip_ref=payment.slip_ref,
        requested_by=by,
        requested_at=timezone.now(),
    )


_CONTENT = (
    "meeting_id", "kind", "satang", "account_code", "account_holder", "from_bank", "bank_holder", "member_id", "payee",
    "memo", "slip_ref",
)  # fmt: skip


def _is_same(known: PaymentLine, line: PaymentLine) -> bool:
    return all(getattr(known, name) == getattr(line, name) for name in _CONTENT)
