"""What is wrong in a workbook: where it stands, how bad it is, and the numbers its sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

ERROR = "error"
WARNING = "warning"

ProblemValue: TypeAlias = str | int


@dataclass(frozen=True)
class Place:
    """A cell, a row or a whole sheet (row and column empty) of the workbook, as the spreadsheet names it."""

    sheet: str = ""
    row: int | None = None
    column: str | None = None
    heading: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing to put right. `values` are what the sentence of `code` names: `*_satang` money, `*_on` an ISO date."""

    place: Place
    code: str
    values: Mapping[str, ProblemValue] = field(default_factory=dict)
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether the workbook cannot come in while this stands."""
        return self.severity == ERROR

    def to_json(self) -> dict[str, Any]:
        """Turn into plain values, to be kept with an upload."""
        place = self.place
        return {
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "heading": place.heading,
            "severity": self.severity,
            "code": self.code,
            "values": dict(self.values),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Problem":
        """Rebuild what `to_json` wrote."""
        place = Place(data["sheet"], data["row"], data["column"], data["heading"])
        return cls(place, data["code"], dict(data["values"]), data["severity"])


class CellError(ValueError):
    """A cell that cannot be taken: `code` names the sentence, `values` its numbers."""

    def __init__(self, code: str, **values: ProblemValue) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Unreadable(ValueError):
    """The file as a whole cannot be read; `code` names the sentence."""

    def __init__(self, code: str, **values: ProblemValue) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def problem(self) -> Problem:
        """The same as a problem of the whole file."""
        return Problem(Place(), self.code, self.values)


class Findings:
    """The problems met so far, and whose rows they touch (what follows from those rows is not reported again)."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.contracts: set[str] = set()
        self.members: set[int] = set()
        self.unknown_contracts = False
        self.unknown_members = False

    def add(self, place: Place, code: str, *, severity: str = ERROR, **values: ProblemValue) -> None:
        """Note one problem."""
        self.problems.append(Problem(place, code, values, severity))

    def suspect(self, *, member: int | None = None, contract: str | None = None) -> None:
        """Remember that a row about this member or contract could not be taken whole."""
        if member is not None:
            self.members.add(member)
        if contract is not None:
            self.contracts.add(contract)

    @property
    def has_errors(self) -> bool:
        """Whether anything met so far keeps the workbook out."""
        return any(problem.is_error for problem in self.problems)
