"""A month's bank book beside the group's books on one sheet: the ledger's balance, what is open, the bank's balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.seal import code_blocks
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht
from thai.months import format_month


@dataclass(frozen=True)
class OpenItem:
    """Something that one side has and the other not yet; satang, in > 0, out < 0."""

    on: date
    text: str
    satang: int


@dataclass(frozen=True)
class ReconciliationPaper:
    """A signed month. ledger + book items - ledger items + beginning = book; satang."""

    group: str
    place: str
    account: str
    account_name: str
    month: date
    through: date
    ledger: int
    book: int
    book_items: Sequence[OpenItem]
    ledger_items: Sequence[OpenItem]
    beginning: int
    matched: int
    entries: int
    typed_by: str
    finished_by: str
    signed_by: str
    signed_on: date
    number: int
    code: str


def reconciliation_pdf(paper: ReconciliationPaper) -> bytes:
    """Print the month on A4, for the folder in which the bank book lies."""
    return render_pdf("reconciliation", reconciliation_data(paper))


def reconciliation_png(paper: ReconciliationPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("reconciliation", reconciliation_data(paper))


def reconciliation_data(paper: ReconciliationPaper) -> dict[str, Any]:
    """What the template prints: every sum is computed here, from the items themselves."""
    return {
        "group": paper.group,
        "place": paper.place,
        "account": paper.account,
        "account-name": paper.account_name,
        "month": format_month(paper.month),
        "through": format_date(paper.through),
        "ledger": format_baht(paper.ledger),
        "book": format_baht(paper.book),
        "difference": format_baht(paper.book - paper.ledger, signed=True),
        "book-items": _items(paper.book_items, 1),
        "ledger-items": _items(paper.ledger_items, -1),
        "beginning": format_baht(paper.beginning, signed=True) if paper.beginning else "",
        "matched": f"{paper.matched:,}",
        "entries": f"{paper.entries:,}",
        "signed-on": format_date(paper.signed_on),
        "signatures": [
            {"name": paper.typed_by, "office": "ผู้ลงสมุดธนาคาร"},
            {"name": paper.finished_by, "office": "ผู้กระทบยอด"},
            {"name": paper.signed_by, "office": "ผู้ตรวจสอบ"},
        ],
        "number": str(paper.number),
        "blocks": code_blocks(paper.code),
    }


def _items(items: Sequence[OpenItem], sign: int) -> dict[str, Any]:
    """The rows of one side and their sum, as they lead from the ledger's balance to the bank's."""
    return {
        "rows": [
            {
                "on": format_date(item.on, "short"),
                "text": item.text,
                "amount": format_baht(sign * item.satang, signed=True),
            }
            for item in items
        ],
        "sum": format_baht(sign * sum(item.satang for item in items), signed=True),
    }
