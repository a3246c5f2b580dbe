"""What the pages of the money share: who is signed in, pages of a list, a list as a file, days of the address."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from members.access import person  # noqa: F401 - the rooms of this app take it from here
from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, csv_bytes, xlsx_bytes
from thai.dates import DateError, parse_date

PER_PAGE = 50


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page of a list that the address asks for; a page that does not exist is the nearest one."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def words_of(request: HttpRequest) -> str:
    """What was typed into the search field: no control characters, at most 100 letters."""
    return "".join(letter for letter in request.GET.get("q", "")[:100] if letter.isprintable()).strip()


def one_of(value: str | None, allowed: Iterable[str]) -> str:
    """The value if it is one of those allowed, else nothing."""
    return value if value is not None and value in set(allowed) else ""


def day_of(request: HttpRequest, name: str) -> date | None:
    """A day of the address, in either era; None where there is none or it cannot be read."""
    try:
        return parse_date(request.GET.get(name, ""))
    except DateError:
        return None


def query_of(request: HttpRequest) -> str:
    """The address's questions without page and format, for links within the same list."""
    kept = request.GET.copy()
    for name in ("page", "format"):
        kept.pop(name, None)
    return kept.urlencode()


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") in ("csv", "xlsx")


def file_of(request: HttpRequest, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Send a list in the format that the address asks for."""
    form = request.GET["format"]
    if form == "csv":
        response = HttpResponse(csv_bytes(heads, rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(name, heads, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return response
