"""What is refused of a share-out, from the policy to the payment, one class a rule."""

from django.utils.translation import gettext_lazy as _

from shareout.errors import BooksMovedSince, YearEndError


class PolicyNameTaken(YearEndError):
    """A name stands for one way to divide."""

    sentence = _("There is a way to divide with the name “%(name)s” already. Choose another name.")


class PolicyFrozen(YearEndError):
    """What the general meeting saw stays as it saw it."""

    sentence = _("“%(name)s” stays as it is: the general meeting has decided, or it was deleted. Save another one.")


class PolicyChangedSince(YearEndError):
    """Nobody overwrites unseen what another has saved."""

    sentence = _("%(by)s has changed “%(name)s” meanwhile. Load the page again, or save under another name.")


class FundUnnamed(YearEndError):
    """Another fund is an account with a holder."""

    sentence = _("Give every other fund a name of at most 40 letters.")


class YearNotClosed(YearEndError):
    """Only what is earned for sure is divided."""

    sentence = _("Close the account year %(year)s first.")


class NothingToDivide(YearEndError):
    """A loss is covered before anything is allotted."""

    sentence = _("There is no profit to divide: a loss is covered first.")


class ShareOutStands(YearEndError):
    """A year is divided once."""

    sentence = _("The account year %(year)s has a share-out already.")


class GeneralMeetingDecides(YearEndError):
    """The profit belongs to the members."""

    sentence = _("Choose a resolution of the general meeting.")


class MeetingOfOtherDay(YearEndError):
    """The share-out is dated the day of the general meeting, after the year and not ahead of today."""

    sentence = _(
        "The general meeting divides the profit on the day of its resolution, %(day)s, after the year and not later "
        "than today."
    )


class ShareOutDone(YearEndError):
    """Approved, posted or taken back meanwhile."""

    sentence = _("This share-out was approved, posted or taken back meanwhile. Load the page again.")


class NotApprovedYet(YearEndError):
    """Two people, and then the books."""

    sentence = _("A second officer approves the share-out first.")


class BooksMovedSinceAdoption(BooksMovedSince):
    """What was adopted is no longer what the books say."""

    sentence = _("The books have moved since the share-out was adopted. Take it back and adopt it anew.")


class BooksMovedSinceShown(BooksMovedSince):
    """Nobody signs figures other than those that were looked at."""

    sentence = _("The books, or this way to divide, have changed since the page was shown. Look at the new figures.")


class ShareOutStays(YearEndError):
    """The batch of a share-out is whole."""

    sentence = _(
        "Entry %(number)s belongs to a posted share-out and is not reversed alone. The general meeting corrects it by "
        "a resolution."
    )


class MoneyForPoolMissing(YearEndError):
    """Money changes its pool, not its place."""

    sentence = _(
        "%(needed)s baht go to the administrative pool; the operating pool has %(has)s baht in the place that was "
        "chosen. Choose another place or bring money there first."
    )


class PaymentError(YearEndError):
    """Root of what is refused of a payment of dividend and rebate."""

    sentence = _("This cannot be paid now.")


class NobodyChosen(PaymentError):
    """A list has people."""

    sentence = _("Choose at least one member.")


class MoreThanUnpaid(PaymentError):
    """Paid once."""

    sentence = _("%(name)s has %(unpaid)s baht to be paid, what waits for approval left out.")


class OwnShare(PaymentError):
    """Nobody asks for, or approves, money of one's own."""

    sentence = _("%(name)s is in the list: an officer neither asks for the own money nor approves it.")


class SlipMissing(PaymentError):
    """A transfer leaves a slip."""

    sentence = _("Type the number of the transfer slip.")


class ShareWithheld(PaymentError):
    """As the general meeting decided."""

    sentence = _("%(name)s is in arrears with a loan: the general meeting withholds the share until they are paid.")


class SetOffFirst(PaymentError):
    """As the general meeting decided."""

    sentence = _("%(name)s is in arrears with a loan: by the general meeting's decision the share is set off first.")


class NothingInArrears(PaymentError):
    """Only what is due is set off."""

    sentence = _("%(name)s has at most %(due)s baht overdue on loans to be set off.")


class LeaverHasNoBook(PaymentError):
    """Special savings are members'."""

    sentence = _("%(name)s is no member any more: pay in cash or by transfer.")


class PaymentDone(PaymentError):
    """Approved or taken back meanwhile."""

    sentence = _("This list was approved or taken back meanwhile. Load the page again.")
