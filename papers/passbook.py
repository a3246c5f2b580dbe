"""The passbook on A5 pages, as members know it: date, what, in, out, balance, receiver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.seal import Seal
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht

LINES_A_PAGE = 16
NOTHING = "–"


@dataclass(frozen=True)
class PassbookPaperLine:
    """One line: paid in and out in satang, the balance after it; `missed` marks a month without payment."""

    on: date
    text: str
    paid_in: int
    paid_out: int
    balance: int
    receiver: str = ""
    missed: bool = False


@dataclass(frozen=True)
class PassbookPaper:
    """A passbook to print from page `first_page` on; `seal` is the head of the group's books when it was printed."""

    group: str
    holder: str
    number: str
    lines: Sequence[PassbookPaperLine]
    printed_on: date
    note: str = ""
    title: str = "สมุดสัจจะ"
    brought_forward: int = 0
    brought_forward_on: date | None = None
    first_page: int = 1
    seal: Seal | None = None


def passbook_pdf(paper: PassbookPaper) -> bytes:
    """Print the passbook, sixteen lines a page."""
    return render_pdf("passbook", _data(paper))


def passbook_png(paper: PassbookPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("passbook", _data(paper))


def _data(paper: PassbookPaper) -> dict[str, Any]:
    lines = list(paper.lines)
    if paper.brought_forward_on is not None:
        balance = paper.brought_forward
        lines.insert(0, PassbookPaperLine(paper.brought_forward_on, "ยอดยกมา", 0, 0, balance, missed=True))
    chunks = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)] or [[]]
    pages = []
    balance = paper.brought_forward
    for index, chunk in enumerate(chunks):
        balance = chunk[-1].balance if chunk else balance
        pages.append(_page(chunk, paper.first_page + index, balance, is_last=index == len(chunks) - 1))
    printed = format_date(paper.printed_on, "short")
    return {
        "title": paper.title,
        "group": paper.group,
        "person": paper.holder,
        "number": paper.number,
        "note": paper.note,
        "pages": pages,
        "code-label": f"รหัสตรวจสอบบัญชีกลุ่ม ณ วันที่พิมพ์ {printed}" if paper.seal else f"พิมพ์วันที่ {printed}",
        "seal": paper.seal.data() if paper.seal else None,
    }


def _page(lines: Sequence[PassbookPaperLine], number: int, balance: int, *, is_last: bool) -> dict[str, Any]:
    return {
        "number": str(number),
        "lines": [_line(line) for line in lines],
        "foot": {
            "text": "ยอดคงเหลือ" if is_last else f"ยอดยกไปหน้า {number + 1}",
            "paid-in": _amount(sum(line.paid_in for line in lines)),
            "paid-out": _amount(sum(line.paid_out for line in lines)),
            "balance": format_baht(balance),
        },
    }


def _line(line: PassbookPaperLine) -> dict[str, str]:
    return {
        "on": format_date(line.on, "passbook"),
        "text": line.text,
        "paid-in": NOTHING if line.missed else _amount(line.paid_in),
        "paid-out": _amount(line.paid_out),
        "balance": format_baht(line.balance),
        "receiver": line.receiver,
    }


def _amount(satang: int) -> str:
    return format_baht(satang) if satang else ""
