"""Whether an application may go before the committee: enough given words, and what they stand for covers the loan."""

from loans.models import LoanApplication
from loans.selectors.cover import cover_of, standing_guarantees
from loans.selectors.guarantors import is_spouse

Status = LoanApplication.Status


def settle_readiness(application: LoanApplication) -> LoanApplication:
    """Let a submitted application be ready, or wait again, as its guarantors stand. Called behind the book's lock."""
    if application.status in (Status.SUBMITTED, Status.READY):
        status = Status.READY if is_secured(application) else Status.SUBMITTED
        if status != application.status:
            application.status = status
            application.save(update_fields=["status"])
    return application


def is_secured(application: LoanApplication) -> bool:
    """Whether as many as asked for have given their word, they cover the rest, and the spouse is not alone."""
    words = [each.member for each in standing_guarantees(application) if each.confirmed_at is not None]
    if words and all(is_spouse(member, application.member) for member in words):
        return False
    return cover_of(application).is_covered
