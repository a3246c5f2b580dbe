"""Lists to sign: who came to a meeting, who received an amount."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht

ROWS_A_PAGE = 21


@dataclass(frozen=True)
class SignLine:
    """One person; `satang` is what they sign for, None on a list of attendance. note: who signs instead."""

    number: str
    name: str
    satang: int | None = None
    note: str = ""


@dataclass(frozen=True)
class SignSheetPaper:
    """A list to sign. With `amount_title` it has a column of amounts, their sum on each page and what is carried on."""

    group: str
    title: str
    occasion: str
    on: date
    lines: Sequence[SignLine]
    amount_title: str = ""


def sign_sheet_pdf(paper: SignSheetPaper) -> bytes:
    """Print the list on A4, the heading on each page."""
    return render_pdf("sign_sheet", sign_sheet_data(paper))


def sign_sheet_png(paper: SignSheetPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("sign_sheet", sign_sheet_data(paper))


def sign_sheet_data(paper: SignSheetPaper) -> dict[str, Any]:
    """Return what the template prints."""
    return {
        "group": paper.group,
        "title": paper.title,
        "occasion": paper.occasion,
        "on": format_date(paper.on),
        "amount-title": paper.amount_title,
        "rows": [_row(line) for line in paper.lines],
        "pages": list(_pages(paper.lines)) if paper.amount_title else [],
        "total": format_baht(sum(line.satang or 0 for line in paper.lines)),
        "count": f"{len(paper.lines):,}",
    }


def _pages(lines: Sequence[SignLine]) -> Iterator[dict[str, Any]]:
    """Page by page: its rows, their sum, and what the pages so far come to."""
    so_far = 0
    for first in range(0, len(lines), ROWS_A_PAGE):
        here = lines[first : first + ROWS_A_PAGE]
        brought = so_far
        so_far += sum(line.satang or 0 for line in here)
        yield {
            "rows": [_row(line) for line in here],
            "brought": format_baht(brought) if brought else "",
            "sum": format_baht(so_far - brought),
            "count": str(len(here)),
            "so-far": format_baht(so_far),
        }


def _row(line: SignLine) -> dict[str, Any]:
    amount = "" if line.satang is None else format_baht(line.satang)
    return {"number": line.number, "name": line.name, "note": line.note, "amount": amount}
