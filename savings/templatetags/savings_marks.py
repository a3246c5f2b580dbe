"""Marks of the control register in a template."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from savings.wording import mark_text
from thai.language import active_language
from thai.months import format_month

register = template.Library()


@register.simple_tag
def register_mark(mark: str) -> str | SafeString:
    """The mark of a month's pledge as a word of its own; nothing for a month paid in time."""
    if not mark or mark == "paid":
        return ""
    return format_html('<span class="reg__mark reg__mark--{}">{}</span>', str(mark), mark_text(mark))


@register.simple_tag
def register_month(months: Sequence[str], place: int) -> str:
    """The short name of a month of the register by its place."""
    return months[place]


@register.simple_tag
def per_cent(rate: int) -> str:
    """A rate in hundredths of a per cent as it is read: 3%, 2.75%."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


@register.simple_tag
def month_long(month: date) -> str:
    """A month with its year."""
    return format_month(month, "long", active_language())


@register.simple_tag
def month_names(numbers: Sequence[int]) -> str:
    """Months of a year by their names."""
    return ", ".join(format_month(date(2000, number, 1), "name", active_language()) for number in numbers)
