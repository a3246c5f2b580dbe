"""What the books refuse, one class a rule; each reaches the person as a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


class BooksError(DomainError):
    """Root of every refusal of the books."""

    sentence: str | Promise = _("The books do not take this entry.")


class MalformedEntry(BooksError):
    """The entry breaks the form of the journal: a fault of the program, not of the person."""

    sentence = _("The books do not take this entry: %(fault)s.")


class UnknownAccount(BooksError):
    """The chart has no such account, or the holder has not the form that the account needs."""

    sentence = _("The chart has no account %(code)s for “%(holder)s”.")


class Unbalanced(BooksError):
    """Debits and credits differ within one balancing unit."""

    sentence = _("The two sides of the entry differ by %(difference)s in unit %(unit)s.")


class FeesAreNotLent(UnknownAccount):
    """Loans to members stand in the operating pool alone; the fees of the administrative pool are never lent."""

    sentence = _("Loans are given from operating capital only. Administrative capital, the fees, is never lent.")


class PoolPaysForOther(Unbalanced):
    """A cost of one pool was to be paid out of the other's money."""

    sentence = _(
        "Each pool pays its own costs: an administrative expense is never paid from operating capital, nor the other "
        "way round."
    )


class OperationReused(BooksError):
    """The same operation id came with another content: answer 409."""

    sentence = _("This form was already sent with other content. Open it again and look what stands in the books.")


class InsufficientFunds(BooksError):
    """A balance would fall below its floor, or below what is held."""

    sentence = _(
        "There are %(available)s baht in %(account)s, %(needed)s baht are needed. "
        "Enter a smaller amount, or bring the money in first."
    )


class InsufficientStock(InsufficientFunds):
    """A balance of a unit book would fall below its floor."""

    sentence = _("There are %(available)s of “%(account)s”, %(needed)s are needed. Enter a smaller quantity.")


class PeriodLocked(BooksError):
    """The date lies in a closed account year, or before the group's books begin."""

    sentence = _("The books are closed through %(through)s. Choose a later date.")


class DeclaredAccountTouched(BooksError):
    """Cash is moved on a day whose cash was already counted and declared."""

    sentence = _("The cash was counted and declared through %(through)s. Choose a later date.")


class DeclarationWrong(BooksError):
    """The counted cash differs from the books."""

    sentence = _("The counted cash of %(account)s is %(declared)s baht, the books say %(booked)s baht.")


class FutureDate(BooksError):
    """The entry is dated after today."""

    sentence = _("%(date)s has not come yet. Choose today or an earlier date.")


class SecondPersonNeeded(BooksError):
    """Money leaves, or something is undone, without a second officer."""

    sentence = _("A second officer must approve this.")


class PeopleNotApart(BooksError):
    """Requester, approver and payee are not different people."""

    sentence = _("The approver must be neither the requester nor the payee.")


class PoolsCrossed(BooksError):
    """Money would change its pool by something else than the allotment or an advance."""

    sentence = _("Money moves between the pools only by the year-end allotment or by an advance with a resolution.")


class BooksNotOpen(BooksError):
    """Nothing can be booked before the opening balances, nor opening balances twice."""

    sentence = _("The books of this group have not been opened yet. Enter the opening balances first.")


class BooksAlreadyOpen(BooksError):
    """The opening is posted once."""

    sentence = _("The opening balances of this group are already entered.")


class CannotReverse(BooksError):
    """Reversals, openings, closes and decisions stay; an entry is reversed once."""

    sentence: str | Promise = _("Entry %(number)s cannot be reversed.")


class AlreadyReversed(CannotReverse):
    """Each entry is reversed at most once."""

    sentence = _("Entry %(number)s has already been reversed.")


class ClosedYearResult(CannotReverse):
    """Income or cost of a closed year is corrected in the open year."""

    sentence = _("Entry %(number)s belongs to a closed year. Correct it by an entry for the year before.")


class YearStillOpen(CannotReverse):
    """Only income and cost of a closed year are corrected at the expense of the profit."""

    sentence = _("Entry %(number)s is no income or cost of a closed year: it is reversed, not corrected.")


class GuardsMissing(BooksError):
    """The database has lost a trigger: nothing is written until it is back."""

    sentence = _("The books are not guarded (%(names)s). Nothing is written. Run: python manage.py migrate")


class HoldReleased(BooksError):
    """A hold ends once."""

    sentence = _("This money is no longer held.")
