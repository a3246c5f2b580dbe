"""Under which terms an application stands."""

from datetime import date

from django.utils import timezone

from loans.models import LoanApplication, LoanTerms
from loans.selectors.products import terms_in_force


def day_of_terms(application: LoanApplication) -> date:
    """The day whose terms hold: that of the submission, and today for a draft."""
    at = application.submitted_at
    return timezone.localdate(at) if at else timezone.localdate()


def terms_of_application(application: LoanApplication) -> LoanTerms | None:
    """The terms in force when it was handed in."""
    return terms_in_force(application.product, day_of_terms(application))
