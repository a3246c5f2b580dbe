"""Marks of the control register in a template."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from savings.wording import mark_text

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
