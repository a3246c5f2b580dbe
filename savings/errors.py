"""What savings refuse, one class a rule."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class SavingsError(DomainError):
    """Root of every refusal of the savings."""

    sentence = _("This cannot be done with these savings.")


class PledgeOutOfBounds(SavingsError):
    """The pledge is not a whole number of units, or not between one unit and the most units."""

    sentence = _("A pledge is %(unit)s to %(most)s baht a month, in steps of %(unit)s baht.")


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
