"""The control register of pledge savings as the book people know: a line a member, a column a month, sums a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.seal import Seal
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht

LINES_OF_A_PAGE = 24


@dataclass(frozen=True)
class RegisterCell:
    """A month: what came in during it (satang), and the mark of its pledge."""

    satang: int
    mark: str = ""


@dataclass(frozen=True)
class RegisterPaperLine:
    """A member's line; satang."""

    number: str
    name: str
    pledge: int
    brought_forward: int
    months: Sequence[RegisterCell]
    returned: int
    balance: int


@dataclass(frozen=True)
class ControlRegisterPaper:
    """The register of an account year."""

    group: str
    year: str
    heads: Sequence[str]
    lines: Sequence[RegisterPaperLine]
    as_of: date
    seal: Seal | None = None


def control_register_pdf(paper: ControlRegisterPaper) -> bytes:
    """Print the register on A4, broad, with the sums of each page and those carried forward."""
    return render_pdf("control_register", _data(paper), tagged=len(paper.lines) <= LINES_OF_A_PAGE)


def control_register_png(paper: ControlRegisterPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("control_register", _data(paper))


def _data(paper: ControlRegisterPaper) -> dict[str, Any]:
    lines = list(paper.lines)
    pages = [lines[start : start + LINES_OF_A_PAGE] for start in range(0, len(lines), LINES_OF_A_PAGE)] or [[]]
    return {
        "group": paper.group,
        "year": paper.year,
        "on": format_date(paper.as_of),
        "heads": list(paper.heads),
        "pages": [{"rows": [_line(line) for line in page], "sums": _sums(page)} for page in pages],
        "totals": _sums(lines),
        "seal": paper.seal.data() if paper.seal else None,
    }


def _line(line: RegisterPaperLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.name,
        "pledge": _baht(line.pledge),
        "brought": _baht(line.brought_forward),
        "months": [{"satang": _baht(cell.satang), "mark": cell.mark} for cell in line.months],
        "returned": _baht(line.returned),
        "balance": _baht(line.balance) or "0",
    }


def _sums(lines: Sequence[RegisterPaperLine]) -> dict[str, Any]:
    months = [sum(cell.satang for cell in column) for column in zip(*(line.months for line in lines), strict=True)]
    return {
        "brought": _baht(sum(line.brought_forward for line in lines)),
        "months": [_baht(satang) for satang in months] or [""] * 12,
        "returned": _baht(sum(line.returned for line in lines)),
        "balance": _baht(sum(line.balance for line in lines)) or "0",
    }


def _baht(satang: int) -> str:
    """An amount in a narrow column: satang only where there are some, nothing for nought."""
    return format_baht(satang, satang_shown=bool(satang % 100)) if satang else ""
