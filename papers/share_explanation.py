"""How a member's dividend and rebate came about, step by step, with a bar for each month; a sheet of A4 each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.seal import Seal
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import baht_in_words, format_baht


@dataclass(frozen=True)
class FormulaTerm:
    """A figure of a formula, what stands before it and what it is: ("×", "12", "เดือน")."""

    sign: str
    figure: str
    note: str


@dataclass(frozen=True)
class WeightRow:
    """A line of the weight: when, and the figures ready to print; `weight` is what its bar shows."""

    title: str
    figures: Sequence[str]
    weight: int


@dataclass(frozen=True)
class WeightTable:
    """The lines of the weight; heads of the columns after the first, and what they sum to."""

    heads: Sequence[str]
    rows: Sequence[WeightRow]
    total: Sequence[str]


@dataclass(frozen=True)
class ExplainedStep:
    """A numbered step: sentences, a formula and what is said after it, a table."""

    title: str
    texts: Sequence[str] = ()
    formula: Sequence[FormulaTerm] = ()
    after: str = ""
    table: WeightTable | None = None


@dataclass(frozen=True)
class ExplanationPaper:
    """One member's sheet; satang. Without a seal nothing was posted for the member."""

    group: str
    year: int
    on: date
    resolution: str
    member: str
    number: str
    dividend: int
    rebate: int
    steps: Sequence[ExplainedStep]
    code: Sequence[str]
    is_posted: bool
    seal: Seal | None


def explanation_pdf(papers: Sequence[ExplanationPaper]) -> bytes:
    """Print the sheets; a pile for the printer goes without the structure for screen readers."""
    return render_pdf("share_explanation", _data(papers), tagged=len(papers) == 1)


def explanation_png(papers: Sequence[ExplanationPaper]) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("share_explanation", _data(papers))


def _data(papers: Sequence[ExplanationPaper]) -> dict[str, Any]:
    return {"sheets": [_sheet(paper) for paper in papers]}


def _sheet(paper: ExplanationPaper) -> dict[str, Any]:
    total = paper.dividend + paper.rebate
    return {
        "group": paper.group,
        "year": str(paper.year),
        "on": format_date(paper.on),
        "resolution": paper.resolution,
        "member": paper.member,
        "number": paper.number,
        "dividend": format_baht(paper.dividend),
        "rebate": format_baht(paper.rebate),
        "total": format_baht(total),
        "words": baht_in_words(total),
        "steps": [_step(step) for step in paper.steps],
        "code": list(paper.code),
        "posted": paper.is_posted,
        "seal": paper.seal.data() if paper.seal else None,
    }


def _step(step: ExplainedStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "texts": list(step.texts),
        "formula": [{"sign": each.sign, "figure": each.figure, "note": each.note} for each in step.formula],
        "after": step.after,
        "table": _table(step.table) if step.table else None,
    }


def _table(table: WeightTable) -> dict[str, Any]:
    longest = max((abs(row.weight) for row in table.rows), default=0) or 1
    return {
        "heads": list(table.heads),
        "rows": [
            {"title": row.title, "figures": list(row.figures), "bar": abs(row.weight) * 100 // longest}
            for row in table.rows
        ],
        "total": list(table.total),
    }
