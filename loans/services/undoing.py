"""What loans say to a reversal, and what follows it beside the ledger (funds/reversing.py)."""

from datetime import date

from django.db.models import Q, QuerySet

from funds.journal.drafts import Person
from funds.models import Entry
from funds.selectors import balances
from loans.models import Loan, LoanAct, Repayment, ScheduleVersion
from loans.models.loans import PAYOUT_UNDONE
from loans.repayment_errors import LaterRepaymentFirst, PayoutBuiltOn, RescheduledSince
from loans.selectors.standings import LOANS
from loans.services.held import hold_again, release_security
from loans.services.taking_up import take_up_again


def refuse_while_followed(entry: Entry, on: date) -> None:
    """Refuse a repayment that another one of the same loan, or a new schedule, came after; and a payout that anything
    came after. Raises LaterRepaymentFirst, RescheduledSince, PayoutBuiltOn.
    """
    for repayment in Repayment.objects.filter(entry=entry).select_related("loan").order_by("loan_id"):
        _refuse_later(repayment)
    loan = Loan.objects.filter(entry=entry).first()
    if loan is None:
        return
    acts = LoanAct.objects.filter(loan=loan, entry__isnull=False, entry__reversals__isnull=True)
    if _standing(loan).exists() or acts.exists():
        raise PayoutBuiltOn(number=loan.number)


def follow_into_loans(entry: Entry, reversal: Entry, by: Person) -> None:
    """A loan that is owed anew is secured anew; one whose payout is undone is void and holds nothing any more.

    What was decided about it can be carried out by another contract.
    """
    repaid = list(Loan.objects.filter(repayments__entry=entry).select_related("group", "hold__account__group"))
    if repaid:
        owed = balances(entry.group, LOANS)
        for loan in repaid:
            if owed.get(loan.number, 0):
                hold_again(loan=loan, by=by)
    void = Loan.objects.filter(entry=entry)
    release_security(loans=void, by=by)
    for loan in void:
        take_up_again(loan=loan, on=reversal.booked_on, reason=PAYOUT_UNDONE)


def _refuse_later(repayment: Repayment) -> None:
    loan = repayment.loan
    after = Q(paid_on__gt=repayment.paid_on) | Q(paid_on=repayment.paid_on, entry_id__gt=repayment.entry_id)
    later = _standing(loan).filter(after).select_related("entry").order_by("-paid_on", "-entry_id").first()
    if later is not None:
        raise LaterRepaymentFirst(number=loan.number, later=later.entry.n)
    versions = ScheduleVersion.objects.filter(loan=loan, act__entry__gt=repayment.entry_id)
    if versions.filter(act__entry__reversals__isnull=True).exists():
        raise RescheduledSince(number=loan.number)


def _standing(loan: Loan) -> QuerySet[Repayment]:
    return Repayment.objects.filter(loan=loan, entry__reversals__isnull=True)
