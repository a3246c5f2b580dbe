"""Noting what an entry paid of each loan, in the transaction that posts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from funds.models import Entry
from funds.selectors import balances
from loans.models import Loan, Repayment
from loans.selectors.standings import LOANS
from loans.services.held import release_security
from members.models import Member, SavingsGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaidPart:
    """What one entry pays of one loan (satang): fine, interest, principal; `principal` is its posting on the loan."""

    loan: Loan
    entry_id: int
    paid_on: date
    payer: Member
    kind: str = Repayment.Kind.PAYMENT
    fine: int = 0
    interest: int = 0
    principal: int = 0


@transaction.atomic
def record_repayments(*, group: SavingsGroup, parts: Sequence[RepaidPart]) -> list[Loan]:
    """Note the parts of posted entries that concern loans, and let go the savings behind loans that are paid back.

    Posts nothing. Returns the loans that nothing is owed of any more. Constant queries.
    """
    if not parts:
        return []
    Repayment.objects.bulk_create(
        Repayment(
            group_id=group.pk,
            loan_id=part.loan.pk,
            entry_id=part.entry_id,
            kind=part.kind,
            paid_on=part.paid_on,
            principal_satang=part.principal,
            interest_satang=part.interest,
            fine_satang=part.fine,
            payer_id=part.payer.pk,
        )
        for part in parts
    )
    owed = balances(group, LOANS)
    closed = list({part.loan.pk: part.loan for part in parts if not owed.get(part.loan.number, 0)}.values())
    if closed:
        maker = Entry.objects.values_list("maker", flat=True).get(pk=parts[-1].entry_id)
        release_security(loans=closed, by=maker)
    return closed
