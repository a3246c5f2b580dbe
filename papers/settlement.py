"""The settlement slip of a leaver: owed, set off, paid, and a place to sign for everyone who gets money."""

from dataclasses import dataclass
from datetime import date

from papers.money_slips import PaperLine, line_data
from papers.seal import Seal
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import baht_in_words, format_baht


@dataclass(frozen=True)
class PayeePaper:
    """Who gets how much (satang) and signs for it."""

    name: str
    relation: str
    percent: int
    satang: int
    way: str = ""


@dataclass(frozen=True)
class SettlementPaper:
    """A settlement as it is printed; amounts in satang. Without a seal it is not posted yet."""

    group: str
    place: str
    on: date
    member: str
    member_number: str
    reason: str
    ended_on: date
    resolution: str
    owed: tuple[PaperLine, ...]
    set_off: tuple[PaperLine, ...]
    payees: tuple[PayeePaper, ...]
    way: str
    requested_by: str
    approved_by: str
    seal: Seal | None


def settlement_pdf(paper: SettlementPaper) -> bytes:
    """Print the slip on A4."""
    return render_pdf("settlement", settlement_data(paper))


def settlement_png(paper: SettlementPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("settlement", settlement_data(paper))


def settlement_data(paper: SettlementPaper) -> dict[str, object]:
    """Return what the template prints; sums and words are computed."""
    owed, set_off = sum(line.satang for line in paper.owed), sum(line.satang for line in paper.set_off)
    paid = owed - set_off
    return {
        "group": paper.group,
        "place": paper.place,
        "number": str(paper.seal.number) if paper.seal else "",
        "on": format_date(paper.on),
        "member": paper.member,
        "member-number": paper.member_number,
        "reason": paper.reason,
        "ended-on": format_date(paper.ended_on),
        "resolution": paper.resolution,
        "owed": [line_data(line) for line in paper.owed],
        "owed-sum": line_data(PaperLine("", owed)),
        "set-off": [line_data(line) for line in paper.set_off],
        "set-off-sum": line_data(PaperLine("", set_off)),
        "paid": line_data(PaperLine("", paid)),
        "words": baht_in_words(paid),
        "way": paper.way,
        "payees": [
            {
                "name": each.name,
                "relation": each.relation,
                "percent": str(each.percent),
                "way": each.way,
                "amount": format_baht(each.satang),
                "words": baht_in_words(each.satang),
            }
            for each in paper.payees
        ],
        "signatures": [
            {"name": paper.requested_by, "office": "ผู้จ่ายเงิน"},
            {"name": paper.approved_by, "office": "ผู้อนุมัติ"},
        ],
        "seal": paper.seal.data() if paper.seal else None,
    }
