"""Printing of the year end: {% load shareout %}, then |percent, |head_label, |swatch, |weighting_unit."""

from django import template
from django.utils.translation import gettext_lazy as _

from shareout import bar, head_words, percentages
from shareout.weights import Weighting

register = template.Library()

UNITS = {
    Weighting.BAHT_MONTH: _("Weight in baht-months: each baht by the months it lay."),
    Weighting.YEAR_END: _("Weight: the balance on the last day of the year."),
    Weighting.AVERAGE: _("Weight: the twelve month-end balances together."),
    Weighting.BY_DAY: _("Weight in baht-days: each day's balance added up."),
}


@register.filter
def percent(points: int, options: str = "") -> str:
    """Print basis points without the sign of per cent: {{ head.points|percent }}%."""
    return percentages.format_percent(points, signed=options == "signed")


@register.filter
def head_label(head: str, name: str = "") -> str:
    """What a purpose is called; another fund by its own name."""
    return head_words.head_label(head, name)


@register.filter
def swatch(head: str) -> str:
    """The number of a purpose's colour."""
    return bar.swatch(head)


@register.filter
def weighting_unit(weighting: str) -> str:
    """What the weights beside the members count."""
    return str(UNITS[Weighting(weighting)])
