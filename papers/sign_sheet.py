"""Lists to sign: who came to a meeting, who received an amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht


@dataclass(frozen=True)
class SignLine:
    """One person; `satang` is what they sign for, None on a list of attendance."""

    number: str
    name: str
    satang: int | None = None


@dataclass(frozen=True)
class SignSheetPaper:
    """A list to sign. With `amount_title` it has a column of amounts and their sum."""

    group: str
    title: str
    occasion: str
    on: date
    lines: Sequence[SignLine]
    amount_title: str = ""


def sign_sheet_pdf(paper: SignSheetPaper) -> bytes:
    """Print the list on A4, the heading on each page."""
    return render_pdf("sign_sheet", _data(paper))


def sign_sheet_png(paper: SignSheetPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("sign_sheet", _data(paper))


def _data(paper: SignSheetPaper) -> dict[str, Any]:
    return {
        "group": paper.group,
        "title": paper.title,
        "occasion": paper.occasion,
        "on": format_date(paper.on),
        "amount-title": paper.amount_title,
        "rows": [
            {
                "number": line.number,
                "name": line.name,
                "amount": "" if line.satang is None else format_baht(line.satang),
            }
            for line in paper.lines
        ],
        "total": format_baht(sum(line.satang or 0 for line in paper.lines)),
    }
