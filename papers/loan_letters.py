"""Letters about loans in arrears, A4, a letter a page: the reminder to the borrower, the notice to a guarantor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import baht_in_words, format_baht


@dataclass(frozen=True, kw_only=True)
class LoanLetterPaper:
    """A letter as printed; amounts in satang. `guarantor_for`: the borrower's name, empty in a reminder.

    cover: what the guarantor stands for, 0 where the paper contract names no amount. too_late_since: the last day of
    the 60, where the notice was written after it.
    """

    group: str
    place: str
    number: str
    written_on: date
    to: str
    to_number: str
    address: str
    contract: str
    contracted_on: date
    principal: int
    guarantor_for: str = ""
    cover: int = 0
    instalment: int
    due_on: date
    owed: int
    deadline: date | None = None
    too_late_since: date | None = None
    chair: str = ""


def loan_letters_pdf(papers: Sequence[LoanLetterPaper]) -> bytes:
    """Print letters, each on a page of its own."""
    return render_pdf("loan_letter", _data(papers), tagged=len(papers) == 1)


def loan_letters_png(papers: Sequence[LoanLetterPaper]) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("loan_letter", _data(papers))


def _data(papers: Sequence[LoanLetterPaper]) -> dict[str, Any]:
    return {"letters": [_letter(paper) for paper in papers]}


def _letter(paper: LoanLetterPaper) -> dict[str, Any]:
    return {
        "group": paper.group,
        "place": paper.place,
        "number": paper.number,
        "written-on": format_date(paper.written_on),
        "to": paper.to,
        "to-number": paper.to_number,
        "address": paper.address,
        "contract": paper.contract,
        "contracted-on": format_date(paper.contracted_on),
        "principal": format_baht(paper.principal),
        "borrower": paper.guarantor_for,
        "cover": format_baht(paper.cover) if paper.cover else "",
        "instalment": str(paper.instalment) if paper.instalment else "",
        "due-on": format_date(paper.due_on),
        "owed": format_baht(paper.owed),
        "words": baht_in_words(paper.owed),
        "deadline": format_date(paper.deadline) if paper.deadline else "",
        "late-since": format_date(paper.too_late_since) if paper.too_late_since else "",
        "chair": paper.chair,
    }
