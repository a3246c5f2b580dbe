"""One or two ways to divide a year's profit on A4, as they are laid before the general meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papers.typst import render_pdf, render_png

_LONG_WORD = re.compile(r"([!-~]{10})(?=[!-~])")


@dataclass(frozen=True)
class ProposedHead:
    """A purpose: a percentage and an amount for each way, and what it got last year ("" where there was none)."""

    name: str
    ways: Sequence[tuple[str, str]]
    last: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class ProposalPaper:
    """Everything as it is printed. figures, examples and rules: a label and a text for each way (or one for both)."""

    group: str
    place: str
    year: str
    as_of: str
    ways: Sequence[str]
    last_year: str
    figures: Sequence[tuple[str, str]]
    heads: Sequence[ProposedHead]
    totals: ProposedHead
    examples: Sequence[tuple[str, Sequence[str]]]
    rules: Sequence[tuple[str, Sequence[str]]]
    note: str


def proposal_pdf(paper: ProposalPaper) -> bytes:
    """Print the proposal with room for the resolution."""
    return render_pdf("share_out_proposal", proposal_data(paper))


def proposal_png(paper: ProposalPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("share_out_proposal", proposal_data(paper))


def proposal_data(paper: ProposalPaper) -> dict[str, Any]:
    """What the template prints."""
    return {
        "group": paper.group,
        "place": paper.place,
        "year": paper.year,
        "as-of": paper.as_of,
        "ways": [_breakable(name) for name in paper.ways],
        "last-year": paper.last_year,
        "figures": [list(each) for each in paper.figures],
        "heads": [_head(each) for each in paper.heads],
        "totals": _head(paper.totals),
        "examples": [[label, list(texts)] for label, texts in paper.examples],
        "rules": [[label, list(texts)] for label, texts in paper.rules],
        "note": paper.note,
    }


def _breakable(name: str) -> str:
    """A name that breaks also where it is one long word of Latin letters; Thai breaks by itself."""
    return _LONG_WORD.sub("\\1\u200b", name)


def _head(head: ProposedHead) -> dict[str, Any]:
    return {"name": _breakable(head.name), "ways": [list(each) for each in head.ways], "last": list(head.last)}
