"""The slip of goods that moved in kind: what was lent, brought back, kept or given back, signed by both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.seal import code_blocks
from papers.typst import render_pdf, render_png
from thai.dates import format_date


@dataclass(frozen=True)
class InKindSlip:
    """One act in kind. rows: what for and how much, as printed; signatures: name and in which part."""

    title: str
    group: str
    place: str
    activity: str
    number: int
    on: date
    person: str
    member_number: str
    rows: Sequence[tuple[str, str]]
    promise: str
    signatures: Sequence[tuple[str, str]]
    void: str
    code: str


def in_kind_slip_pdf(slip: InKindSlip) -> bytes:
    """Print the slip on half a sheet."""
    return render_pdf("in_kind_slip", in_kind_slip_data(slip))


def in_kind_slip_png(slip: InKindSlip) -> list[bytes]:
    """Return a picture of it."""
    return render_png("in_kind_slip", in_kind_slip_data(slip))


def in_kind_slip_data(slip: InKindSlip) -> dict[str, Any]:
    """What the template prints."""
    return {
        "title": slip.title,
        "group": slip.group,
        "place": slip.place,
        "activity": slip.activity,
        "number": str(slip.number),
        "on": format_date(slip.on),
        "person": slip.person,
        "member-number": slip.member_number,
        "rows": [{"text": text, "amount": amount} for text, amount in slip.rows],
        "promise": slip.promise,
        "signatures": [{"name": name, "office": office} for name, office in slip.signatures],
        "void": slip.void,
        "blocks": code_blocks(slip.code),
    }
