"""The group's own loans: what is owed, which instalment comes next, what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from funds.models import BankLoan, BankLoanInstalment, MoneyIn, Voucher
from funds.selectors.journal import balances
from funds.selectors.reversals import with_reversal
from members.models import SavingsGroup


@dataclass(frozen=True)
class InstalmentState:
    """A row of the schedule and the voucher that pays it, if one was written."""

    instalment: BankLoanInstalment
    voucher: Voucher | None
    is_late: bool

    @property
    def satang(self) -> int:
        """Principal and interest as scheduled."""
        return self.instalment.principal_satang + self.instalment.interest_satang

    @property
    def is_paid(self) -> bool:
        """Whether the payment is posted."""
        return self.voucher is not None and self.voucher.entry_id is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the payment waits for approval."""
        return self.voucher is not None and self.voucher.entry_id is None


@dataclass(frozen=True)
class LoanState:
    """A loan as it stands on a day; satang."""

    loan: BankLoan
    owed: int
    rows: tuple[InstalmentState, ...]

    @property
    def next(self) -> InstalmentState | None:
        """The first instalment that is not paid; none of a loan whose receipt was reversed."""
        if self.loan.is_void:
            return None
        return next((row for row in self.rows if not row.is_paid), None)

    @property
    def late(self) -> list[InstalmentState]:
        """What is overdue."""
        return [row for row in self.rows if row.is_late]

    @property
    def paid_principal(self) -> int:
        """Principal of the instalments paid."""
        return sum(row.instalment.principal_satang for row in self.rows if row.is_paid)


def loan_states(group: SavingsGroup, on: date, *, words: str = "") -> list[LoanState]:
    """Every loan that the group took, the latest first; words in number and lender. A constant number of queries."""
    found = BankLoan.objects.filter(group=group)
    if words:
        found = found.filter(Q(number__icontains=words) | Q(lender__icontains=words))
    return _states(group, list(found.order_by("-received_on", "-id")), on)


def received_of(loan: BankLoan) -> MoneyIn | None:
    """The receipt that brought a loan, with the number of its reversal; None where the books knew the loan already."""
    return with_reversal(MoneyIn.objects.filter(bank_loan=loan).select_related("entry")).first()


def owed_total(states: Sequence[LoanState]) -> int:
    """What is owed together, satang."""
    return sum(state.owed for state in states)


def loan_state(loan: BankLoan, on: date) -> LoanState:
    """One loan as it stands."""
    return _states(loan.group, [loan], on)[0]


def unrecorded_loans(group: SavingsGroup) -> dict[str, int]:
    """Loans that the books know (from their opening) and that have no row yet: number -> satang owed."""
    known = set(BankLoan.objects.filter(group=group, is_void=False).values_list("number", flat=True))
    return {
        holder: -satang for holder, satang in balances(group, "O2300").items() if holder not in known and satang < 0
    }


def standing_payments() -> QuerySet[Voucher]:
    """The vouchers of instalments that wait or are posted: neither taken back nor reversed."""
    return Voucher.objects.filter(instalment__isnull=False, cancelled_at__isnull=True, is_void=False)


def _states(group: SavingsGroup, loans: Sequence[BankLoan], on: date) -> list[LoanState]:
    owed = balances(group, "O2300")
    loans_owing = {loan.pk: -owed.get(loan.number, 0) for loan in loans if not loan.is_void}
    rows = BankLoanInstalment.objects.filter(loan__in=loans).order_by("loan_id", "number")
    live = standing_payments().filter(group=group, instalment__loan__in=loans).select_related("entry")
    by_instalment = {voucher.instalment_id: voucher for voucher in live}
    by_loan: dict[int, list[InstalmentState]] = {loan.pk: [] for loan in loans}
    for row in rows:
        voucher = by_instalment.get(row.pk)
        is_paid = voucher is not None and voucher.entry_id is not None
        is_late = not is_paid and row.due_on < on and row.loan_id in loans_owing
        by_loan[row.loan_id].append(InstalmentState(row, voucher, is_late=is_late))
    return [LoanState(loan, loans_owing.get(loan.pk, 0), tuple(by_loan[loan.pk])) for loan in loans]
