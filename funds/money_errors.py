"""What money in and out beside the meeting refuses, one class a rule, each with the sentence that names it."""

from django.utils.translation import gettext_lazy as _

from funds.errors import BooksError, InsufficientFunds


class PhotoTooLarge(BooksError):
    """More bytes or more pixels than a slip needs."""

    sentence = _("The photo is too large. Take it again with a smaller size, at most 8 MB.")


class PhotoUnreadable(BooksError):
    """Not a picture, or a broken one."""

    sentence = _("This file cannot be read as a photo. Choose a JPEG, PNG or WebP picture.")


class PoolHasNotEnough(InsufficientFunds):
    """A pool pays its own costs out of its own money."""

    sentence = _(
        "%(pool)s has %(available)s baht free in %(account)s, %(needed)s baht are needed. Each pool pays out of its "
        "own money; money changes its pool only by the year-end allotment or by an advance with a resolution."
    )


class ResolutionNeeded(BooksError):
    """A payment above the group's limit rests on a resolution."""

    sentence = _("Payments above %(limit)s baht need a resolution. Choose the resolution that this payment rests on.")


class AdvanceNeedsResolution(BooksError):
    """One pool lends to the other only when a meeting has decided it."""

    sentence = _("An advance between the pools needs a resolution. Record the resolution first, then choose it here.")


class AdvanceExceeded(BooksError):
    """No more is given back or settled than is owed."""

    sentence = _("Only %(open)s baht are still open. Enter at most that.")


class SubsidyExceeded(BooksError):
    """No more of a returnable subsidy goes back than was received."""

    sentence = _("Of “%(holder)s” %(open)s baht are still to be returned. Enter at most that.")


class SettlementWrong(BooksError):
    """What was spent and what is given back are at least one baht's worth, all of the advance's own pool."""

    sentence = _("Type what was spent or what is given back; all purposes must belong to the pool of the advance.")


class VoucherTaken(BooksError):
    """The same form came with another content."""

    sentence = _("This form was already sent with other content. Open it again and look what is written down.")


class VoucherDone(BooksError):
    """Posted or cancelled already."""

    sentence = _("This voucher has been posted or cancelled already.")


class CashBusy(BooksError):
    """While a meeting is open its sheet holds the cash."""

    sentence = _(
        "Meeting %(number)s is open: its cash box is counted there. Enter the payment at the meeting, pay by bank "
        "transfer, or wait until the meeting is closed."
    )


class LoanKnown(BooksError):
    """A loan's number is the name of its account."""

    sentence = _("Loan %(number)s is recorded already. Type another number.")


class ScheduleWrong(BooksError):
    """A schedule pays back exactly what is still owed."""

    sentence = _("The instalments pay back %(planned)s baht, %(owed)s baht are owed. Correct the principal parts.")


class ScheduleUnordered(BooksError):
    """Instalments follow one another."""

    sentence = _("The due dates must follow one another, each after the one before.")


class InstalmentPaid(BooksError):
    """An instalment is paid once."""

    sentence = _("This instalment is paid already, or its payment waits for approval.")
