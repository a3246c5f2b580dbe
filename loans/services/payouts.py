"""Paying a loan out: asked for by one officer, the money held, approved by another, posted once."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import account_for, accounts_for
from funds.errors import InsufficientFunds, OperationReused
from funds.journal import credit, debit, lock_book, post_entry
from funds.models import Way
from funds.selectors import available
from funds.services import place_hold, release_hold
from funds.services.days import require_bookable
from funds.services.voucher_people import refuse_own_business
from loans import deciding_errors as errors
from loans.models import Disbursement, Loan
from loans.selectors.contracts import LOANS, missing_signatures, unconfirmed
from loans.services.schedules import note_paid_out
from members import cosign
from members.access import Right, has_right
from members.models import User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

REASON = "loan payout"
BOX, BANK = "O1100", "O1200"

__all__ = ["PayoutInput", "approve_payout", "cancel_payout", "note_paid_out", "request_payout"]


@dataclass(frozen=True, kw_only=True)
class PayoutInput:
    """Which way the money goes; at a meeting its payment line says so."""

    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""


@transaction.atomic
def request_payout(*, loan: Loan, payout: PayoutInput, operation: UUID, by: User) -> Disbursement:
    """Write down the payout of a signed contract beside the meeting, and hold the money until it is approved.

    The same operation with the same content returns the row. Raises ContractUnsigned, PayoutDone, PayoutBeforeContract,
    NotEnoughToLend, PeopleNotApart, OperationReused, and what forbids cash or the day (BooksNotOpen, CashBusy, ...).
    """
    lock_book(loan.group)
    known = Disbursement.objects.filter(operation=operation).first()
    if known is not None:
        if (known.loan_id, known.way, known.slip_ref) != (loan.pk, payout.way, payout.slip_ref):
            raise OperationReused
        return known
    locked = lock_payable(loan)
    refuse_own_business(member=locked.member, officer=by)
    require_bookable(group=locked.group, on=timezone.localdate(), touches_cash=payout.way == Way.CASH)
    is_transfer = payout.way == Way.TRANSFER
    row = Disbursement(
        group=locked.group,
        loan=locked,
        operation=operation,
        way=payout.way,
        bank_holder=payout.bank_holder if is_transfer else "",
        slip_ref=payout.slip_ref if is_transfer else "",
        requested_by=by,
        requested_at=timezone.now(),
    )
    account = account_for(locked.group, *_place(row))
    try:
        row.hold = place_hold(account=account, satang=locked.satang, reason=REASON, by=by)
    except InsufficientFunds:
        there = format_baht(max(available(account), 0))
        raise errors.NotEnoughToLend(available=there, needed=format_baht(locked.satang)) from None
    row.save()
    return row


@transaction.atomic
def approve_payout(*, disbursement: Disbursement, by: User) -> Disbursement:
    """Approve a payout on the own device, and post it as paid today; twice by the same officer is one entry.

    Posts: debit O1300 the contract; credit cash or the bank. Raises PayoutGone, PayoutAtMeeting, SignerIsAsker,
    SignerLacksRight, PeopleNotApart, ContractUnsigned, and what the gate refuses.
    """
    group = disbursement.group
    lock_book(group)
    row = lock_disbursement(disbursement)
    if row.entry_id is not None and row.approved_by_id == by.pk:
        return row
    if not row.is_waiting:
        raise errors.PayoutGone
    if row.way == Disbursement.MEETING:
        raise errors.PayoutAtMeeting
    if by.pk == row.requested_by_id:
        raise cosign.SignerIsAsker
    if not has_right(by, group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=by.display_name)
    refuse_own_business(member=row.loan.member, officer=by)
    require_signed(row.loan)
    return _post(row, by)


@transaction.atomic
def cancel_payout(*, disbursement: Disbursement, by: User) -> Disbursement:
    """Take a payout back before it is paid; what it holds is free again. Raises PayoutGone, PayoutAtMeeting."""
    lock_book(disbursement.group)
    row = lock_disbursement(disbursement)
    if not row.is_waiting:
        raise errors.PayoutGone
    if row.way == Disbursement.MEETING:
        raise errors.PayoutAtMeeting
    if row.hold is not None:
        release_hold(hold=row.hold, by=by)
    row.cancelled_by, row.cancelled_at = by, timezone.now()
    row.save(update_fields=["cancelled_by", "cancelled_at"])
    return row


def lock_payable(loan: Loan) -> Loan:
    """Lock a contract that may be paid out now: signed, confirmed, not paid, not cancelled, no payout waiting.

    Called behind the book's lock. Raises ContractUnsigned, PayoutDone, ContractOver, PayoutBeforeContract.
    """
    rows = Loan.objects.select_for_update(of=("self",)).select_related("group", "member__spouse")
    locked = rows.get(pk=loan.pk)
    locked.member.group = locked.group
    if locked.cancelled_on is not None:
        raise errors.ContractOver(number=locked.number)
    waits = Disbursement.objects.filter(loan=locked, cancelled_at__isnull=True).exists()
    if locked.paid_out_on is not None or waits:
        raise errors.PayoutDone(number=locked.number)
    if timezone.localdate() < locked.contracted_on:
        day = format_date(locked.contracted_on, language=active_language())
        raise errors.PayoutBeforeContract(day=day)
    require_signed(locked)
    return locked


def require_signed(loan: Loan) -> None:
    """Refuse a contract that the borrower or a guarantor has not signed, or a guarantor has not confirmed.

    Above 2,000 baht the Civil and Commercial Code, s.653, asks for the borrower's signature. Raises ContractUnsigned.
    """
    missing = [*missing_signatures(loan), *unconfirmed(loan)]
    if missing:
        raise errors.ContractUnsigned(number=loan.number, missing=", ".join(dict.fromkeys(missing)))


def lock_disbursement(disbursement: Disbursement) -> Disbursement:
    """Lock the row of a payout, with its loan."""
    rows = Disbursement.objects.select_for_update(of=("self",)).select_related("loan__member", "hold__group")
    row = rows.get(pk=disbursement.pk)
    row.group = row.loan.group = row.loan.member.group = disbursement.group
    return row


def payout_details(loan: Loan, way: str, slip_ref: str) -> dict[str, str]:
    """The words of the entry."""
    details = {"payee": loan.member.full_name, "member": loan.member.holder, "contract": loan.number, "method": way}
    return details | ({"slip": slip_ref} if slip_ref else {})


def _post(row: Disbursement, approver: User) -> Disbursement:
    today, loan = timezone.localdate(), row.loan
    require_bookable(group=row.group, on=today, touches_cash=row.way == Way.CASH)
    if row.hold is not None:
        release_hold(hold=row.hold, by=approver)
    owed, place = (LOANS, loan.number), _place(row)
    accounts = accounts_for(row.group, [owed, place])
    row.entry = post_entry(
        group=row.group,
        kind="loan_disbursement",
        on=today,
        by=row.requested_by,
        ok=[approver],
        lines=[debit(accounts[owed], loan.satang), credit(accounts[place], loan.satang)],
        operation=row.operation,
        details=payout_details(loan, row.way, row.slip_ref),
        payee=loan.member,
    )
    row.approved_by, row.approved_at = approver, timezone.now()
    row.save(update_fields=["entry", "approved_by", "approved_at"])
    row.loan = note_paid_out(disbursement=row, entry=row.entry, on=today)
    return row


def _place(row: Disbursement) -> tuple[str, str]:
    return (BANK, row.bank_holder) if row.way == Way.TRANSFER else (BOX, "")
