"""Lists as papers: one or more tables under a heading, page numbers, lines to sign; upright or broad A4."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from papers.typst import render_pdf, render_png

TAGGED_ROWS = 60


@dataclass(frozen=True)
class Column:
    """A column: its head, its width (`18mm`, or `1fr` for what is left), and where its cells stand."""

    head: str
    width: str = "1fr"
    align: str = "left"
    is_name: bool = False  # breaks between its words only; a word wider than its place is set smaller


@dataclass(frozen=True)
class Part:
    """Rows that belong together: what stands beside them in the first column, and the rows without that column."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Row = Sequence[str] | Part
KEPT_TOGETHER = 8


@dataclass(frozen=True)
class Section:
    """A table. The last row may be its totals. Without columns it is a list of remarks to read."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class ListingPaper:
    """A heading, tables, and who signs (name, office)."""

    group: str
    title: str
    occasion: Sequence[str]
    sections: Sequence[Section]
    signers: Sequence[tuple[str, str]] = field(default=())
    broad: bool = False
    size: str = "10.5pt"
    row_height: str = "0mm"


def listing_pdf(paper: ListingPaper) -> bytes:
    """Print the list on A4; a long one goes without the structure for screen readers."""
    rows = sum(len(row.rows) if isinstance(row, Part) else 1 for section in paper.sections for row in section.rows)
    return render_pdf("listing", _data(paper), tagged=rows <= TAGGED_ROWS)


def listing_png(paper: ListingPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("listing", _data(paper))


def _data(paper: ListingPaper) -> dict[str, Any]:
    return {
        "group": paper.group,
        "title": paper.title,
        "occasion": list(paper.occasion),
        "broad": paper.broad,
        "size": paper.size,
        "row-height": paper.row_height,
        "sections": [_section(section) for section in paper.sections],
        "signers": [{"name": name, "office": office} for name, office in paper.signers],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "heads": [column.head for column in section.columns],
        "widths": [column.width for column in section.columns],
        "aligns": [column.align for column in section.columns],
        "names": [index for index, column in enumerate(section.columns) if column.is_name],
        "rows": [_row(row) for row in section.rows],
        "totals": list(section.totals),
        "note": section.note,
    }


def _row(row: Row) -> dict[str, Any]:
    if isinstance(row, Part):
        rows = [list(cells) for cells in row.rows]
        return {"part": True, "head": list(row.head), "rows": rows, "breakable": len(rows) > KEPT_TOGETHER}
    return {"part": False, "cells": list(row)}
