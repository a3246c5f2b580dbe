"""A list sent as a file: the format of the address, a name that says what and of whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, Money, csv_bytes, xlsx_bytes
from thai.quantities import Grams

FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class Table:
    """A list with its heads; the last row may be its totals."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") in FORMATS


def file_response(request: HttpRequest, table: Table) -> HttpResponse:
    """Send a table in the format that the address asks for."""
    form = request.GET["format"]
    if form == "csv":
        response = HttpResponse(csv_bytes(table.heads, table.rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(table.name, table.heads, table.rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(table.name)}.{form}"
    return response


def amount(satang: int | None) -> Money | Grams | None:
    """An amount as a cell; grams of a unit book stay grams; None stays empty."""
    return satang if satang is None or isinstance(satang, Grams) else Money(satang)
