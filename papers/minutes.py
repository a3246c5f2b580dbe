"""Minutes of a meeting on A4: who came, what moved, what was counted, and the code that pins the books to this day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.money_slips import PaperLine
from papers.seal import Seal
from papers.typst import render_pdf, render_png
from thai.dates import format_date
from thai.money import format_baht


@dataclass(frozen=True)
class PoolTotals:
    """What came into and went out of one pool; `closing` is its cash after the meeting. Satang, money out below 0."""

    title: str
    lines: Sequence[PaperLine]
    closing: PaperLine


@dataclass(frozen=True)
class CashCountPaper:
    """Denominations (satang of one piece, pieces), expected sum and the difference counted - expected."""

    pieces: Sequence[tuple[int, int]]
    expected: int
    counted_by: str
    reason: str = ""

    @property
    def counted(self) -> int:
        """Return the sum of all pieces."""
        return sum(face * count for face, count in self.pieces)


@dataclass(frozen=True)
class MinutesPaper:
    """The minutes of one meeting. `seal` is that of the head of the journal when the meeting closed."""

    group: str
    place: str
    number: str
    on: date
    held_at: str
    attendance: Sequence[tuple[str, str]]
    pools: Sequence[PoolTotals]
    count: CashCountPaper | None
    signatures: Sequence[tuple[str, str]]
    seal: Seal
    present: str = ""
    notes: Sequence[str] = ()
    warning: str = ""


def minutes_pdf(paper: MinutesPaper) -> bytes:
    """Print the minutes."""
    return render_pdf("minutes", _data(paper))


def minutes_png(paper: MinutesPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("minutes", _data(paper))


def _data(paper: MinutesPaper) -> dict[str, Any]:
    return {
        "title": "รายงานการประชุม",
        "group": paper.group,
        "place": paper.place,
        "number": f"ครั้งที่ {paper.number}",
        "on": format_date(paper.on),
        "held-at": paper.held_at,
        "attendance": [{"text": text, "value": value} for text, value in paper.attendance],
        "present": paper.present,
        "pools": [
            {"title": pool.title, "rows": [_row(line) for line in pool.lines], "total": _row(pool.closing)}
            for pool in paper.pools
        ],
        "count": _count(paper.count),
        "notes": list(paper.notes),
        "warning": paper.warning,
        "signatures": [{"name": name, "office": office} for name, office in paper.signatures],
        "head": str(paper.seal.number),
        "seal": paper.seal.data(),
    }


def _row(line: PaperLine) -> dict[str, str]:
    return {"text": line.text, "value": format_baht(line.satang)}


def _count(count: CashCountPaper | None) -> dict[str, Any] | None:
    if count is None:
        return None
    difference = count.counted - count.expected
    said = "เงินสดตรงกับบัญชี" if difference == 0 else "เงินสดเกินบัญชี" if difference > 0 else "เงินสดขาดบัญชี"
    return {
        "rows": [
            {"text": _face(face), "pieces": f"{pieces:,}" if pieces else "–", "value": format_baht(face * pieces)}
            for face, pieces in count.pieces
        ],
        "counted": format_baht(count.counted),
        "facts": [
            {"text": "ยอดตามบัญชี", "value": format_baht(count.expected)},
            {"text": "นับได้", "value": format_baht(count.counted)},
            {"text": said, "value": format_baht(abs(difference))},
            {"text": "ผู้นับ", "value": count.counted_by},
        ],
        "reason": count.reason,
    }


def _face(satang: int) -> str:
    kind = "ธนบัตร" if satang >= 20_00 else "เหรียญ"
    return f"{kind} {format_baht(satang, satang_shown=False)} บาท" if satang >= 100 else f"{kind} {satang} สตางค์"
