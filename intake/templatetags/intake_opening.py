"""Addresses of rows that are not there yet."""

import uuid

from django import template
from django.urls import reverse

from members.models import SavingsGroup

register = template.Library()


@register.simple_tag
def fresh_row(group: SavingsGroup, table: str) -> str:
    """The address of a new row under an id of its own, so that sending its form twice keeps one row."""
    return reverse("intake:opening-row", args=[group.code, table, uuid.uuid4()])
