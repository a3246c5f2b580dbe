"""What the activities refuse, one class a rule, each with the sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from funds.errors import BooksError, InsufficientStock


class ActivityKnown(BooksError):
    """A name is an account's holder, and a unit book belongs to one activity."""

    sentence = _("The group has an activity of this name, or one that keeps this book in kind, already.")


class ActivityEnded(BooksError):
    """Nothing is done before an activity starts or after its end."""

    sentence = _("“%(name)s” is not at work on %(day)s. Choose another day.")


class ActivityNotEmpty(BooksError):
    """An activity ends when its goods and its loans in kind are gone."""

    sentence = _("“%(name)s” still has goods, loans in kind or something that waits. Sell, count or take back first.")


class NoUnitBook(BooksError):
    """In kind is done only where a book in kilograms is kept."""

    sentence = _("“%(name)s” keeps no book in kilograms.")


class GoodKnown(BooksError):
    """A good is named once in an activity."""

    sentence = _("“%(name)s” is in the list already.")


class BroughtTooMuch(BooksError):
    """Goods take over no more than what stands in the books without a good."""

    sentence = _("%(free)s baht of the stock in the books belong to no good yet. Enter at most that.")


class NotInStock(InsufficientStock):
    """No more goods leave than are there."""

    sentence = _("There are %(available)s of “%(account)s”, %(needed)s are needed. Count the goods, or enter fewer.")


class NoCostKnown(BooksError):
    """What is found must have a value, and only a purchase gives one."""

    sentence = _("“%(name)s” was never bought, so what was found has no value. Write down the purchase first.")


class StockMoved(BooksError):
    """What was signed is no longer what would be posted."""

    sentence = _("The stock has moved since this was asked for. Cancel it and ask again.")


class DifferenceUnexplained(BooksError):
    """A count that differs from the books needs a reason."""

    sentence = _("The books say %(booked)s, counted are %(counted)s. Type the reason of the difference.")


class TermsMissing(BooksError):
    """Nothing is lent before its interest and its limit are set."""

    sentence = _("Set the interest in kind and the limit first; they are valid from a day on.")


class AboveKindLimit(BooksError):
    """A member owes no more in kind than the limit."""

    sentence = _("One member may owe %(limit)s. This member owes %(owed)s already.")


class NotABorrower(BooksError):
    """Only active members borrow or keep goods here."""

    sentence = _("Only an active member can do this.")


class DueTooSoon(BooksError):
    """A loan in kind is due after its day."""

    sentence = _("The loan must be due after the day on which it is lent.")


class ReturnTooMuch(BooksError):
    """No more is brought back than is owed."""

    sentence = _("Of loan %(number)s %(open)s are still owed. Enter at most that.")


class OwnStockTooSmall(InsufficientStock):
    """What members left to be kept is not sold."""

    sentence = _("The own stock is %(available)s; the rest of the barn belongs to members. Enter at most that.")


class ActGone(BooksError):
    """Posted or cancelled already."""

    sentence = _("This has been posted or cancelled already.")


class CannotUndo(BooksError):
    """Counts and reversals stay, and goods that are gone cannot be sent back."""

    sentence = _("This cannot be undone. Count the goods instead: the difference is booked with its reason.")
