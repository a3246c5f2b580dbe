"""What savings refuse, one class a rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class SavingsError(DomainError):
    """Root of every refusal of the savings."""

    sentence: str | Promise = _("This cannot be done with these savings.")


class PledgeOutOfBounds(SavingsError):
    """The pledge is not a whole number of units, or not between one unit and the most units."""

    sentence = _("A pledge is %(unit)s to %(most)s baht a month, in steps of %(unit)s baht.")


class HouseholdPledgesFull(SavingsError):
    """The group's rule of the most units that one household may pledge a month."""

    sentence = _(
        "Household %(code)s would pledge %(units)s units in %(month)s. "
        "The group's rule is at most %(most)s units a month of one household."
    )


class PledgeMonthTaken(SavingsError):
    """A vow is never overwritten: this month already has one, or a later one."""

    sentence = _("A pledge already begins in %(month)s or later. Choose a later month.")


class PledgeMonthPaid(SavingsError):
    """The month is already paid by the old vow."""

    sentence = _("%(month)s is already paid. The new pledge can begin in %(next)s.")


class PledgeWindowClosed(SavingsError):
    """A vow changes in the months that the group has set; at other times the committee resolves it."""

    sentence = _("A pledge can change from %(month)s. For an earlier month choose the resolution that allows it.")


class NotAMember(SavingsError):
    """Only an active member saves."""

    sentence = _("%(name)s is not an active member. Savings can only be entered for active members.")


class MonthsDisagree(SavingsError):
    """The months named do not add up to the receipt's pledge line: a fault of the program, not of the person."""

    sentence = _("The months of receipt %(number)s add up to %(months)s baht, its pledge line is %(line)s baht.")


class MonthsDoNotFit(SavingsError):
    """The amount cannot be laid on months; the sentence says why."""

    sentence = "%(sentence)s"


class SlipTaken(SavingsError):
    """A transfer is received once."""

    sentence = _("Slip %(slip)s is already entered, receipt no. %(number)s.")


class TermsBackdated(SavingsError):
    """Terms follow each other, and never change a period whose interest is credited."""

    sentence = _("Terms already hold or interest is already credited up to %(month)s. Choose a later month.")


class NothingToCredit(SavingsError):
    """A period without interest posts nothing."""

    sentence = _("No book of this product has earned interest in this period.")


class NotBetweenPeriods(SavingsError):
    """A book is of one product for the whole of an interest period."""

    sentence = _(
        "A book changes its product between interest periods only. Interest of the present product is still to be "
        "credited from %(left)s on, of the other from %(joined)s on. Credit both up to the same day first."
    )


class PeriodNotOver(SavingsError):
    """Interest is credited after its period."""

    sentence = _("The period ends on %(day)s. Its interest can be credited from that day on.")


class InterestWaits(SavingsError):
    """One crediting a period."""

    sentence = _("The interest of this period is already asked for. Approve or cancel that one.")


class BooksMoved(SavingsError):
    """What was previewed is not what the books hold now."""

    sentence = _("The books have changed since the preview. Cancel this crediting and look at a new preview.")


class RequestDone(SavingsError):
    """Posted or cancelled is final."""

    sentence = _("This is already paid or cancelled.")


class MinimumStays(SavingsError):
    """The product's lowest balance stays in the book."""

    sentence = _("At least %(minimum)s baht stay in this book; %(free)s baht can be withdrawn now.")


class WithdrawalsUsed(SavingsError):
    """So many withdrawals a month."""

    sentence = _("This product allows %(limit)s withdrawals a month; they are used.")


class NoticeNotOver(SavingsError):
    """The product asks for notice."""

    sentence = _("This product asks for notice. The money can be paid from %(day)s on.")


class NotEnoughFree(SavingsError):
    """More than is saved and not held."""

    sentence = _("%(free)s baht of this book are free. Type a smaller amount.")


class LaterInterestFirst(SavingsError):
    """Interest is reversed from the latest period backwards."""

    sentence = _(
        "Interest of a later period stands as entry %(later)s and was reckoned from entry %(number)s. Reverse the "
        "later one first."
    )
