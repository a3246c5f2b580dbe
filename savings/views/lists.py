"""What the lists of savings share: the year and the words of the address, pages, files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, csv_bytes, xlsx_bytes

PER_PAGE = 50


def words_of(request: HttpRequest) -> str:
    """What was typed into the search field."""
    return "".join(letter for letter in request.GET.get("q", "")[:80] if letter.isprintable()).strip()


def chosen(request: HttpRequest, name: str, possible: Sequence[str]) -> str:
    """One of the possible values of a question of the address; the first one unless told."""
    asked = request.GET.get(name, "")
    return asked if asked in possible else possible[0]


def page_of(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of a list that the address asks for; a page that does not exist is the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's questions without some of them, for links within the same list."""
    kept = request.GET.copy()
    for name in ("page", "format", *names):
        kept.pop(name, None)
    return kept.urlencode()


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") in ("csv", "xlsx")


def list_file(request: HttpRequest, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Send a list as CSV or as a workbook."""
    form = request.GET["format"]
    if form == "csv":
        response = HttpResponse(csv_bytes(heads, rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(name, heads, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
