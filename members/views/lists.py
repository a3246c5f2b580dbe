"""What the lists of people share: the words and choices of an address, its questions handed on, a list as a file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, csv_bytes, xlsx_bytes
from thai.dates import DateError, parse_date

PER_PAGE = 100
FORMATS = ("csv", "xlsx")


def words_of(request: HttpRequest, name: str = "q") -> str:
    """What was typed into a search field: nothing invisible, at most 80 letters."""
    return "".join(letter for letter in request.GET.get(name, "")[:80] if letter.isprintable()).strip()


def one_of(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """One of the possible values of a question of the address, else nothing."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's questions without some of them, page and format, for links within the same list."""
    kept = request.GET.copy()
    for name in ("page", "format", *names):
        kept.pop(name, None)
    return kept.urlencode()


def day_of(request: HttpRequest, name: str) -> tuple[date | None, str]:
    """A day of the address in either era and what was typed; None where there is none or it cannot be read."""
    typed = words_of(request, name)
    try:
        return parse_date(typed), typed
    except DateError:
        return None, typed


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page of a list that the address asks for; a page that does not exist is the nearest one."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") in FORMATS


def file_of(
    request: HttpRequest, name: str, sheet: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Send a list in the format that the address asks for."""
    form = request.GET["format"]
    if form == "csv":
        response = HttpResponse(csv_bytes(heads, rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(sheet, heads, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def pdf_of(pdf: bytes, name: str) -> HttpResponse:
    """Send a paper to be looked at and printed."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
