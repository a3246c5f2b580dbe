"""What every long list needs: pages, the address without its page, days typed into a filter, the list as a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from thai.dates import DateError, parse_date

PER_PAGE = 50


def page_of(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of a list that the address asks for; a page that does not exist is the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def rows_of(page: Page[Any]) -> QuerySet[Any]:
    """The rows of a page that was cut from a queryset, still a queryset."""
    rows = page.object_list
    assert isinstance(rows, QuerySet)
    return rows


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's questions without some of them and without the page, for links within the same list."""
    kept = request.GET.copy()
    for name in ("page", "format", *names):
        kept.pop(name, None)
    return kept.urlencode()


def kept_pairs(request: HttpRequest, names: Sequence[str]) -> list[tuple[str, str]]:
    """The questions that a search form hands on unseen."""
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


def words_of(request: HttpRequest, name: str = "q") -> str:
    """What was typed into a search field: no control characters, at most 100 letters."""
    return "".join(letter for letter in request.GET.get(name, "")[:100] if letter.isprintable()).strip()


def day_of(request: HttpRequest, name: str, default: date) -> date:
    """A day of the address, in either era; what cannot be read is the default."""
    try:
        return parse_date(request.GET.get(name, ""))
    except DateError:
        return default
