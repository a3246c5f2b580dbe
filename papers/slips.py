"""Activation slips: what a person needs to set a password, printed four on an A4 sheet and handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.qr import qr_svg
from papers.typst import render_pdf, render_png
from thai.dates import format_date

PER_SHEET = 4


@dataclass(frozen=True)
class ActivationPaper:
    """One slip. `url` is what the QR code opens, `code` what is typed without it; `number` is the member number."""

    group_name: str
    village: str
    member_name: str
    number: str
    username: str
    code: str
    url: str
    expires_on: date
    issued_by: str


def activation_slips(papers: Iterable[ActivationPaper]) -> bytes:
    """Print slips in the given order, four on an A4 sheet."""
    return render_pdf("slips", _data(papers))


def activation_slips_png(papers: Iterable[ActivationPaper]) -> list[bytes]:
    """Return a picture of each sheet."""
    return render_png("slips", _data(papers))


def _data(papers: Iterable[ActivationPaper]) -> dict[str, Any]:
    slips = [_slip(paper) for paper in papers]
    return {"sheets": [slips[start : start + PER_SHEET] for start in range(0, len(slips), PER_SHEET)]}


def _slip(paper: ActivationPaper) -> dict[str, str]:
    return {
        "group": paper.group_name,
        "village": paper.village,
        "person": paper.member_name,
        "number": paper.number,
        "username": paper.username,
        "code": paper.code,
        "qr": qr_svg(paper.url),
        "address": paper.url.split("://", 1)[-1].split("?", 1)[0].split("#", 1)[0],
        "expires-on": format_date(paper.expires_on),
        "issued-by": paper.issued_by,
    }
