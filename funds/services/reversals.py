"""An entry is reversed beside the meeting: asked for with a reason, approved by another officer, posted once."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds import chart
from funds.accounts import accounts_for
from funds.errors import AlreadyReversed, DeclaredAccountTouched, OperationReused
from funds.journal import correct_prior_year, is_closed_result, lock_book, reverse_entry
from funds.models import Entry, Hold, Posting, ReversalRequest
from funds.reversal_errors import CashCounted, PutRightElsewhere, ReversalDone, ReversalWaits, YearNeedsResolution
from funds.reversing import own_page, require_reversible
from funds.selectors.reversals import member_of, require_reversible_kind
from funds.services.days import require_bookable
from funds.services.voucher_holds import hold_line
from funds.services.voucher_people import refuse_own_business
from members import cosign
from members.access import Right, has_right
from members.models import Resolution, User
from thai.money import format_baht
from thai.quantities import format_kg


@transaction.atomic
def request_reversal(
    *, entry: Entry, reason: str, operation: UUID, by: User, resolution: Resolution | None = None
) -> ReversalRequest:
    """Write down why an entry is wrong, hold what its reversal will take, and ask for the second signature.

    Nothing is posted yet. The same operation with the same content returns the request. Raises OperationReused,
    KindStays, AlreadyReversed, ReversalWaits, PutRightElsewhere, YearNeedsResolution, PeopleNotApart, CashBusy,
    CashCounted, InsufficientFunds, and what a package above refuses (funds/reversing.py).
    """
    lock_book(entry.group)
    known = ReversalRequest.objects.filter(operation=operation).first()
    if known is not None:
        if (known.entry_id, known.reason, known.resolution_id) != (entry.pk, reason, resolution and resolution.pk):
            raise OperationReused
        return known
    require_reversible_kind(entry)
    if Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed(number=entry.n)
    if (page := own_page(entry)) is not None:
        raise PutRightElsewhere(number=entry.n, page=page.label)
    if is_closed_result(entry) and resolution is None:
        raise YearNeedsResolution(number=entry.n)
    require_reversible(entry, timezone.localdate())
    _require_day(entry)
    refuse_own_business(member=member_of(entry), officer=by)
    row = ReversalRequest(
        group=entry.group,
        entry=entry,
        operation=operation,
        reason=reason,
        resolution=resolution if is_closed_result(entry) else None,
        requested_by=by,
        requested_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ReversalWaits(number=entry.n) from None
    row.holds.set(_held(row))
    ask_for_reversal(request=row)
    return row


@transaction.atomic
def ask_for_reversal(*, request: ReversalRequest) -> ReversalRequest:
    """Ask for the second officer's signature at the first one's own laptop, again if it has lapsed."""
    locked = _lock_waiting(request)
    locked.signature = cosign.request_cosign(
        group=locked.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Reverse an entry"),
        content=reversal_content(locked),
    )
    locked.save(update_fields=["signature"])
    request.signature = locked.signature
    return locked


@transaction.atomic
def approve_reversal(*, request: ReversalRequest, by: User) -> ReversalRequest:
    """Approve on the own device and post; twice by the same officer is one entry.

    Posts: the mirror of the entry, dated today; of income and cost of a closed year the correction against the
    undivided profit. Raises ReversalDone, SignerIsAsker, SignerLacksRight, PeopleNotApart and as `request_reversal`.
    """
    lock_book(request.group)
    locked = _locked(request)
    if locked.reversal_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise ReversalDone
    if by.pk == locked.requested_by_id:
        raise cosign.SignerIsAsker
    if not has_right(by, locked.group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=by.display_name)
    return _post(locked, by)


@transaction.atomic
def approve_signed_reversal(*, request: ReversalRequest) -> ReversalRequest:
    """Spend the second officer's signature given at the first one's laptop, and post.

    Raises ReversalDone, members.cosign.CoSignRefused and as `approve_reversal`.
    """
    locked = _lock_waiting(request)
    if locked.signature is None:
        raise cosign.SignatureMissing
    signer = cosign.use(signature=locked.signature, content=reversal_content(locked), by=locked.requested_by)
    return _post(locked, signer)


@transaction.atomic
def cancel_reversal(*, request: ReversalRequest, by: User) -> ReversalRequest:
    """Take a request back before it is posted; what it holds is free again. Raises ReversalDone."""
    locked = _lock_waiting(request)
    _release(locked, by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def reversal_content(request: ReversalRequest) -> dict[Any, Any]:
    """What the second officer signs: which entry, every line of it, and why it shall not stand."""
    entry = request.entry
    content = {
        _("Entry"): entry.n,
        _("Kind"): entry.kind_label,
        _("Day"): entry.booked_on,
        _("Accounts"): ", ".join(
            f"{account.code} {account.holder} {_amount(account.code, amount)}" for account, amount in _mirror(entry)
        ),
        _("Reason"): request.reason,
    }
    if request.resolution is not None:
        content[_("Resolution")] = request.resolution.number
    return content | {_("Reference"): str(request.operation)}


def _post(request: ReversalRequest, approver: User) -> ReversalRequest:
    entry, asker, ok = request.entry, request.requested_by, [approver]
    member = member_of(entry)
    for officer in (asker, approver):
        refuse_own_business(member=member, officer=officer)
    _require_day(entry)
    _release(request, approver)
    if request.resolution is not None:
        request.reversal = correct_prior_year(
            entry=entry, by=asker, ok=ok, operation=request.operation, resolution=request.resolution.number,
            reason=request.reason,
        )  # fmt: skip
    elif is_closed_result(entry):
        raise YearNeedsResolution(number=entry.n)
    else:
        request.reversal = reverse_entry(
            entry=entry, by=asker, ok=ok, operation=request.operation, reason=request.reason, payee=member
        )
    request.approved_by, request.approved_at = approver, timezone.now()
    request.save(update_fields=["reversal", "approved_by", "approved_at"])
    return request


def _mirror(entry: Entry) -> list[tuple[Any, int]]:
    rows = Posting.objects.filter(entry=entry).select_related("account").order_by("line")
    return [(row.account, -row.amount) for row in rows]


def _amount(code: str, amount: int) -> str:
    return format_kg(amount) if chart.is_in_kind(code) else format_baht(amount, signed=True)


def _require_day(entry: Entry) -> None:
    touches_cash = any(account.code in chart.CASH for account, _amount in _mirror(entry))
    try:
        require_bookable(group=entry.group, on=timezone.localdate(), touches_cash=touches_cash)
    except DeclaredAccountTouched:
        raise CashCounted from None


def _held(request: ReversalRequest) -> list[Hold]:
    """Hold what the reversal will take from each account, income and cost of a closed year as the profit."""
    lines: dict[tuple[str, str], int] = {}
    for account, amount in _mirror(request.entry):
        key = (account.code, account.holder)
        if request.resolution is not None:
            code = chart.profit_account(account.code)
            key = (code, account.holder if code == account.code else "")
        lines[key] = lines.get(key, 0) + amount
    accounts = accounts_for(request.group, lines)
    holds = [hold_line(account=accounts[key], satang=amount, by=request.requested_by) for key, amount in lines.items()]
    return [hold for hold in holds if hold is not None]


def _release(request: ReversalRequest, by: User) -> None:
    request.holds.filter(released_at__isnull=True).update(released_by=by.code, released_at=timezone.now())


def _locked(request: ReversalRequest) -> ReversalRequest:
    locked = ReversalRequest.objects.select_for_update().get(pk=request.pk)
    locked.group = locked.entry.group = request.group
    return locked


def _lock_waiting(request: ReversalRequest) -> ReversalRequest:
    lock_book(request.group)
    locked = _locked(request)
    if not locked.is_waiting:
        raise ReversalDone
    return locked
