"""What bringing in loans from paper refuses, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class AdoptionRefused(DomainError):
    """Root of every refusal of loans from paper."""

    sentence = _("The loans from paper cannot be brought in.")


class PaymentOfNoLoan(AdoptionRefused):
    """Interest or a fine in a receipt belongs to a loan."""

    sentence = _("Entry %(number)s holds %(amount)s baht of interest or fine on a loan, but its payer has no loan.")


class LoanDiffersFromBooks(AdoptionRefused):
    """What paper says was paid comes to the balance of the books."""

    sentence = _("Contract %(contract)s: by its payments %(said)s baht are owed, by the books %(booked)s baht.")


class TermDoesNotFit(AdoptionRefused):
    """A principal of some satang cannot be divided into that many months."""

    sentence = _("Contract %(contract)s: %(amount)s baht cannot be divided into %(months)s instalments.")
