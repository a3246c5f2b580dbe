"""What the bank's pages refuse, one class a rule, each with the sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from funds.errors import BooksError


class AccountKnown(BooksError):
    """A bank account is registered once."""

    sentence = _("This bank account stands in the register already.")


class MoneyStillThere(BooksError):
    """An account is closed when the ledger has nothing in it."""

    sentence = _("The books still have %(satang)s baht in this account. Move the money first, then close the account.")


class MovesWaiting(BooksError):
    """An account is closed when nothing waits for approval on it."""

    sentence = _("A deposit or withdrawal of this account waits for approval. Approve or cancel it first.")


class AccountClosed(BooksError):
    """A closed account moves no money."""

    sentence = _("This bank account is closed.")


class PoolNotThere(BooksError):
    """The register says which pools' money stands in an account."""

    sentence = _("The register does not say that money of this pool stands in %(account)s. Correct the register first.")


class MoveTaken(BooksError):
    """The same form came with another content."""

    sentence = _("This form was already sent with other content. Open it again and look what is written down.")


class MoveDone(BooksError):
    """Posted or cancelled already."""

    sentence = _("This has been posted or cancelled already.")


class TypistIsTreasurer(BooksError):
    """Who keeps the money does not type what the bank says of it."""

    sentence = _("The bank book is typed by someone other than the treasurer.")


class MatcherIsTreasurer(BooksError):
    """Who keeps the money does not say which of it the bank has seen."""

    sentence = _("Bank book and ledger are compared by someone other than the treasurer.")


class MonthStillRuns(BooksError):
    """The bank may print further lines until the month has ended."""

    sentence = _("This month has not ended yet. What is typed is kept; finish the month from %(day)s on.")


class DraftChanged(BooksError):
    """Two people typed the same month at the same time."""

    sentence = _("Someone else has saved this month meanwhile. Open it again and go on from there.")


class PageDone(BooksError):
    """A typed month is not typed over."""

    sentence = _("This month is typed already.")


class PageMissing(BooksError):
    """Months are typed one after the other."""

    sentence = _("Type the month before first: its last balance is where this month begins.")


class PageFollowed(BooksError):
    """A month is typed again before what comes after it."""

    sentence = _("A later month is typed already. Set that one aside first.")


class PageReconciled(BooksError):
    """What a signed reconciliation rests on stays."""

    sentence = _("This month is reconciled and signed. It stays as it is.")


class LineWrong(BooksError):
    """A line that cannot be read, or does not add up."""

    sentence = _("Line %(line)s: %(fault)s")


class PageEmpty(BooksError):
    """The balance with which the month begins is always there."""

    sentence = _("Type the balance with which the month begins.")


class MatchUneven(BooksError):
    """What is matched adds up to the same on both sides."""

    sentence = _("The lines of the book add up to %(book)s baht, the entries to %(ledger)s baht. They must be equal.")


class MatchEmpty(BooksError):
    """A match has something on it."""

    sentence = _("Choose the lines that belong together.")


class MatchTaken(BooksError):
    """A line or entry is matched once; somebody was faster."""

    sentence = _("One of these is matched already, perhaps by someone else just now. Look at the page again.")


class MatchSealed(BooksError):
    """A signed reconciliation keeps its matches."""

    sentence = _("A signed reconciliation rests on this. It stays as it is.")


class MonthNotTyped(BooksError):
    """A month is reconciled when its book is typed."""

    sentence = _("Type this month of the bank book first.")


class MonthBeforeOpen(BooksError):
    """Months are reconciled in their order."""

    sentence = _("Finish the reconciliation of the month before first.")


class MonthNotOver(BooksError):
    """A month is reconciled when it is over."""

    sentence = _("This month is not over yet. Reconcile it from %(day)s on.")
