"""The application for membership on A4: blank to be filled in by hand, or with a person's data to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from papers.typst import render_pdf, render_png


@dataclass(frozen=True)
class Heir:
    """One beneficiary as printed; percent as text."""

    name: str = ""
    relation: str = ""
    percent: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationPaper:
    """The form; every text may be empty and is then a dotted line. Fees and the unit are printed as amounts in baht.

    `kinds` and `marital` are all the choices with whether they are ticked; `outcome` is "" until the committee decided,
    then "admitted" or "refused".
    """

    group: str
    place: str
    unit: str
    units_max: str
    application_fee: str
    entrance_fee: str
    adult_age: str
    kinds: Sequence[tuple[str, bool]]
    marital: Sequence[tuple[str, bool]]
    values: dict[str, str] = field(default_factory=dict)
    heirs: Sequence[Heir] = ()
    outcome: str = ""


VALUES = (
    "number", "applied_on", "name", "national_id", "birth_on", "age", "body", "representative", "spouse",
    "spouse_number", "parent", "parent_number", "house_no", "moo", "tambon", "district", "province", "phone",
    "household", "occupation", "income", "second_occupation", "second_income", "other_groups", "units", "monthly",
    "promised_on", "resolution", "decided_on", "admitted_on", "reason",
)  # fmt: skip
HEIRS = 3


def application_pdf(paper: ApplicationPaper) -> bytes:
    """Print the form, one sheet of two pages."""
    return render_pdf("application", _data(paper))


def application_png(paper: ApplicationPaper) -> list[bytes]:
    """Return a picture of each page."""
    return render_png("application", _data(paper))


def _data(paper: ApplicationPaper) -> dict[str, Any]:
    heirs = [*paper.heirs, *[Heir()] * HEIRS][:HEIRS]
    return {
        "title": "ใบสมัครสมาชิก",
        "group": paper.group,
        "place": paper.place,
        "unit": paper.unit,
        "units-max": paper.units_max,
        "application-fee": paper.application_fee,
        "entrance-fee": paper.entrance_fee,
        "adult-age": paper.adult_age,
        "kinds": [{"text": text, "ticked": ticked} for text, ticked in paper.kinds],
        "marital": [{"text": text, "ticked": ticked} for text, ticked in paper.marital],
        "v": {name.replace("_", "-"): paper.values.get(name, "") for name in VALUES},
        "heirs": [{"name": heir.name, "relation": heir.relation, "percent": heir.percent} for heir in heirs],
        "admitted": paper.outcome == "admitted",
        "refused": paper.outcome == "refused",
    }
