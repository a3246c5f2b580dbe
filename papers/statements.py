"""A pool's year on A4: the income statement, and the balance sheet before and after the close; who signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from papers.typst import render_pdf, render_png

HEAD, LINE, SUM, TOTAL = "head", "line", "sum", "total"


@dataclass(frozen=True)
class StatementRow:
    """A row of a statement: a heading, an account with its amounts, the sum of a part, or the sum of all."""

    kind: str
    text: str
    amounts: Sequence[str] = ()


@dataclass(frozen=True)
class StatementTable:
    """One statement: its title, what its columns of amounts are called, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[StatementRow]


@dataclass(frozen=True)
class StatementPage:
    """One pool on a page of its own."""

    pool: str
    tables: Sequence[StatementTable]


@dataclass(frozen=True)
class StatementsPaper:
    """Both pools of a year; signers: (name, office)."""

    group: str
    place: str
    title: str
    period: str
    state: str
    pages: Sequence[StatementPage]
    signers: Sequence[tuple[str, str]] = field(default=())


def statements_pdf(paper: StatementsPaper) -> bytes:
    """Print the statements, a page for each pool."""
    return render_pdf("statements", _data(paper))


def statements_png(paper: StatementsPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("statements", _data(paper))


def _data(paper: StatementsPaper) -> dict[str, Any]:
    return {
        "group": paper.group,
        "place": paper.place,
        "title": paper.title,
        "period": paper.period,
        "state": paper.state,
        "pages": [
            {
                "pool": page.pool,
                "tables": [
                    {
                        "title": table.title,
                        "columns": list(table.columns),
                        "rows": [
                            {"kind": row.kind, "text": row.text, "amounts": list(row.amounts)} for row in table.rows
                        ],
                    }
                    for table in page.tables
                ],
            }
            for page in paper.pages
        ],
        "signers": [{"name": name, "office": office} for name, office in paper.signers],
    }
