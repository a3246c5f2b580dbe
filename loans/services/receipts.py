"""Money for loans that comes beside the meeting: a receipt at once, from the borrower or from a guarantor."""

from collections.abc import Mapping
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
from loans.allocation import Allocation
from loans.models import Guarantee, Loan, LoanReceipt, Repayment
from loans.postings import repayment_lines
from loans.repayment_errors import NothingOwed, PayerNotOfLoan
from loans.selectors.due import allocations
from loans.services.repayments import RepaidPart, record_repayments
from members.models import Member, SavingsGroup, User
from savings.errors import SlipTaken
from savings.models import Deposit, Way
from savings.postings import Received, receipt_lines


@dataclass(frozen=True, kw_only=True)
class LoanMoney:
    """What somebody brought for loans: satang by loan id, who paid, which way."""

    payer: Member
    received_on: date
    amounts: Mapping[int, int]
    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""

    @property
    def satang(self) -> int:
        """All of it."""
        return sum(self.amounts.values())

    @property
    def is_transfer(self) -> bool:
        """Whether it came through the bank."""
        return self.way == Way.TRANSFER


@transaction.atomic
def record_loan_receipt(*, group: SavingsGroup, money: LoanMoney, operation: UUID, by: User) -> LoanReceipt:
    """Take money for loans beside the meeting and post its receipt.

    Posts: debit cash (or bank, for a transfer); credit the loans' principal, interest, fines. What a guarantor paid is
    noted under the guarantor's name, to whom the claim passes. A loan that is paid back lets its securities go. The
    same operation with the same content returns the receipt. Raises OperationReused, PayerNotOfLoan, NothingOwed,
    MoreThanSettlement, LaterRepaymentStands, SlipTaken, BooksNotOpen, FutureDate, PeriodLocked, DeclaredAccountTouched,
    CashBusy.
    """
    lock_book(group)
    row = _row(group, money, operation, by)
    known = LoanReceipt.objects.filter(operation=operation).first()
    if known is not None:
        if not _is_same(known, row, money):
            raise OperationReused
        return known
    require_bookable(group=group, on=money.received_on, touches_cash=not money.is_transfer)
    _refuse_known_slip(row)
    loans = _loans(group, money)
    paid = allocations(group, money.received_on, dict(money.amounts), loans=loans)
    row.entry = _post(row, money, loans, paid, by=by)
    row.save()
    record_repayments(group=group, parts=[_part(row, loan, paid[loan.pk]) for loan in loans])
    return row


def _row(group: SavingsGroup, money: LoanMoney, operation: UUID, by: User) -> LoanReceipt:
    return LoanReceipt(
        group=group,
        payer=money.payer,
        operation=operation,
        received_on=money.received_on,
        satang=money.satang,
        way=money.way,
        bank_holder=money.bank_holder if money.is_transfer else "",
        slip_ref=money.slip_ref if money.is_transfer else "",
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _is_same(known: LoanReceipt, row: LoanReceipt, money: LoanMoney) -> bool:
    names = ("group_id", "payer_id", "received_on", "satang", "way", "bank_holder", "slip_ref")
    parts = {
        part.loan_id: part.principal_satang + part.interest_satang + part.fine_satang
        for part in Repayment.objects.filter(entry=known.entry_id)
    }
    wanted = {loan_id: satang for loan_id, satang in money.amounts.items() if satang}
    return parts == wanted and all(getattr(known, name) == getattr(row, name) for name in names)


def _loans(group: SavingsGroup, money: LoanMoney) -> list[Loan]:
    """The loans that are paid, each of which the payer has borrowed or stands guarantor for."""
    wanted = [loan_id for loan_id, satang in money.amounts.items() if satang]
    found = Loan.objects.filter(group=group, pk__in=wanted).exclude(entry__reversals__isnull=False)
    loans = list(found.select_related("member").order_by("number"))
    if not loans or len(loans) != len(wanted):
        raise NothingOwed(number=loans[0].number if loans else "–")
    stands = Guarantee.objects.filter(loan__in=loans, member=money.payer, declined_at__isnull=True)
    guaranteed = set(stands.filter(released_on__isnull=True).values_list("loan_id", flat=True))
    for loan in loans:
        if loan.member_id != money.payer.pk and loan.pk not in guaranteed:
            raise PayerNotOfLoan(name=money.payer.full_name, number=loan.number)
    return loans


def _post(row: LoanReceipt, money: LoanMoney, loans: list[Loan], paid: Mapping[int, Allocation], *, by: User) -> Entry:
    lines = receipt_lines(
        Received(
            holder=row.payer.holder,
            bank=row.bank_holder if money.is_transfer else None,
            also=tuple(repayment_lines((loan.number, paid[loan.pk]) for loan in loans)),
        )
    )
    accounts = accounts_for(row.group, [(code, holder) for code, holder, _satang in lines])
    details: dict[str, Any] = {
        "payer": row.payer.full_name,
        "member": row.payer.holder,
        "method": row.way,
        "contracts": [loan.number for loan in loans],
    }
    return post_entry(
        group=row.group,
        kind="receipt",
        on=row.received_on,
        by=by,
        lines=[Line(accounts[code, holder], satang) for code, holder, satang in lines],
        operation=row.operation,
        details=details | ({"slip": row.slip_ref} if row.slip_ref else {}),
    )


def _part(row: LoanReceipt, loan: Loan, paid: Allocation) -> RepaidPart:
    is_own = loan.member_id == row.payer_id
    return RepaidPart(
        loan=loan,
        entry_id=row.entry_id,
        kind=Repayment.Kind.PAYMENT if is_own else Repayment.Kind.GUARANTOR,
        paid_on=row.received_on,
        payer=row.payer,
        fine=paid.fine,
        interest=paid.interest,
        principal=paid.principal,
    )


def _refuse_known_slip(row: LoanReceipt) -> None:
    """The same slip of one bank account is one transfer, for savings or for loans; a reversed one may come again."""
    if row.way != Way.TRANSFER:
        return
    first = row.group_id * ENTRIES_PER_GROUP
    undone = Entry.objects.filter(reverses__gt=first, reverses__lt=first + ENTRIES_PER_GROUP).values("reverses")
    for model in (LoanReceipt, Deposit):
        same = model._default_manager.filter(group=row.group_id, bank_holder=row.bank_holder, slip_ref=row.slip_ref)
        other = same.exclude(entry__in=undone).select_related("entry").first()
        if other is not None:
            raise SlipTaken(slip=row.slip_ref, number=other.entry.n)
