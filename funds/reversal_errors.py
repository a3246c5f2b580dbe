"""Why an entry is not reversed, one class a rule, each with the sentence that says what to do instead."""

from django.utils.translation import gettext_lazy as _

from funds.errors import BooksError, CannotReverse


class KindStays(CannotReverse):
    """Some kinds of entries are put right in another way, or not at all."""

    sentence = "%(why)s"


class PutRightElsewhere(CannotReverse):
    """A receipt of a meeting, an act of an activity: their own pages know what else is to be put right."""

    sentence = _("Entry %(number)s is put right on its own page: “%(page)s”.")


class ReversalWaits(CannotReverse):
    """One request at a time."""

    sentence = _("Somebody has asked already to reverse entry %(number)s. Open it again and look.")


class ReversalDone(BooksError):
    """Posted or taken back already."""

    sentence = _("This reversal has been posted or taken back already.")


class YearNeedsResolution(BooksError):
    """What a closed year booked as income or cost is corrected by a decision."""

    sentence = _(
        "Entry %(number)s is income or cost of a closed year. Record the resolution that decides the correction, then "
        "choose it here."
    )


class CashCounted(BooksError):
    """A reversal is dated the day of its approval; once that day's cash is counted, it waits a night."""

    sentence = _("The cash of today has been counted. What moves cash can be reversed from tomorrow on.")


class UndoneByAct(CannotReverse):
    """An activity's goods go back by an act that undoes the act."""

    sentence = _("Entry %(number)s belongs to an activity. Undo it on the page of what was done there.")


class BankAccountClosed(CannotReverse):
    """Money cannot come back through an account that the bank has closed."""

    sentence = _("Bank account %(account)s is closed. What went through it stays; enter the difference anew.")


WHY: dict[str, object] = {
    "meeting_close": _(
        "A closed meeting stays closed. Reverse the receipt or voucher that is wrong, or enter what is missing at the "
        "next meeting."
    ),
    "opening": _("The opening balances stay as they were signed. Enter what is missing as a new entry."),
    "reversal": _("A reversal is not reversed. Enter anew what should have stood."),
    "year_close": _("A closed account year stays closed. What is found later is corrected in the open year."),
    "bank_reconciled": _("A signed month of the bank book stays. What was open there is cleared in a later month."),
    "activity_count": _("A count stays as it was signed. Count the goods again."),
    "in_kind_count": _("A count stays as it was signed. Count the barn again."),
}
DECISION = _("This entry moves no money: it says what was decided, and stays.")
