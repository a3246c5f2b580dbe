"""Money carried to the bank, fetched from it or moved between two bank accounts, outside the meeting day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import account_for
from funds.bank_errors import AccountClosed, MoveDone, MoveTaken, PoolNotThere
from funds.errors import PeopleNotApart
from funds.journal import credit, debit, lock_book, post_entry
from funds.models import Account, BankAccount, BankMove
from funds.models.photos import Photo
from funds.services.days import require_bookable
from funds.services.keeping import place_hold, release_hold
from members import cosign
from members.access import Right
from members.models import CoSignature, SavingsGroup, User
from thai.money import format_baht

_CONTENT = ("group_id", "kind", "pool", "satang", "moved_on", "source_id", "target_id", "slip_ref", "memo", "photo_id")


@dataclass(frozen=True)
class MoveInput:
    """What is moved: satang of one pool; no source or no target is the cash box."""

    kind: str
    pool: str
    satang: int
    moved_on: date
    slip_ref: str
    source: BankAccount | None = None
    target: BankAccount | None = None
    memo: str = ""
    photo: Photo | None = None


@transaction.atomic
def request_move(*, group: SavingsGroup, by: User, move: MoveInput, operation: UUID) -> BankMove:
    """Write down a deposit, a withdrawal or a transfer that a second officer has to approve; its money is held.

    The same operation with the same content returns the row. Raises MoveTaken, BooksNotOpen, AccountClosed,
    PoolNotThere, InsufficientFunds and what the day refuses.
    """
    lock_book(group)
    row = BankMove(
        group=group, operation=operation, requested_by=by, requested_at=timezone.now(), **vars(move)
    )  # fmt: skip
    known = BankMove.objects.filter(operation=operation).first()
    if known is not None:
        if any(getattr(known, name) != getattr(row, name) for name in _CONTENT):
            raise MoveTaken
        return known
    _require_possible(row)
    row.hold = place_hold(account=_from(row), satang=row.satang, reason=f"bank move {operation}", by=by)
    row.save()
    ask_for_move(move=row)
    return row


@transaction.atomic
def ask_for_move(*, move: BankMove) -> CoSignature:
    """Ask the second officer to sign at this device; asked again, the last signature counts. Raises MoveDone."""
    row = _lock_waiting(move)
    row.signature = cosign.request_cosign(
        group=row.group,
        by=row.requested_by,
        right=Right.COSIGN,
        title=_("Approve at the bank"),
        content=move_content(row),
    )
    row.save(update_fields=["signature"])
    move.signature = row.signature
    return row.signature


def post_signed_move(*, move: BankMove) -> BankMove:
    """Spend the signature given at the same device and post. Raises MoveDone, members.cosign.CoSignRefused."""
    with transaction.atomic():
        lock_book(move.group)
        row = _lock_waiting(move)
        if row.signature is None:
            raise cosign.SignatureMissing
        signer = cosign.use(signature=row.signature, content=move_content(row), by=row.requested_by)
        return _post(row, signer)


def approve_move(*, move: BankMove, by: User) -> BankMove:
    """Approve on the own device, signed in, and post. Raises MoveDone, PeopleNotApart."""
    with transaction.atomic():
        lock_book(move.group)
        row = _lock_waiting(move)
        if by.pk == row.requested_by_id:
            raise PeopleNotApart
        return _post(row, by)


@transaction.atomic
def cancel_move(*, move: BankMove, by: User) -> BankMove:
    """Take it back before it is posted; its money is free again. Raises MoveDone."""
    lock_book(move.group)
    row = _lock_waiting(move)
    if row.hold is not None:
        release_hold(hold=row.hold, by=by)
    row.cancelled_by, row.cancelled_at = by, timezone.now()
    row.save()
    return row


def move_content(move: BankMove) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    content: dict[Any, Any] = {
        _("What"): BankMove.Kind(move.kind).label,
        _("Amount (baht)"): format_baht(move.satang),
        _("Whose money"): BankMove.Pool(move.pool).label,
        _("From"): str(move.source) if move.source else _("the cash box"),
        _("To"): str(move.target) if move.target else _("the cash box"),
        _("Day"): move.moved_on,
        _("Number of the bank slip"): move.slip_ref,
    }
    if move.memo:
        content[_("Note")] = move.memo
    return content | {_("Reference"): str(move.operation)}


def _require_possible(row: BankMove) -> None:
    for account in (row.source, row.target):
        if account is not None and account.is_closed:
            raise AccountClosed
        if account is not None and row.pool not in account.pools:
            raise PoolNotThere(account=str(account))
    require_bookable(group=row.group, on=row.moved_on, touches_cash=row.kind != BankMove.Kind.TRANSFER)


def _from(row: BankMove) -> Account:
    return _account(row, row.source)


def _account(row: BankMove, bank: BankAccount | None) -> Account:
    if bank is None:
        return account_for(row.group, f"{row.pool}1100")
    return account_for(row.group, f"{row.pool}1200", bank.holder)


def _post(row: BankMove, approver: User) -> BankMove:
    _require_possible(row)
    if row.hold is not None:
        release_hold(hold=row.hold, by=approver)
    details = {"memo": row.memo, "slip": row.slip_ref}
    if row.photo is not None:
        details["photo"] = row.photo.sha256
    row.entry = post_entry(
        group=row.group,
        kind=row.kind,
        on=row.moved_on,
        by=row.requested_by,
        ok=[approver],
        lines=[debit(_account(row, row.target), row.satang), credit(_from(row), row.satang)],
        operation=row.operation,
        details={name: text for name, text in details.items() if text},
    )
    row.approved_by, row.approved_at = approver, timezone.now()
    row.save()
    return row


def _lock_waiting(move: BankMove) -> BankMove:
    row = (
        BankMove.objects.select_for_update(of=("self",))
        .select_related("source", "target", "hold", "signature", "requested_by", "group", "photo")
        .get(pk=move.pk)
    )
    if not row.is_waiting:
        raise MoveDone
    return row
