"""Printing in the pages of products and applications: {% load apply_marks %}."""

from django import template

from loans.selectors.limits import said_times

register = template.Library()


@register.filter
def hundredths(value: int) -> str:
    """Print hundredths without needless noughts: 300 is "3", 75 is "0.75"."""
    return said_times(value)
