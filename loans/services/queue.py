"""The order in which approved loans are paid when money is short."""

from django.db import transaction

from loans import deciding_errors as errors
from loans.models import LoanApplication
from loans.selectors.contracts import contract_of
from loans.selectors.decisions import INTERESTS, interests
from members.models import User


@transaction.atomic
def rank_application(*, application: LoanApplication, rank: int, reason: str, by: User) -> LoanApplication:
    """Give an approved application a place in the queue, with the reason that everybody reads there.

    rank: 1 is paid first. Raises NotInQueue, RankUnexplained, InterestedDecides.
    """
    rows = LoanApplication.objects.select_for_update(of=("self",)).select_related("group", "member")
    locked = rows.get(pk=application.pk)
    loan = contract_of(locked)
    is_over = loan is not None and loan.paid_out_on is not None
    if locked.status not in (LoanApplication.Status.APPROVED, LoanApplication.Status.CONTRACTED) or is_over:
        raise errors.NotInQueue(number=locked.number)
    if not reason.strip():
        raise errors.RankUnexplained
    interest = interests(locked.group, [locked], [by])[locked.pk].get(by.pk)
    if interest:
        raise errors.InterestedDecides(name=by.display_name, number=locked.number, interest=INTERESTS[interest])
    locked.queue_rank, locked.queue_reason = max(1, rank), reason.strip()
    locked.save(update_fields=["queue_rank", "queue_reason"])
    return locked
