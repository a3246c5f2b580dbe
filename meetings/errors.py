"""What the meeting day refuses, each with the sentence that says what to do next."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class MeetingError(DomainError):
    """The root of the meeting day's refusals."""


class MeetingClosed(MeetingError):
    """A closed meeting is never changed; what is wrong is reversed on a later day."""

    sentence = _("This meeting is closed. Correct it by a reversal at the next meeting.")


class MeetingCounting(MeetingError):
    """While the cash is counted nothing may move, or the count would be of another sum."""

    sentence = _("The cash of this meeting is being counted. Go back to entering first, then change the line.")


class MeetingNotCounting(MeetingError):
    """A count belongs to a meeting whose entering has ended."""

    sentence = _("Entering is still going on. End it first, then count the cash.")


class MeetingAlreadyOpen(MeetingError):
    """One meeting at a time, or two sheets would take the same month's money."""

    sentence = _("Meeting %(number)s is still open. Close it before opening the next.")


class MeetingDateRefused(MeetingError):
    """The day of a meeting lies after everything that is locked and not in the future."""


class DateInFuture(MeetingDateRefused):
    """Nothing is entered for a day that has not come."""

    sentence = _("The date of the meeting is in the future. Type today or an earlier day.")


class DateLocked(MeetingDateRefused):
    """A day on or before the last close, or in a closed year, cannot take cash any more."""

    sentence = _("The books are closed up to %(day)s. Type a later day.")


class NumberTaken(MeetingError):
    """Each number once in an account year."""

    sentence = _("Meeting %(number)s exists already. Type another number.")


class BooksNotOpened(MeetingError):
    """Without an opening entry there is no cash to begin with."""

    sentence = _("The books of this group have no opening entry yet. Post it first, then open the meeting.")


class RowChanged(MeetingError):
    """Someone else saved this line in between; theirs is shown and nothing is overwritten."""

    sentence = _("Someone else changed this line. Compare the two, then save again.")

    def __init__(self, row: Any) -> None:
        super().__init__()
        self.row = row


class OperationTaken(MeetingError):
    """An operation id names one act for ever."""

    sentence = _("This entry was already used elsewhere. Load the page again and enter it once more.")


class RowRefused(MeetingError):
    """A line that cannot be taken as it stands; `errors` holds a sentence for each field."""

    sentence = _("The line was not saved. Correct the marked fields.")

    def __init__(self, errors: dict[str, Any]) -> None:
        super().__init__()
        self.errors = errors


class PaymentError(MeetingError):
    """The root of what is refused about payments of the day."""


class CashPromised(PaymentError):
    """What a voucher beside the meeting holds is not paid out here."""

    sentence = _(
        "%(held)s baht of the cash are set aside for something that waits for a second officer, so %(needed)s baht are "
        "not free. Approve it or take it back under Money first, or fetch money from the bank."
    )


class NotEnoughInBox(PaymentError):
    """Cash that is not there cannot be paid. The sum in the box is not told: the count comes later, unseen."""

    sentence = _("There is not enough cash for %(needed)s baht. Fetch money from the bank first.")

    def __init__(self, *, needed: int, available: int, text: str) -> None:
        super().__init__(needed=text)
        self.needed = needed
        self.available = available


class NotEnoughInBank(PaymentError):
    """A bank account is never overdrawn."""

    sentence = _("The bank account holds %(available)s baht, %(needed)s are needed. Type a smaller amount.")


class NotEnoughSaved(PaymentError):
    """Special savings pay out no more than they hold, less what is set aside."""

    sentence = _("This book can pay out %(available)s baht at most.")


class PayeeIsOfficer(PaymentError):
    """Whoever receives the money neither asks for the payment nor approves it."""

    sentence = _("The approver is neither the one who asks nor the one who is paid. Ask another officer.")


class LoanLineWrong(PaymentError):
    """A loan is paid out whole, to its borrower."""

    sentence = _("Choose a contract that is ready to be paid out. Load the page again.")


class MeetingBeforeContract(PaymentError):
    """Money leaves after the contract."""

    sentence = _("The contract is of %(day)s, later than this meeting. Pay it out at a later meeting.")


class PaymentNotWaiting(PaymentError):
    """Only a line that still waits can be approved."""

    sentence = _("This payment no longer waits for approval. Load the page again.")


class PaymentGone(PaymentError):
    """A cancelled or posted line stays as it is."""

    sentence = _("This payment can no longer be cancelled.")


class PaymentsWaiting(MeetingError):
    """A payment that waits for its second officer would be lost by the close."""

    sentence = _("A payment still waits for the second officer. Have it approved or cancel it, then go on.")


class CountMissing(MeetingError):
    """Nobody closes uncounted cash."""

    sentence = _("The cash has not been counted yet. Count it first.")


class ReasonMissing(MeetingError):
    """A difference is booked only with its reason."""

    sentence = _("The cash differs from the books. Write the reason first.")


class ContentMoved(MeetingError):
    """What was signed is no longer what would be posted."""

    sentence = _("Something changed after this page was shown. Look at it again and have it signed again.")


class VerifierRefused(MeetingError):
    """The second officer is of the audit part, neither counted the cash nor entered the lines."""

    sentence = _("Only an auditor who neither counted the cash nor entered lines can confirm the close.")


class MonthsMoved(MeetingError):
    """A month that a line pays has been paid by another entry meanwhile."""

    sentence = _("The months of member %(number)s have changed. Go back to entering and save that line again.")


class LoansMoved(MeetingError):
    """A loan that a line pays was paid, reversed or changed elsewhere meanwhile."""

    sentence = _(
        "The loans of member %(number)s have changed since the line was saved. Go back to entering, look at the amount "
        "and save that line again."
    )


class CorrectionRefused(MeetingError):
    """Only a member's receipt of a closed meeting is corrected here, once, on a later day."""

    sentence = _("This entry cannot be corrected here.")
