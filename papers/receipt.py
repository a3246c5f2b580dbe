"""Receipts: one A5 landscape page each, a whole meeting in one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.money_slips import PaperLine, money_data, money_slips_pdf
from papers.seal import Seal
from papers.typst import render_png
from thai.dates import format_date

TITLE = "ใบเสร็จรับเงิน"


@dataclass(frozen=True)
class ReceiptPaper:
    """A receipt as it is printed. `voided_by` is the number of the entry that reversed it; amounts in satang."""

    group: str
    place: str
    on: date
    payer: str
    lines: tuple[PaperLine, ...]
    receiver: str
    seal: Seal
    member_number: str = ""
    occasion: str = ""
    receiver_office: str = "เหรัญญิก"
    balances: tuple[PaperLine, ...] = ()
    notes: tuple[str, ...] = ()
    voided_by: int | None = None

    @property
    def number(self) -> int:
        """The receipt number is the journal number."""
        return self.seal.number


def receipts_pdf(papers: Iterable[ReceiptPaper]) -> bytes:
    """Print receipts in the given order, a page each."""
    return money_slips_pdf(receipts_data(papers))


def receipts_png(papers: Iterable[ReceiptPaper]) -> list[bytes]:
    """Return a picture of each receipt."""
    return render_png("slip_of_money", receipts_data(papers))


def receipts_data(papers: Iterable[ReceiptPaper]) -> dict[str, Any]:
    """Return what the template prints."""
    return {"title": TITLE, "slips": [_data(paper) for paper in papers]}


def _data(paper: ReceiptPaper) -> dict[str, Any]:
    void = f"ใบเสร็จเลขที่ {paper.number} ยกเลิกแล้ว โดยรายการหักล้างเลขที่ {paper.voided_by}" if paper.voided_by else ""
    return money_data(paper.lines, paper.balances) | {
        "title": TITLE,
        "group": paper.group,
        "place": paper.place,
        "number": str(paper.number),
        "on": format_date(paper.on),
        "occasion": paper.occasion,
        "from-or-to": "ได้รับเงินจาก",
        "person": paper.payer,
        "person-number": paper.member_number,
        "void": void,
        "notes": list(paper.notes),
        "balances-title": "ยอดหลังรับเงินครั้งนี้",
        "signatures": [
            {"name": paper.receiver, "office": f"{paper.receiver_office} ผู้รับเงิน".strip()},
            {"name": paper.payer, "office": "ผู้ชำระเงิน"},
        ],
        "seal": paper.seal.data(),
    }
