"""The group's own loan: received, its schedule written down and changed. An instalment is paid by a voucher."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.journal import lock_book
from funds.models import BankLoan, BankLoanInstalment, Voucher
from funds.money_errors import InstalmentPaid, LoanKnown, ScheduleUnordered, ScheduleWrong
from funds.schedule import Planned
from funds.selectors.bank_loans import loan_state, unrecorded_loans
from funds.services.money_in import Receipt, receive_money
from members.models import SavingsGroup, User
from thai.money import format_baht


@transaction.atomic
def take_bank_loan(
    *, group: SavingsGroup, receipt: Receipt, rate: int, schedule: Sequence[Planned], operation: UUID, by: User
) -> BankLoan:
    """Receive a loan from a bank and write its schedule down; the same operation again returns the loan.

    Posts: debit cash or bank; credit O2300 by the loan's number. rate: hundredths of a per cent a year. Raises
    LoanKnown, ScheduleWrong, ScheduleUnordered and as `receive_money`.
    """
    lock_book(group)
    standing = BankLoan.objects.filter(group=group, number=receipt.holder, is_void=False)
    known = standing.select_related("received").first()
    if known is not None and (known.received is None or known.received.operation != operation):
        raise LoanKnown(number=receipt.holder)
    received = receive_money(group=group, receipt=receipt, operation=operation, by=by)
    if known is not None:
        return known
    _require_schedule(schedule, owed=receipt.satang)
    loan = BankLoan.objects.create(
        group=group,
        number=receipt.holder,
        lender=receipt.giver,
        principal_satang=receipt.satang,
        rate=rate,
        received_on=receipt.received_on,
        received=received,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _write(loan, schedule, first_number=1)
    return loan


@transaction.atomic
def record_known_loan(
    *,
    group: SavingsGroup,
    number: str,
    lender: str,
    rate: int,
    received_on: date,
    schedule: Sequence[Planned],
    by: User,
) -> BankLoan:
    """Write down a loan that the books know from their opening, with the schedule of what is still owed.

    Posts nothing. Raises LoanKnown, ScheduleWrong, ScheduleUnordered.
    """
    lock_book(group)
    owed = unrecorded_loans(group).get(number, 0)
    if not owed:
        raise LoanKnown(number=number)
    _require_schedule(schedule, owed=owed)
    loan = BankLoan.objects.create(
        group=group,
        number=number,
        lender=lender,
        principal_satang=owed,
        rate=rate,
        received_on=received_on,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _write(loan, schedule, first_number=1)
    return loan


@transaction.atomic
def change_schedule(*, loan: BankLoan, schedule: Sequence[Planned]) -> BankLoan:
    """Write the instalments that are not paid anew, as the bank's own paper has them.

    Raises InstalmentPaid while a payment waits for approval, ScheduleWrong, ScheduleUnordered.
    """
    lock_book(loan.group)
    state = loan_state(loan, timezone.localdate())
    if loan.is_void or any(row.is_waiting for row in state.rows):
        raise InstalmentPaid
    _require_schedule(schedule, owed=state.owed)
    paid = [row.instalment.number for row in state.rows if row.is_paid]
    open_rows = [row.instalment for row in state.rows if not row.is_paid]
    for row in open_rows[len(schedule) :]:
        if Voucher.objects.filter(instalment=row).exists():
            raise InstalmentPaid
        row.delete()
    for row, planned in zip(open_rows, schedule, strict=False):
        row.due_on, row.principal_satang, row.interest_satang = planned.due_on, planned.principal, planned.interest
        row.save()
    last = max([*paid, *(row.number for row in open_rows[: len(schedule)])], default=0)
    _write(loan, schedule[len(open_rows) :], first_number=last + 1)
    return loan


def _write(loan: BankLoan, schedule: Sequence[Planned], *, first_number: int) -> None:
    BankLoanInstalment.objects.bulk_create(
        BankLoanInstalment(
            loan=loan,
            number=number,
            due_on=planned.due_on,
            principal_satang=planned.principal,
            interest_satang=planned.interest,
        )
        for number, planned in enumerate(schedule, first_number)
    )


def _require_schedule(schedule: Sequence[Planned], *, owed: int) -> None:
    planned = sum(each.principal for each in schedule)
    if planned != owed:
        raise ScheduleWrong(planned=format_baht(planned), owed=format_baht(owed))
    days = [each.due_on for each in schedule]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ScheduleUnordered
