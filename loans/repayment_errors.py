"""What is refused of a repayment, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class RepaymentError(DomainError):
    """Root of every refusal of a repayment."""

    sentence = _("This cannot be paid on these loans.")


class MoreThanSettlement(RepaymentError):
    """Nobody pays more than frees the borrower today."""

    sentence = _("Contract %(number)s is paid off with %(most)s baht today. Type that much or less.")


class NothingOwed(RepaymentError):
    """Money for loans belongs to a loan that is paid out and still owed."""

    sentence = _("Contract %(number)s has nothing to pay back. Load the page again.")


class LaterRepaymentStands(RepaymentError):
    """What a payment pays depends on those before it, so they are entered in the order of their days."""

    sentence = _("Contract %(number)s has a repayment of %(day)s. Money of an earlier day cannot be entered after it.")


class PartsDisagree(RepaymentError):
    """The parts for each loan are the sum that was paid."""

    sentence = _("The parts for the loans add up to %(parts)s baht, not to %(sum)s baht.")


class PayerNotOfLoan(RepaymentError):
    """The borrower pays, or who stands guarantor."""

    sentence = _("%(name)s is neither the borrower nor a guarantor of contract %(number)s.")


class LaterRepaymentFirst(RepaymentError):
    """Repayments are undone newest first: each rests on what the ones before had paid."""

    sentence = _("Contract %(number)s was paid again since, entry %(later)s. Reverse that one first.")


class RescheduledSince(RepaymentError):
    """A new schedule was made from what was owed then."""

    sentence = _("Contract %(number)s was given a new schedule since. What was paid before it stays.")


class PayoutBuiltOn(RepaymentError):
    """A payout is undone only while nothing followed it."""

    sentence = _("Contract %(number)s was repaid or changed since it was paid out. Undo that first, the latest first.")


class NoLoanToPay(RepaymentError):
    """Money for a loan from someone who has none that can be paid on that day."""

    sentence = _("This member has no loan that can be paid today.")
