"""The papers of a loan on A4: application, contract, guarantee, consent of spouses, schedule, repayment card."""

from collections.abc import Mapping, Sequence
from typing import Any

from papers.typst import render_pdf, render_png

PAPERS = ("application", "contract", "guarantee", "consent", "schedule", "card")
PERSON = (
    "name", "number", "national_id", "age", "house_no", "moo", "tambon", "district", "province", "phone",
    "occupation", "spouse",
)  # fmt: skip


def loan_pdf(paper: str, data: Mapping[str, Any]) -> bytes:
    """Print one of PAPERS; `data` are the template's texts, "" for what is not known and becomes a dotted place."""
    return render_pdf(f"loan_{_known(paper)}", _dashed(data))


def loan_png(paper: str, data: Mapping[str, Any]) -> list[bytes]:
    """Return a picture of each page."""
    return render_png(f"loan_{_known(paper)}", _dashed(data))


def person(**known: str) -> dict[str, str]:
    """One who signs; what is not known stays a dotted place."""
    return {name: known.get(name, "") for name in PERSON}


def _known(paper: str) -> str:
    if paper not in PAPERS:
        raise ValueError(f"a loan has no paper {paper!r}")
    return paper


def _dashed(value: Any) -> Any:
    """The names as the templates write them: first-due, not first_due."""
    if isinstance(value, Mapping):
        return {str(name).replace("_", "-"): _dashed(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_dashed(each) for each in value]
    return value
