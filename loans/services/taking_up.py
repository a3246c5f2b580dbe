"""A decision whose contract came to nothing is there to be carried out by another one."""

from datetime import date

from django.db import transaction

from loans.models import Guarantee, Loan, LoanApplication

Status = LoanApplication.Status


@transaction.atomic
def take_up_again(*, loan: Loan, on: date, reason: str) -> LoanApplication | None:
    """Let the application of a contract that ended unpaid, or whose payout was undone, stand approved again.

    Nobody has to decide again. The guarantors are free of this contract; their words were given for the application
    and stand for it, each for as much as before, and every one of them signs the next contract anew. Called behind the
    book's lock, once the contract holds nothing any more. Returns None for a loan from paper.
    """
    standing = Guarantee.objects.filter(loan=loan, released_on__isnull=True, declined_at__isnull=True)
    words = list(standing.select_for_update().order_by("position", "pk"))
    standing.update(released_on=on, released_reason=reason)
    if loan.application_id is None:
        return None
    application = LoanApplication.objects.select_for_update().get(pk=loan.application_id)
    if application.status != Status.CONTRACTED:
        return application
    application.status = Status.APPROVED
    application.save(update_fields=["status"])
    Guarantee.objects.bulk_create(
        Guarantee(
            application=application,
            member_id=word.member_id,
            position=word.position,
            satang=word.satang,
            named_by_id=word.named_by_id,
            named_at=word.named_at,
            way=word.way,
            confirmed_at=word.confirmed_at,
            confirmed_by_id=word.confirmed_by_id,
        )
        for word in words
    )
    return application
