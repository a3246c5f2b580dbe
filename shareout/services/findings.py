"""A late finding: written down with its resolution, held, approved by another officer, posted once and today."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds import chart
from funds.accounts import accounts_for
from funds.errors import OperationReused
from funds.journal import Line, lock_book, post_entry
from funds.models import AccountYear, Hold
from funds.services.days import require_bookable
from funds.services.voucher_holds import hold_line
from members import cosign
from members.access import Right, has_right
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Resolution, SavingsGroup, User
from shareout.errors import FindingDone, FindingOfOpenYear
from shareout.models import LateFinding
from thai.money import format_baht

UNKNOWN_OWNER = "O2600"


@dataclass(frozen=True, kw_only=True)
class FindingInput:
    """What was found: satang that the pool of an account had more (or less) than the books of a closed year said."""

    year: AccountYear
    is_more: bool
    account: tuple[str, str]
    satang: int
    memo: str
    resolution: Resolution


@transaction.atomic
def request_finding(*, group: SavingsGroup, finding: FindingInput, operation: UUID, by: User) -> LateFinding:
    """Write a late finding down, hold what its correction takes. Nothing is posted yet.

    The same operation with the same content returns the row. Raises OperationReused, FindingOfOpenYear, BooksNotOpen,
    DeclaredAccountTouched, CashBusy, PoolHasNotEnough, InsufficientFunds.
    """
    lock_book(group)
    code, holder = finding.account
    row = LateFinding(
        group=group,
        year=finding.year,
        is_more=finding.is_more,
        account_code=code,
        account_holder=holder,
        satang=finding.satang,
        memo=finding.memo,
        resolution=finding.resolution,
        operation=operation,
        requested_by=by,
        requested_at=timezone.now(),
    )
    known = LateFinding.objects.filter(operation=operation).first()
    if known is not None:
        names = ("group_id", "year_id", "is_more", "account_code", "account_holder", "satang", "memo", "resolution_id")
        if any(getattr(known, name) != getattr(row, name) for name in names):
            raise OperationReused
        return known
    if not AccountYear.objects.filter(pk=finding.year.pk, group=group, closing__isnull=False).exists():
        raise FindingOfOpenYear(year=finding.year.year)
    _require_day(row)
    account = accounts_for(group, [finding.account])[finding.account]
    row.hold = hold_line(account=account, satang=_moved(row), by=by)
    row.save()
    return row


@transaction.atomic
def ask_finding_signature(*, finding: LateFinding) -> cosign.CoSignature:
    """Ask for the second officer's signature at the laptop of who asked, again if it has lapsed. Raises FindingDone."""
    lock_book(finding.group)
    locked = _waiting(finding)
    locked.signature = cosign.request_cosign(
        group=locked.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Late finding of a closed year"),
        content=finding_content(locked),
    )
    locked.save(update_fields=["signature"])
    return locked.signature


@transaction.atomic
def approve_signed_finding(*, finding: LateFinding) -> LateFinding:
    """Spend the signature given at this laptop; a second click is the same approval.

    Raises SignatureMissing, members.cosign.CoSignRefused and what `approve_finding` raises.
    """
    lock_book(finding.group)
    locked = _locked(finding)
    if locked.signature is None:
        raise cosign.SignatureMissing
    if locked.entry_id is not None and locked.approved_by_id == locked.signature.signed_by_id:
        return locked
    signer = cosign.use(signature=locked.signature, content=finding_content(locked), by=locked.requested_by)
    return approve_finding(finding=locked, by=signer)


@transaction.atomic
def approve_finding(*, finding: LateFinding, by: User) -> LateFinding:
    """Approve and post today; twice by the same officer is one entry.

    Posts: more than the books said: debit cash, bank or O2600; credit O3900 (A3100). Less: the other way round. Raises
    FindingDone, SignerIsAsker, SignerLacksRight, DeclaredAccountTouched, CashBusy and what the gate refuses.
    """
    lock_book(finding.group)
    locked = _locked(finding)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise FindingDone
    if by.pk == locked.requested_by_id:
        raise SignerIsAsker
    if not has_right(by, locked.group, Right.COSIGN):
        raise SignerLacksRight(name=by.display_name)
    _require_day(locked)
    _release(locked, by)
    key = (locked.account_code, locked.account_holder)
    kept = (chart.profit_account(f"{locked.pool}4500"), "")
    accounts = accounts_for(locked.group, [key, kept])
    locked.entry = post_entry(
        group=locked.group,
        kind="prior_year",
        on=timezone.localdate(),
        by=locked.requested_by,
        ok=[by],
        lines=[Line(accounts[key], _moved(locked)), Line(accounts[kept], -_moved(locked))],
        operation=locked.operation,
        details={"memo": locked.memo, "resolution": locked.resolution.number, "of": str(locked.year.year)},
    )
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["entry", "approved_by", "approved_at"])
    return locked


@transaction.atomic
def cancel_finding(*, finding: LateFinding, by: User) -> LateFinding:
    """Take a finding back before it is posted; what it holds is free again. Raises FindingDone."""
    lock_book(finding.group)
    locked = _waiting(finding)
    _release(locked, by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def finding_content(finding: LateFinding) -> dict[Any, Any]:
    """What the second officer signs, as it is read."""
    sign = "" if finding.is_more else "-"
    return {
        _("Account year"): finding.year.year,
        _("What was found"): finding.memo,
        _("Account"): f"{finding.account_code} {finding.account_holder}".strip(),
        _("Amount"): f"{sign}{format_baht(finding.satang)}",
        _("Resolution"): finding.resolution.number,
        _("Reference"): str(finding.operation),
    }


def _moved(finding: LateFinding) -> int:
    """What its account moves by: debit > 0."""
    return finding.satang if finding.is_more else -finding.satang


def _require_day(finding: LateFinding) -> None:
    touches_cash = finding.account_code in chart.CASH
    require_bookable(group=finding.group, on=timezone.localdate(), touches_cash=touches_cash)


def _release(finding: LateFinding, by: User) -> None:
    if finding.hold_id is not None:
        held = Hold.objects.filter(pk=finding.hold_id, released_at__isnull=True)
        held.update(released_by=by.code, released_at=timezone.now())


def _locked(finding: LateFinding) -> LateFinding:
    rows = LateFinding.objects.select_for_update(of=("self",))
    locked = rows.select_related("year", "resolution", "requested_by", "signature").get(pk=finding.pk)
    locked.group = locked.year.group = finding.group
    return locked


def _waiting(finding: LateFinding) -> LateFinding:
    locked = _locked(finding)
    if not locked.is_waiting:
        raise FindingDone
    return locked
