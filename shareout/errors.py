"""What the year end refuses, one class a rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class YearEndError(DomainError):
    """Root of every refusal of the year end."""

    sentence: str | Promise = _("This cannot be done at this year's end.")


class YearNotOver(YearEndError):
    """A year is closed when its last day is past."""

    sentence = _("The account year %(year)s ends on %(day)s. It can be closed from the day after.")


class YearClosed(YearEndError):
    """A closed year stays closed."""

    sentence = _("The account year %(year)s is closed. What is found now is corrected in the open year.")


class YearBefore(YearEndError):
    """Years close one after the other."""

    sentence = _("Close the account year %(year)s first.")


class ChecklistNotGreen(YearEndError):
    """Something of the checklist is missing."""

    sentence = _("Not everything is in order yet: %(missing)s.")


class ClosingWaits(YearEndError):
    """One request to close at a time."""

    sentence = _("The close of this year is asked for already. The auditor signs that request.")


class ClosingDone(YearEndError):
    """The request was signed or taken back."""

    sentence = _("This request was signed or taken back meanwhile.")


class BooksMovedSince(YearEndError):
    """What the auditor would sign is no longer what the books say."""

    sentence = _("The books have moved since the close was asked for. Take the request back and ask anew.")


class FindingOfOpenYear(YearEndError):
    """What is found of an open year is booked in it."""

    sentence = _("The account year %(year)s is open. Book it there; only a closed year is corrected in the next one.")


class FindingDone(YearEndError):
    """Approved or taken back meanwhile."""

    sentence = _("This finding was approved or taken back meanwhile. Load the page again.")


class ListMoved(YearEndError):
    """Who approves has seen all of it."""

    sentence = _("This list has changed since you opened it. Look at it again, then approve.")
