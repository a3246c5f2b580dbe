"""What a line of the passbook says, in the reader's language."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from funds import kinds
from savings.months import MonthsError, MonthsProblem
from savings.selectors.passbook import MISSED, BookLine
from savings.selectors.window import PledgeWindow
from thai.language import active_language
from thai.money import format_baht
from thai.months import add_months, format_month, month_of

RANGE_FROM = 4


def line_text(line: BookLine, language: str) -> str:
    """Say what a line is for: "เงินสัจจะ ก.ค. และ มิ.ย."."""
    match line.kind:
        case "receipt" if line.months:
            return _("Pledge %(months)s") % {"months": months_text(line.months, line.on, language)}
        case "receipt":
            return _("Deposit")
        case "withdrawal":
            return _("Withdrawal")
        case "resignation":
            return _("Returned on leaving")
        case "special_interest":
            return _("Interest")
        case "reversal":
            return _("Reverses no. %(number)s") % {"number": line.reverses}
        case "opening":
            return _("Brought forward")
    if line.kind == MISSED:
        return _("Missed %(months)s") % {"months": months_text(line.months, line.on, language)}
    return str(kinds.kind_of(line.kind).label)


def months_text(months: Sequence[date], on: date, language: str) -> str:
    """Name the months of a payment made on a day: its own month first, then the late ones, then those in advance.

    Four and more in a row become a span, with their year.
    """
    this_month = month_of(on)
    ordered = sorted(months, key=lambda month: (month != this_month, month))
    in_time = sorted(months)
    if len(in_time) >= RANGE_FROM and add_months(in_time[0], len(in_time) - 1) == in_time[-1]:
        first, last = (format_month(month, "passbook", language) for month in (in_time[0], in_time[-1]))
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    names = [format_month(month, "name_short", language) for month in ordered]
    if len(names) <= 1:
        return "".join(names)
    return _("%(others)s and %(last)s") % {"others": " ".join(names[:-1]), "last": names[-1]}


def heads() -> list[str]:
    """The columns of a savings book as a file."""
    return [_("Date"), _("No."), _("Item"), _("Paid in"), _("Paid out"), _("Balance"), _("Receiver")]


def mark_text(mark: str) -> str:
    """What became of a month's pledge, in a word; nothing for a month paid in time or still to come."""
    match mark:
        case "missed":
            return _("missed")
        case "part":
            return _("paid in part")
        case "late":
            return _("paid late")
        case "ahead":
            return _("paid in advance")
    return ""


def fine_text(state: str) -> str:
    """What became of a fine."""
    match state:
        case "owed":
            return _("Month not paid yet")
        case "paid":
            return _("Fine paid")
        case "part":
            return _("Fine paid in part")
    return _("Fine not taken")


def window_sentence(window: PledgeWindow, language: str) -> str:
    """Say when a changed pledge may begin."""
    if window.is_always:
        return _("The group lets a pledge change in any month.")
    first, last = (format_month(month, "long", language) for month in (window.first, window.last))
    if window.first == window.last:
        if window.is_open:
            return _("Pledges may change this month, %(month)s. At other times only by a resolution.") % {
                "month": first
            }
        return _("Pledges next change in %(month)s. Before that only by a resolution.") % {"month": first}
    months = {"first": first, "last": last}
    if window.is_open:
        return _("Pledges may change now, %(first)s to %(last)s. At other times only by a resolution.") % months
    return _("Pledges next change from %(first)s to %(last)s. Before that only by a resolution.") % months


def months_sentence(error: MonthsError) -> str:
    """Say why an amount could not be laid on months."""
    month = format_month(error.month, "long", active_language()) if error.month else ""
    match error.problem:
        case MonthsProblem.NO_PLEDGE:
            return _(
                "This member has no pledge yet. Set it on the member's page under Pledge, "
                "or enter the money under special savings."
            )
        case MonthsProblem.TOO_MUCH:
            return _("This is more than the months that can be paid now, %(limit)s baht. Type a smaller amount.") % {
                "limit": format_baht(error.limit)
            }
        case MonthsProblem.PAID:
            return _("%(month)s is already paid or cannot be paid yet. Choose another month.") % {"month": month}
    return _("The amount does not reach %(month)s. Choose fewer months or type more.") % {"month": month}
