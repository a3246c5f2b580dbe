"""Money that a member brings beside the meeting: a receipt at once, its months named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import accounts_for
from funds.errors import OperationReused
from funds.journal import Line, lock_book, post_entry
from funds.models import ENTRIES_PER_GROUP, Entry
from funds.services.days import require_bookable
from members.models import Member, User
from savings.errors import MonthsDoNotFit, NotAMember, SlipTaken
from savings.models import Deposit, SpecialBook, Way
from savings.months import MonthOpen, MonthsError, lay_on_months, month_text
from savings.postings import Received, receipt_lines
from savings.selectors.due import open_pledge_months
from savings.services.months import PaidMonth, record_pledge_months
from savings.services.special import open_special_books
from savings.wording import months_sentence

MONTHS_AHEAD = 12
_CONTENT = (
    "member_id", "received_on", "way", "bank_holder", "slip_ref", "pledge_satang", "special_satang", "fee_satang",
    "fine_satang",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DepositInput:
    """What a member brought, in satang, and which way; `book` is where special savings go, the first book unless said.

    months: those that the pledge pays; unless named the oldest owed first, then this one, then in advance.
    """

    received_on: date
    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""
    pledge: int = 0
    special: int = 0
    fee: int = 0
    fine: int = 0
    book: SpecialBook | None = None
    months: Sequence[date] | None = None


@transaction.atomic
def record_deposit(*, member: Member, deposit: DepositInput, operation: UUID, by: User) -> Deposit:
    """Take a member's money beside the meeting and post its receipt.

    Posts: debit cash (or bank, for a transfer) of each pool; credit pledge savings, special savings, fines, fees. The
    same operation with the same content returns the deposit. Raises OperationReused, NotAMember, MonthsDoNotFit,
    SlipTaken, BooksNotOpen, FutureDate, PeriodLocked, DeclaredAccountTouched, CashBusy.
    """
    group = member.group
    lock_book(group)
    row = _row(member, deposit, operation, by)
    known = Deposit.objects.filter(operation=operation).first()
    if known is not None:
        if any(getattr(known, name) != getattr(row, name) for name in _CONTENT):
            raise OperationReused
        return known
    if Member.objects.get(pk=member.pk).status != Member.Status.ACTIVE:
        raise NotAMember(name=member.full_name)
    require_bookable(group=group, on=row.received_on, touches_cash=not row.is_transfer)
    _refuse_known_slip(row)
    months = _months(member, deposit)
    entry = _post(row, months, book=_book(member, deposit, by), by=by)
    record_pledge_months(group=group, paid=[PaidMonth(entry.pk, member.pk, month, satang) for month, satang in months])
    row.entry = entry
    row.save()
    return row


def _row(member: Member, deposit: DepositInput, operation: UUID, by: User) -> Deposit:
    return Deposit(
        group_id=member.group_id,
        member=member,
        operation=operation,
        received_on=deposit.received_on,
        way=deposit.way,
        bank_holder=deposit.bank_holder if deposit.way == Way.TRANSFER else "",
        slip_ref=deposit.slip_ref if deposit.way == Way.TRANSFER else "",
        pledge_satang=deposit.pledge,
        special_satang=deposit.special,
        fee_satang=deposit.fee,
        fine_satang=deposit.fine,
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _months(member: Member, deposit: DepositInput) -> list[tuple[date, int]]:
    found = open_pledge_months(member.group, deposit.received_on, ahead=MONTHS_AHEAD, members=[member.pk])
    months = [MonthOpen(due.month, due.rest) for due in found.get(member.pk, [])]
    try:
        return lay_on_months(deposit.pledge, open_months=months, chosen=deposit.months)
    except MonthsError as error:
        raise MonthsDoNotFit(sentence=months_sentence(error)) from None


def _book(member: Member, deposit: DepositInput, by: User) -> str:
    if not deposit.special:
        return ""
    if deposit.book is not None:
        return deposit.book.number
    return open_special_books(group=member.group, members=[member], by=by)[member.pk].number


def _post(row: Deposit, months: Sequence[tuple[date, int]], *, book: str, by: User) -> Entry:
    received = Received(
        holder=row.member.holder,
        pledge=row.pledge_satang,
        special=row.special_satang,
        fee=row.fee_satang,
        fine=row.fine_satang,
        book=book,
        bank=row.bank_holder if row.is_transfer else None,
    )
    lines = receipt_lines(received)
    accounts = accounts_for(row.member.group, [(code, holder) for code, holder, _satang in lines])
    details: dict[str, Any] = {
        "payer": row.member.full_name,
        "member": row.member.holder,
        "months": [month_text(month) for month, _satang in months],
        "method": row.way,
    }
    return post_entry(
        group=row.member.group,
        kind="receipt",
        on=row.received_on,
        by=by,
        lines=[Line(accounts[code, holder], satang) for code, holder, satang in lines],
        operation=row.operation,
        details=details | ({"slip": row.slip_ref} if row.slip_ref else {}),
    )


def _refuse_known_slip(row: Deposit) -> None:
    """The same slip of the same bank account is one transfer; one whose receipt was reversed may come again."""
    if not row.is_transfer:
        return
    first = row.group_id * ENTRIES_PER_GROUP
    undone = Entry.objects.filter(reverses__gt=first, reverses__lt=first + ENTRIES_PER_GROUP).values("reverses")
    same = Deposit.objects.filter(group=row.group_id, bank_holder=row.bank_holder, slip_ref=row.slip_ref)
    other = same.exclude(entry__in=undone).select_related("entry").first()
    if other is not None:
        raise SlipTaken(slip=row.slip_ref, number=other.entry.n)
