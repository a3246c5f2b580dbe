"""The slip with a PromptPay QR code for a deposit: A5 to take home, A4 for the wall."""

from dataclasses import dataclass
from typing import Any

from papers.qr import qr_svg
from papers.typst import render_pdf, render_png
from thai.money import baht_in_words, format_baht

TITLE = "ใบฝากเงินด้วยพร้อมเพย์"
SIZES = ("a5", "a4")


@dataclass(frozen=True)
class DepositPaper:
    """A slip as it is printed. `text` is the QR code's; satang None: the payer types the amount."""

    group: str
    place: str
    bank: str
    account_name: str
    account_number: str
    promptpay: str
    text: str
    is_private: bool
    satang: int | None = None
    member: str = ""
    member_number: str = ""


def deposit_slip_pdf(paper: DepositPaper, *, size: str = "a5") -> bytes:
    """Print the slip on one page."""
    return render_pdf("deposit_slip", _data(paper, size))


def deposit_slip_png(paper: DepositPaper, *, size: str = "a5") -> list[bytes]:
    """Return a picture of the page."""
    return render_png("deposit_slip", _data(paper, size))


def _data(paper: DepositPaper, size: str) -> dict[str, Any]:
    return {
        "title": TITLE,
        "size": size if size in SIZES else SIZES[0],
        "group": paper.group,
        "place": paper.place,
        "bank": paper.bank,
        "account-name": paper.account_name,
        "account-number": paper.account_number,
        "promptpay": paper.promptpay,
        "qr": qr_svg(paper.text),
        "is-private": paper.is_private,
        "amount": "" if paper.satang is None else format_baht(paper.satang),
        "words": "" if paper.satang is None else baht_in_words(paper.satang),
        "person": paper.member,
        "person-number": paper.member_number,
    }
