"""What is known of a group's workbook."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from intake.models import WorkbookUpload
from intake.wording import COUNT_NAMES, sentence, severity_name
from intake.workbook.problems import Problem
from members.models import SavingsGroup

BANK = ""  # paper names no bank account: O1200 and A1200 stand without a holder
SHOWN_AT_MOST = 300


@dataclass(frozen=True)
class ShownProblem:
    """A problem as the preview lists it."""

    place: Any
    is_error: bool
    severity: str
    sentence: str


def latest_upload(group: SavingsGroup) -> WorkbookUpload | None:
    """The upload that waits, or the one that came in."""
    uploads = WorkbookUpload.objects.filter(group=group).exclude(state=WorkbookUpload.State.REPLACED)
    return uploads.select_related("uploaded_by", "approved_by", "signature__signed_by").first()


def problems_in(upload: WorkbookUpload) -> list[Problem]:
    """The problems found in an upload, errors first, then by sheet as in the workbook."""
    problems = [Problem.from_json(found) for found in upload.findings["problems"]]
    return sorted(problems, key=lambda problem: not problem.is_error)


def preview_of(upload: WorkbookUpload) -> dict[str, Any]:
    """What the preview page shows: problems, counts, sums per sheet."""
    problems = problems_in(upload)
    shown = [
        ShownProblem(problem.place, problem.is_error, severity_name(problem), sentence(problem))
        for problem in problems[:SHOWN_AT_MOST]
    ]
    severities = Counter(problem.is_error for problem in problems)
    return {
        "problems": shown,
        "hidden": len(problems) - len(shown),
        "errors": severities[True],
        "warnings": severities[False],
        "counts": [(COUNT_NAMES[key], count) for key, count in upload.findings["counts"].items()],
        "sheets": upload.findings["sheets"],
        "ignored": upload.findings["ignored"],
        "is_fit": not severities[True],
    }
