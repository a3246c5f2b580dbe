"""What is refused about decisions, contracts and payouts, one class a rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class DecidingError(DomainError):
    """Root of every refusal of decisions, contracts and payouts."""

    sentence: str | Promise = _("This cannot be done with this loan now.")


# --- decisions ----------------------------------------------------------------------------------------------


class NothingResolved(DecidingError):
    """A resolution about nobody."""

    sentence = _("Choose for at least one application what was resolved.")


class NotBeforeCommittee(DecidingError):
    """Only an application whose guarantors stand is decided, and once."""

    sentence = _("Application %(number)s is not before the committee: %(state)s. Load the page again.")


class DecidedAlreadyWaits(DecidingError):
    """One decision of an application waits at a time."""

    sentence = _("A decision about application %(number)s already waits for the second officer.")


class ResolvedBeforeAsked(DecidingError):
    """The committee decides on what was asked before."""

    sentence = _("Application %(number)s was made on %(asked)s, after this resolution. Choose a later one.")


class ResolvedInFuture(DecidingError):
    """Nothing rests on a meeting that is yet to be held."""

    sentence = _("The resolution is of %(day)s, which has not come yet.")


class LoanRefusalUnexplained(DecidingError):
    """Who is refused is told why."""

    sentence = _("Type why application %(number)s is not approved.")


class ApprovedOtherThanAsked(DecidingError):
    """Approved is what was asked for; less is another outcome, more is another application."""

    sentence = _("Application %(number)s asks for %(asked)s baht. Approve that, or approve less as less.")


class TermOtherThanAllowed(DecidingError):
    """The terms of the loan bind the committee as well."""

    sentence = _("%(product)s is paid back within %(longest)s months, of them at most %(grace)s of interest only.")


class MakerDecides(DecidingError):
    """Whoever wrote the application down has no part in its decision."""

    sentence = _("%(name)s wrote application %(number)s down and can neither record nor confirm its decision.")


class InterestedDecides(DecidingError):
    """Nobody decides in an own matter."""

    sentence = _("%(name)s has an own interest in application %(number)s (%(interest)s) and has no part in deciding.")


class VoteOfInterested(DecidingError):
    """An interested member leaves before the vote."""

    sentence = _("%(name)s has an own interest in application %(number)s (%(interest)s). Record: left the vote.")


class VoterHasNoVote(DecidingError):
    """Only those who hold the right to decide today vote."""

    sentence = _("Only members of the committee who decide on loans vote.")


class LoanNoQuorum(DecidingError):
    """Without a quorum nothing is decided."""

    sentence = _("%(present)s of the committee were present; %(quorum)s must be for a quorum.")


class LoanNotCarried(DecidingError):
    """What found no majority was not resolved."""

    sentence = _("Application %(number)s: %(votes)s in favour and %(against)s against. Nothing was resolved this way.")


class DecisionDone(DecidingError):
    """Confirmed or taken back is final."""

    sentence = _("This decision was confirmed or taken back meanwhile. Load the page again.")


class NotInQueue(DecidingError):
    """Only what is approved and not paid out waits for money."""

    sentence = _("Application %(number)s does not wait for money.")


class RankUnexplained(DecidingError):
    """Everybody in the queue can read why somebody stands before them."""

    sentence = _("Type the reason for this place in the queue.")


# --- contracts ----------------------------------------------------------------------------------------------


class NotApproved(DecidingError):
    """A contract follows the committee's approval, once."""

    sentence = _("Application %(number)s is not waiting for a contract: %(state)s.")


class GuarantorsMissing(DecidingError):
    """As many guarantors as the terms ask for, each with a given word."""

    sentence = _("%(asked)s guarantors must have given their word; %(confirmed)s have. Complete them first.")


class CoverMissing(DecidingError):
    """The free savings carry the loan when the contract is made."""

    sentence = _(
        "%(name)s stands for %(part)s baht but only %(free)s baht of the pledge savings are free. "
        "Replace the guarantor, or name one more."
    )


class ContractNumberTaken(DecidingError):
    """A contract's number stands for one loan for ever, in the books too."""

    sentence = _("Contract number %(number)s is taken. The next one is %(next)s.")


class ContractNumberLeavesGap(DecidingError):
    """Contract numbers run without a gap."""

    sentence = _("Contract numbers run without a gap: the next one is %(next)s.")


class ContractNumberUnfit(DecidingError):
    """A number that the books can carry."""

    sentence = _("Type a contract number of at most 40 letters and figures without a comma, such as ก.12/2569.")


class ContractDayRefused(DecidingError):
    """A contract is made after the resolution, and not in the future."""

    sentence = _("The contract is made from %(decided)s (the resolution) up to today.")


class FirstDueRefused(DecidingError):
    """The first instalment lies half a month to the end of the term after the contract."""

    sentence = _("The first instalment falls due from %(soonest)s up to %(latest)s.")


class ContractAboveCap(DecidingError):
    """Civil and Commercial Code s.654: no more than 15 % a year."""

    sentence = _(
        "This contract would cost %(apr)s%% a year. Section 654 of the Civil and Commercial Code allows 15%% at most."
    )


class ContractStepTooCoarse(DecidingError):
    """The rounding of the instalments leaves the last one nothing."""

    sentence = _("With these terms the instalments cannot be divided over %(months)s months. Decide on fewer months.")


class SignedTooEarly(DecidingError):
    """Signatures follow the contract."""

    sentence = _("The contract is of %(day)s. Type that day or a later one, up to today.")


class ContractOver(DecidingError):
    """Paid out or cancelled is final."""

    sentence = _("Contract %(number)s is already paid out or cancelled.")


class PayoutWaits(DecidingError):
    """A contract whose payout is asked for is not cancelled under the second officer's hands."""

    sentence = _("A payout of contract %(number)s waits for approval. Cancel that first.")


class CancelUnexplained(DecidingError):
    """A cancelled contract keeps its number and says why."""

    sentence = _("Type why the contract is cancelled.")


class OwnContract(DecidingError):
    """Nobody makes, or witnesses, the own contract."""

    sentence = _("Another officer does this: it concerns your own loan.")


# --- payouts ------------------------------------------------------------------------------------------------


class ContractUnsigned(DecidingError):
    """Above 2,000 baht the law asks for a signature (s.653); the group always does, and for the guarantors' too."""

    sentence = _("Contract %(number)s cannot be paid out yet: %(missing)s.")


class PayoutDone(DecidingError):
    """A loan is paid out once."""

    sentence = _("Contract %(number)s is already paid out, or its payout is asked for.")


class PayoutGone(DecidingError):
    """Paid or cancelled is final."""

    sentence = _("This payout is already paid or cancelled.")


class NotEnoughToLend(DecidingError):
    """What is not there cannot be lent."""

    sentence = _("%(available)s baht are there to be paid out, %(needed)s are needed. Bring the money in first.")


class PayoutAtMeeting(DecidingError):
    """What is written down at a meeting is approved and cancelled there."""

    sentence = _("This payout is a payment of the meeting. Approve or cancel it there.")


class PayoutBeforeContract(DecidingError):
    """Money leaves after the contract."""

    sentence = _("The contract is of %(day)s. It is paid out on that day or later.")
