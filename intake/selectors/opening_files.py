"""What a file or a pasted list of opening balances says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.models import OpeningDraft
from intake.opening.reading import read_tables
from intake.opening.rows import OpeningRead
from intake.opening.tables import MEMBERS
from intake.opening.typed import TypedRow, grid_of_paste, tables_in, typed_rows
from intake.workbook.grid import Grid, read_grids
from intake.workbook.problems import Findings, Place, Unreadable
from members.models import SavingsGroup


@dataclass(frozen=True)
class FileRead:
    """The rows of a file as texts, and what is wrong with them."""

    rows: Mapping[str, Sequence[TypedRow]]
    read: OpeningRead

    @property
    def is_fit(self) -> bool:
        """Whether the rows can be taken: every cell could be read, and there are some."""
        return not any(problem.is_error for problem in self.read.problems)

    @property
    def count(self) -> int:
        """How many rows there are, of all kinds."""
        return sum(len(rows) for rows in self.rows.values())


def read_file(group: SavingsGroup, content: bytes) -> FileRead:
    """Read an Excel file; what cannot be read at all is one problem of the whole file."""
    findings = Findings()
    try:
        grids = read_grids(content)
    except Unreadable as error:
        findings.problems.append(error.problem)
        grids = []
    return _read(group, grids, findings)


def read_paste(group: SavingsGroup, text: str) -> FileRead:
    """Read a list of members copied out of a spreadsheet."""
    return _read(group, [grid_of_paste(text, MEMBERS)], Findings())


def _read(group: SavingsGroup, grids: Sequence[Grid], findings: Findings) -> FileRead:
    draft = OpeningDraft.objects.filter(group=group).first()
    starts_on = draft.starts_on if draft else group.first_year_starts_on
    tables = tables_in(grids, findings) if not findings.has_errors else {}
    if not findings.has_errors and not any(table.rows for table in tables.values()):
        findings.add(Place(), "opening_no_rows")
    read = read_tables(tables, starts_on=starts_on, findings=findings)
    return FileRead({key: typed_rows(key, table) for key, table in tables.items()}, read)
