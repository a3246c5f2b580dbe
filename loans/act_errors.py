"""What is refused of a loan that goes badly, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class LoanActError(DomainError):
    """Root of every refusal of an act on a loan."""

    sentence = _("This cannot be done with this loan.")


class LoanNotLive(LoanActError):
    """An act concerns a loan that is paid out and still owed."""

    sentence = _("Contract %(number)s has nothing outstanding.")


class ActDone(LoanActError):
    """Posted or cancelled is final."""

    sentence = _("This is already posted or cancelled.")


class ActWaits(LoanActError):
    """One act of a kind at a time for each loan."""

    sentence = _("The same is already asked for contract %(number)s. Approve or cancel that one first.")


class LoanMoved(LoanActError):
    """What was asked for is not what the loan owes now."""

    sentence = _("The loan has moved since this was written down. Cancel it and write it down anew.")


class LoanActNeedsResolution(LoanActError):
    """A loan's terms change, and a debt ends, by resolution only."""

    sentence = _("Choose the resolution that this rests on.")


class GeneralMeetingNeeded(LoanActError):
    """Only the general meeting gives a debt up."""

    sentence = _("A debt is written off by the general meeting only. Choose a resolution of a general meeting.")


class ResolvedLater(LoanActError):
    """Nothing rests on a resolution that is yet to come."""

    sentence = _("Resolution %(number)s is of %(day)s, later than this day.")


class NothingToSetOff(LoanActError):
    """A set-off is between one satang and what is owed."""

    sentence = _("%(owed)s baht are owed altogether. Type an amount up to that.")


class SavingsTooSmall(LoanActError):
    """Only free savings, and those that secure this loan, are set off."""

    sentence = _("%(free)s baht of the pledge savings can be set off; the rest secures something else.")


class ScheduleRefused(LoanActError):
    """The figures give no schedule."""

    sentence = _("These figures give no schedule. Choose another number of months or months of interest only.")


class AboveYearlyCap(LoanActError):
    """Civil and Commercial Code s.654: at most 15 per cent a year."""

    sentence = _(
        "This schedule costs %(apr)s%% a year. Section 654 of the Civil and Commercial Code allows 15%% at most."
    )


class FirstDueTooEarly(LoanActError):
    """The first instalment of a new schedule lies ahead."""

    sentence = _("The first instalment of the new schedule falls due after %(day)s. Choose a later date.")


class FirstDueTooLate(LoanActError):
    """A year typed wrong leaves a loan without instalments for decades."""

    sentence = _(
        "The first instalment of the new schedule falls due on %(day)s at the latest. Check the year that was typed."
    )


class ActBeforeSchedule(LoanActError):
    """A loan's acts follow its payments and its schedule."""

    sentence = _("Something was already booked for contract %(number)s on %(day)s. Choose that day or a later one.")


class RecoveredTooMuch(LoanActError):
    """No more is recovered than was written off."""

    sentence = _("%(rest)s baht written off are not yet recovered. Type an amount up to that.")


class AllowanceOnlyShown(LoanActError):
    """Booked only where a setting says so."""

    sentence = _("This group shows the allowance and does not book it. A setting of the group changes that.")


class AllowanceAgrees(LoanActError):
    """Nothing to book."""

    sentence = _("The allowance that is booked is what the loans ask for. There is nothing to book.")


class InterestedOfficer(LoanActError):
    """Neither the borrower nor a guarantor decides about the loan."""

    sentence = _("%(name)s has borrowed this loan or stands guarantor for it, and leaves the act to others.")


class RecoveredSince(LoanActError):
    """A write-off stays while money recovered from it stands."""

    sentence = _(
        "Money was recovered since entry %(number)s wrote the loan off (entry %(later)s). Reverse that one first."
    )


class LetterSent(LoanActError):
    """A letter is sent once."""

    sentence = _("Letter %(number)s was sent on %(day)s.")


class LetterSentTooEarly(LoanActError):
    """Nothing is sent before it is written, or tomorrow."""

    sentence = _("The letter was written on %(day)s. Type that day or a later one, up to today.")


class NothingOverdue(LoanActError):
    """Reminders and notices speak of overdue instalments."""

    sentence = _("No instalment of contract %(number)s is overdue.")


class NoticesWritten(LoanActError):
    """One notice for each overdue instalment and guarantor."""

    sentence = _("Every guarantor's notice about contract %(number)s is written already.")
