"""What a settlement does to the leaver's own loans: their savings are let go for it, its parts are noted as repaid."""

from collections.abc import Sequence

from loans.models import Repayment
from loans.services.held import release_security
from loans.services.repayments import RepaidPart, record_repayments
from members.models import User
from membership.models import Settlement
from membership.selectors.loans import PaidOff


def free_security(loans: Sequence[PaidOff], by: User) -> None:
    """Let go what secures loans that the settlement is about to pay off, in its transaction."""
    release_security(loans=[each.loan for each in loans], by=by)


def note_paid_off(row: Settlement, loans: Sequence[PaidOff]) -> None:
    """Note what the settlement's entry paid of each own loan."""
    assert row.entry is not None
    record_repayments(
        group=row.group,
        parts=[
            RepaidPart(
                loan=each.loan,
                entry_id=row.entry.pk,
                paid_on=row.paid_on,
                payer=row.leaving.member,
                kind=Repayment.Kind.SET_OFF,
                fine=each.fine,
                interest=each.interest,
                principal=each.principal,
            )
            for each in loans
        ],
    )
