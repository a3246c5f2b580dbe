"""Money out: asked for by one officer, approved by another, posted once. What it will take is held meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.chart import CASH
from funds.journal import Line as JournalLine
from funds.journal import lock_book, post_entry
from funds.models import BankLoanInstalment, Hold, Voucher, VoucherLine
from funds.money_errors import (
    AdvanceNeedsResolution,
    InstalmentPaid,
    ResolutionNeeded,
    SettlementWrong,
    VoucherDone,
    VoucherTaken,
)
from funds.pictures import Picture
from funds.selectors.bank_loans import standing_payments
from funds.services.days import require_bookable
from funds.services.photos import keep_photo
from funds.services.voucher_holds import hold_line
from funds.services.voucher_people import refuse_approver, refuse_own_business
from funds.services.voucher_words import voucher_content, voucher_details
from funds.voucher_lines import Line, Place
from members import cosign
from members.access import Right
from members.group_settings import setting
from members.models import Member, Resolution, SavingsGroup, User
from thai.money import format_baht

LIMITED = (Voucher.Kind.EXPENSE, Voucher.Kind.SUBSIDY_RETURN, Voucher.Kind.OFFICER_ADVANCE)
NO_PLACE = Place()


@dataclass(frozen=True, kw_only=True)
class VoucherInput:
    """A voucher as asked for; `lines` are the entry it will become, satang its sum of debits that the reader sees."""

    kind: str
    purpose: str = ""
    paid_on: date
    satang: int
    lines: Sequence[Line]
    place: Place = NO_PLACE
    slip_ref: str = ""
    payee: str = ""
    member: Member | None = None
    memo: str
    resolution: Resolution | None = None
    picture: Picture | None = None
    instalment: BankLoanInstalment | None = None


@transaction.atomic
def request_voucher(*, group: SavingsGroup, voucher: VoucherInput, operation: UUID, by: User) -> Voucher:
    """Write down money that shall leave, hold it, and ask for the second officer's signature. Nothing is posted yet.

    The same operation with the same content returns the voucher. Raises VoucherTaken, BooksNotOpen, PeriodLocked,
    DeclaredAccountTouched, FutureDate, CashBusy, ResolutionNeeded, AdvanceNeedsResolution, InstalmentPaid,
    PeopleNotApart, PoolHasNotEnough, AdvanceExceeded, SubsidyExceeded, InsufficientFunds.
    """
    lock_book(group)
    row = _row(group, voucher, operation, by)
    if voucher.picture is not None:
        row.photo = keep_photo(group=group, by=by, upload=voucher.picture)
    known = Voucher.objects.filter(operation=operation).first()
    if known is not None:
        if not _is_same(known, row, voucher.lines):
            raise VoucherTaken
        return known
    _require_bookable(row, voucher.lines)
    _require_resolution(row)
    refuse_own_business(member=row.member, officer=by)
    if row.instalment is not None:
        _require_unpaid(row.instalment)
    row.save()
    accounts = accounts_for(group, [(code, holder) for code, holder, _, _ in voucher.lines])
    for place, (code, holder, satang, memo) in enumerate(voucher.lines, 1):
        hold = hold_line(account=accounts[code, holder], satang=satang, by=by)
        VoucherLine.objects.create(
            voucher=row, place=place, account_code=code, account_holder=holder, satang=satang, memo=memo, hold=hold
        )
    ask_signature(voucher=row)
    return row


@transaction.atomic
def ask_signature(*, voucher: Voucher) -> Voucher:
    """Ask for the second officer's signature at the first one's own laptop, again if it has lapsed."""
    locked = _lock_waiting(voucher)
    locked.signature = cosign.request_cosign(
        group=voucher.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Approve a voucher"),
        content=voucher_content(locked),
    )
    locked.save(update_fields=["signature"])
    voucher.signature = locked.signature
    return locked


@transaction.atomic
def approve_voucher(*, voucher: Voucher, by: User) -> Voucher:
    """Approve on the own device and post; twice by the same officer is one entry.

    Posts: the voucher's lines, by who asked, ok = [who approves]. Raises VoucherDone, PeopleNotApart,
    SignerLacksRight, CashBusy and what the gate refuses.
    """
    lock_book(voucher.group)
    locked = _locked(voucher)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise VoucherDone
    return _post(locked, by)


@transaction.atomic
def approve_signed_voucher(*, voucher: Voucher) -> Voucher:
    """Spend the second officer's signature given at the first one's laptop, and post.

    Raises VoucherDone, members.cosign.CoSignRefused and as `approve_voucher`.
    """
    lock_book(voucher.group)
    locked = _lock_waiting(voucher)
    if locked.signature is None:
        raise cosign.SignatureMissing
    signer = cosign.use(signature=locked.signature, content=voucher_content(locked), by=locked.requested_by)
    return _post(locked, signer)


@transaction.atomic
def cancel_voucher(*, voucher: Voucher, by: User) -> Voucher:
    """Take a voucher back before it is posted; what it holds is free again. Raises VoucherDone."""
    lock_book(voucher.group)
    locked = _lock_waiting(voucher)
    _release(locked, by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


@transaction.atomic
def move_voucher_to_today(*, voucher: Voucher) -> Voucher:
    """Let a waiting voucher be paid today, its day having been locked or counted meanwhile; it is signed anew.

    Raises VoucherDone and what forbids the day.
    """
    lock_book(voucher.group)
    locked = _lock_waiting(voucher)
    locked.paid_on, locked.signature = timezone.localdate(), None
    _require_bookable(locked, _lines(locked))
    locked.save(update_fields=["paid_on", "signature"])
    return locked


def _post(voucher: Voucher, approver: User) -> Voucher:
    refuse_approver(voucher=voucher, approver=approver)
    lines = _lines(voucher)
    _require_bookable(voucher, lines)
    _release(voucher, approver)
    accounts = accounts_for(voucher.group, [(code, holder) for code, holder, _, _ in lines])
    voucher.entry = post_entry(
        group=voucher.group,
        kind=voucher.kind,
        on=voucher.paid_on,
        by=voucher.requested_by,
        ok=[approver],
        lines=[JournalLine(accounts[code, holder], satang) for code, holder, satang, _ in lines],
        operation=voucher.operation,
        details=voucher_details(voucher),
        payee=voucher.member,
    )
    voucher.approved_by, voucher.approved_at = approver, timezone.now()
    voucher.save(update_fields=["entry", "approved_by", "approved_at"])
    return voucher


def _require_bookable(voucher: Voucher, lines: Sequence[Line]) -> None:
    touches_cash = any(code in CASH for code, *_ in lines)
    require_bookable(group=voucher.group, on=voucher.paid_on, touches_cash=touches_cash)


def _require_resolution(voucher: Voucher) -> None:
    if voucher.kind == Voucher.Kind.POOL_ADVANCE:
        if voucher.purpose.startswith("lend") and voucher.resolution is None:
            raise AdvanceNeedsResolution
        return
    limit = setting(voucher.group, "resolution_limit_satang", voucher.paid_on)
    if voucher.kind in LIMITED and voucher.satang > limit and voucher.resolution is None:
        raise ResolutionNeeded(limit=format_baht(limit))


def _require_unpaid(instalment: BankLoanInstalment) -> None:
    if instalment.loan.is_void or standing_payments().filter(instalment=instalment).exists():
        raise InstalmentPaid


def _release(voucher: Voucher, by: User) -> None:
    held = Hold.objects.filter(pk__in=voucher.lines.values("hold"), released_at__isnull=True)
    held.update(released_by=by.code, released_at=timezone.now())


def _lines(voucher: Voucher) -> list[Line]:
    return [(each.account_code, each.account_holder, each.satang, each.memo) for each in voucher.lines.all()]


def _locked(voucher: Voucher) -> Voucher:
    locked = Voucher.objects.select_for_update().get(pk=voucher.pk)
    locked.group = voucher.group
    return locked


def _lock_waiting(voucher: Voucher) -> Voucher:
    locked = _locked(voucher)
    if not locked.is_waiting:
        raise VoucherDone
    return locked


def _row(group: SavingsGroup, voucher: VoucherInput, operation: UUID, by: User) -> Voucher:
    if sum(line[2] for line in voucher.lines) or not voucher.lines:
        raise SettlementWrong
    return Voucher(
        group=group,
        operation=operation,
        kind=voucher.kind,
        purpose=voucher.purpose,
        paid_on=voucher.paid_on,
        satang=voucher.satang,
        way=voucher.place.way,
        bank_holder=voucher.place.bank,
        slip_ref=voucher.slip_ref,
        payee=voucher.payee,
        member=voucher.member,
        memo=voucher.memo,
        resolution=voucher.resolution,
        instalment=voucher.instalment,
        requested_by=by,
        requested_at=timezone.now(),
    )


_CONTENT = (
    "group_id", "kind", "purpose", "satang", "way", "bank_holder", "slip_ref", "payee", "member_id", "memo",
    "resolution_id", "photo_id", "instalment_id",
)  # fmt: skip


def _is_same(known: Voucher, row: Voucher, lines: Sequence[Line]) -> bool:
    return _lines(known) == list(lines) and all(getattr(known, name) == getattr(row, name) for name in _CONTENT)
