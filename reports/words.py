"""Short ways of saying dates and amounts in the reader's language."""

from datetime import date

from django.utils.translation import gettext as _

from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month

MILLION = 1_000_000_00


def say_date(on: date, style: str = "short") -> str:
    """Print a date in the Buddhist Era."""
    return format_date(on, style, active_language())


def say_month(month: date, style: str = "name_short") -> str:
    """Name a month."""
    return format_month(month, style, active_language())


def short_baht(satang: int) -> str:
    """Print an amount for the edge of a drawing: whole baht, millions with up to two decimals."""
    if abs(satang) >= MILLION:
        return _("%(count)s million") % {"count": f"{satang / MILLION:.2f}".rstrip("0").rstrip(".")}
    return format_baht(round(satang / 100) * 100, satang_shown=False)
