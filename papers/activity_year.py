"""The account year of an activity on one sheet: income, cost, result, and what its stock did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.typst import render_pdf, render_png
from thai.dates import format_date


@dataclass(frozen=True)
class Part:
    """A part of the sheet: its rows and the row that closes it, amounts as printed."""

    title: str
    unit: str
    rows: Sequence[tuple[str, str]]
    total: tuple[str, str]


@dataclass(frozen=True)
class ActivityYear:
    """The sheet of one activity and one account year."""

    group: str
    place: str
    activity: str
    kind: str
    year: int
    starts_on: date
    ends_on: date
    parts: Sequence[Part]
    result: Sequence[tuple[str, str]]
    keeper: str


def activity_year_pdf(paper: ActivityYear) -> bytes:
    """Print the year on A4."""
    return render_pdf("activity_year", activity_year_data(paper))


def activity_year_png(paper: ActivityYear) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("activity_year", activity_year_data(paper))


def activity_year_data(paper: ActivityYear) -> dict[str, Any]:
    """What the template prints."""
    return {
        "group": paper.group,
        "place": paper.place,
        "activity": paper.activity,
        "kind": paper.kind,
        "year": str(paper.year),
        "span": f"{format_date(paper.starts_on)} ถึง {format_date(paper.ends_on)}",
        "parts": [
            {
                "title": part.title,
                "unit": part.unit,
                "rows": [_row(row) for row in part.rows],
                "total": _row(part.total),
            }
            for part in paper.parts
        ],
        "result": [_row(row) for row in paper.result],
        "signatures": [
            {"name": paper.keeper, "office": "ผู้ดูแลกิจกรรม"},
            {"name": "", "office": "เหรัญญิก"},
            {"name": "", "office": "ผู้ตรวจสอบ"},
        ],
    }


def _row(row: tuple[str, str]) -> dict[str, str]:
    return {"text": row[0], "amount": row[1]}
