"""Payment vouchers: money out, with who asked, who approved and who received it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.money_slips import PaperLine, money_data, money_slips_pdf
from papers.seal import Seal
from papers.typst import render_png
from thai.dates import format_date

TITLE = "ใบสำคัญจ่าย"


@dataclass(frozen=True)
class VoucherPaper:
    """A payment voucher as it is printed; amounts in satang."""

    group: str
    place: str
    on: date
    payee: str
    lines: tuple[PaperLine, ...]
    requested_by: str
    approved_by: str
    seal: Seal
    member_number: str = ""
    occasion: str = ""
    balances: tuple[PaperLine, ...] = ()
    notes: tuple[str, ...] = ()
    voided_by: int | None = None


def vouchers_pdf(papers: Iterable[VoucherPaper]) -> bytes:
    """Print vouchers in the given order, a page each."""
    return money_slips_pdf(vouchers_data(papers))


def vouchers_png(papers: Iterable[VoucherPaper]) -> list[bytes]:
    """Return a picture of each voucher."""
    return render_png("slip_of_money", vouchers_data(papers))


def vouchers_data(papers: Iterable[VoucherPaper]) -> dict[str, Any]:
    """Return what the template prints."""
    return {"title": TITLE, "slips": [_data(paper) for paper in papers]}


def _data(paper: VoucherPaper) -> dict[str, Any]:
    number = paper.seal.number
    void = f"ใบสำคัญจ่ายเลขที่ {number} ยกเลิกแล้ว โดยรายการหักล้างเลขที่ {paper.voided_by}" if paper.voided_by else ""
    return money_data(paper.lines, paper.balances) | {
        "title": TITLE,
        "group": paper.group,
        "place": paper.place,
        "number": str(number),
        "on": format_date(paper.on),
        "occasion": paper.occasion,
        "from-or-to": "จ่ายเงินให้",
        "person": paper.payee,
        "person-number": paper.member_number,
        "void": void,
        "notes": list(paper.notes),
        "balances-title": "ยอดหลังจ่ายเงินครั้งนี้",
        "signatures": [
            {"name": paper.requested_by, "office": "ผู้จ่ายเงิน"},
            {"name": paper.approved_by, "office": "ผู้อนุมัติ"},
            {"name": paper.payee, "office": "ผู้รับเงิน"},
        ],
        "seal": paper.seal.data(),
    }
