"""What receipt and voucher have in common: lines that add up, words, balances after, a mark when voided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papers.typst import render_pdf
from thai.money import baht_in_words, format_baht

_TAGGED_UP_TO = 10


@dataclass(frozen=True)
class PaperLine:
    """One line of a paper: what for, and how much (satang)."""

    text: str
    satang: int


def line_data(line: PaperLine) -> dict[str, str]:
    """Split a line's amount into the columns baht and satang."""
    baht, _, satang = format_baht(line.satang).partition(".")
    return {"text": line.text, "baht": baht, "satang": satang}


def money_data(lines: Sequence[PaperLine], balances: Sequence[PaperLine]) -> dict[str, Any]:
    """Return lines, their sum in figures and words (always computed), and the balances after."""
    total = sum(line.satang for line in lines)
    return {
        "lines": [line_data(line) for line in lines],
        "sum": line_data(PaperLine("", total)),
        "words": baht_in_words(total),
        "balances": [{"text": line.text, "amount": format_baht(line.satang)} for line in balances],
    }


def money_slips_pdf(data: dict[str, Any]) -> bytes:
    """Print receipts or vouchers; a few are tagged for screen readers, a meeting's pile is only for the printer."""
    return render_pdf("slip_of_money", data, tagged=len(data["slips"]) <= _TAGGED_UP_TO)
