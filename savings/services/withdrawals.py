"""Special savings paid back beside the meeting: asked for, held, approved by another, posted once."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from funds import selectors as books
from funds.accounts import account_for, accounts_for
from funds.errors import InsufficientFunds, OperationReused
from funds.journal import credit, debit, lock_book, post_entry
from funds.models import Account, Posting, Way
from funds.services.days import require_bookable
from funds.services.keeping import place_hold, release_hold
from funds.services.voucher_people import refuse_own_business
from members.models import SavingsGroup, User
from savings.errors import MinimumStays, NotEnoughFree, NoticeNotOver, RequestDone, WithdrawalsUsed
from savings.models import SpecialBook, Withdrawal
from savings.selectors.balances import SPECIAL_SAVINGS
from savings.selectors.products import terms_in_force
from savings.services.products import refuse_second
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.months import add_months, month_of

REASON = "withdrawal"


@dataclass(frozen=True, kw_only=True)
class WithdrawalInput:
    """What a member wants back (satang), and which way it goes."""

    satang: int
    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""


@transaction.atomic
def request_withdrawal(*, book: SpecialBook, withdrawal: WithdrawalInput, operation: UUID, by: User) -> Withdrawal:
    """Write a withdrawal down and hold the money. Only books of special savings can be withdrawn from.

    The same operation with the same content returns the row. Raises OperationReused, MinimumStays, WithdrawalsUsed,
    NotEnoughFree, PeopleNotApart, BooksNotOpen.
    """
    group, member = book.group, book.member
    lock_book(group)
    row = _row(book, withdrawal, operation, by)
    known = Withdrawal.objects.filter(operation=operation).first()
    if known is not None:
        if any(getattr(known, name) != getattr(row, name) for name in ("book_id", "satang", "way", "slip_ref")):
            raise OperationReused
        return known
    refuse_own_business(member=member, officer=by)
    notice = require_withdrawable(group=group, number=book.number, satang=withdrawal.satang, on=timezone.localdate())
    row.pay_from = timezone.localdate() + timedelta(days=notice)
    account = account_for(group, SPECIAL_SAVINGS, book.number)
    try:
        row.hold = place_hold(account=account, satang=withdrawal.satang, reason=REASON, by=by)
    except InsufficientFunds:
        raise NotEnoughFree(free=format_baht(max(books.available(account), 0))) from None
    row.save()
    return row


@transaction.atomic
def approve_withdrawal(*, withdrawal: Withdrawal, by: User) -> Withdrawal:
    """Approve a withdrawal on the own device, and post it as paid today; twice by the same officer is one entry.

    Posts: debit O2200 the book; credit cash or the bank. Raises RequestDone, NoticeNotOver, SignerIsAsker,
    PeopleNotApart, DeclaredAccountTouched, CashBusy and what the gate refuses.
    """
    group = withdrawal.group
    lock_book(group)
    locked = _locked(withdrawal)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise RequestDone
    today = timezone.localdate()
    refuse_second(group=group, asked_by=locked.requested_by, approver=by)
    refuse_own_business(member=locked.member, officer=by)
    if today < locked.pay_from:
        raise NoticeNotOver(day=format_date(locked.pay_from, language=active_language()))
    is_cash = locked.way == Way.CASH
    require_bookable(group=group, on=today, touches_cash=is_cash)
    assert locked.hold is not None
    release_hold(hold=locked.hold, by=by)
    book_key = (SPECIAL_SAVINGS, locked.book.number)
    place = ("O1100", "") if is_cash else ("O1200", locked.bank_holder)
    accounts = accounts_for(group, [book_key, place])
    details = {"payee": locked.member.full_name, "member": locked.member.holder, "method": locked.way}
    locked.entry = post_entry(
        group=group,
        kind="withdrawal",
        on=today,
        by=locked.requested_by,
        ok=[by],
        lines=[debit(accounts[book_key], locked.satang), credit(accounts[place], locked.satang)],
        operation=locked.operation,
        details=details | ({"slip": locked.slip_ref} if locked.slip_ref else {}),
        payee=locked.member,
    )
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["entry", "approved_by", "approved_at"])
    return locked


@transaction.atomic
def cancel_withdrawal(*, withdrawal: Withdrawal, by: User) -> Withdrawal:
    """Take a withdrawal back before it is paid; what it holds is free again. Raises RequestDone."""
    lock_book(withdrawal.group)
    locked = _locked(withdrawal)
    if not locked.is_waiting:
        raise RequestDone
    assert locked.hold is not None
    release_hold(hold=locked.hold, by=by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def require_withdrawable(*, group: SavingsGroup, number: str, satang: int, on: date) -> int:
    """Hold a withdrawal to its product's terms; returns the days of notice they ask for.

    Called behind the book's lock. Raises MinimumStays, WithdrawalsUsed.
    """
    book = SpecialBook.objects.filter(group=group, number=number).select_related("product").first()
    terms = terms_in_force(book.product if book else None, on)
    if book is None or terms is None:
        return 0
    waiting = Withdrawal.objects.filter(book=book, entry__isnull=True, cancelled_at__isnull=True)
    account = account_for(group, SPECIAL_SAVINGS, number)
    asked: int = waiting.aggregate(total=Sum("satang", default=0))["total"]
    free = -books.balance(account) - asked - terms.minimum_satang
    if satang > free:
        if terms.minimum_satang:
            raise MinimumStays(minimum=format_baht(terms.minimum_satang), free=format_baht(max(free, 0)))
        raise NotEnoughFree(free=format_baht(max(free, 0)))
    if terms.withdrawals_a_month and waiting.count() + _paid_in(account, on) >= terms.withdrawals_a_month:
        raise WithdrawalsUsed(limit=terms.withdrawals_a_month)
    return terms.notice_days


def _paid_in(account: Account, on: date) -> int:
    """How many withdrawals of the month stand."""
    month = month_of(on)
    rows = Posting.objects.filter(
        group=account.group_id,
        account=account,
        booked_on__range=(month, add_months(month, 1) - timedelta(days=1)),
        amount__gt=0,
        entry__kind="withdrawal",
    )
    return rows.filter(entry__reversals__isnull=True).count()


def _row(book: SpecialBook, withdrawal: WithdrawalInput, operation: UUID, by: User) -> Withdrawal:
    is_transfer = withdrawal.way == Way.TRANSFER
    return Withdrawal(
        group_id=book.group_id,
        member=book.member,
        book=book,
        operation=operation,
        satang=withdrawal.satang,
        way=withdrawal.way,
        bank_holder=withdrawal.bank_holder if is_transfer else "",
        slip_ref=withdrawal.slip_ref if is_transfer else "",
        requested_by=by,
        requested_at=timezone.now(),
    )


def _locked(withdrawal: Withdrawal) -> Withdrawal:
    rows = Withdrawal.objects.select_for_update(of=("self",)).select_related("book", "hold")
    locked = rows.get(pk=withdrawal.pk)
    locked.group = withdrawal.group
    locked.member.group = withdrawal.group
    return locked
