"""What reading the sheets has in common: a row's cells one by one, total rows against their columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from intake.workbook.cells import MAX_PLEDGE_SATANG, read_amount, read_date
from intake.workbook.grid import Broken, Value
from intake.workbook.problems import CellError, Findings, Problem
from intake.workbook.rows import AccountYear
from intake.workbook.table import Column, Row, Table

T = TypeVar("T")


@dataclass(frozen=True)
class SheetForm:
    """What one of the nine sheets is called (also as other villages name it) and its columns."""

    key: str
    title: str
    pattern: str
    columns: Sequence[Column]


class RowReader:
    """Reads a row's cells, noting what cannot be taken; `ok` is false once a cell was refused."""

    def __init__(self, row: Row, findings: Findings) -> None:
        self.row = row
        self.findings = findings
        self.ok = True
        self.refused: set[str] = set()

    def refuse(self, key: str | None, code: str, **values: str | int) -> None:
        """Note a problem of a cell (or of the row) and give the row up."""
        self.findings.problems.append(Problem(self.row.place(key), code, values))
        self.ok = False
        if key is not None:
            self.refused.add(key)

    def cell(self, key: str, read: Callable[[Value | None], T], otherwise: T) -> T:
        """Read a cell that may be empty."""
        try:
            return read(self.row.value(key))
        except CellError as error:
            self.refuse(key, error.code, **error.values)
            return otherwise

    def amount(self, key: str) -> int:
        """Read an amount; empty is 0."""
        return self.cell(key, read_amount, None) or 0

    def pledge(self, key: str) -> int:
        """Read a pledge a month; empty is 0, more than anybody vows is refused."""
        satang = self.amount(key)
        if satang > MAX_PLEDGE_SATANG:
            self.refuse(key, "amount_too_large", typed=f"{satang // 100:,}")
            return 0
        return satang

    def needed(self, key: str, read: Callable[[Value | None], T | None], code: str) -> T | None:
        """Read a cell that must hold something."""
        value = self.cell(key, read, None)
        if value in (None, "") and key not in self.refused:
            self.refuse(key, code)
        return value

    def day(self, key: str, year: AccountYear) -> date | None:
        """Read the day of a movement, which must lie in the account year."""
        on = self.needed(key, read_date, "date_missing")
        if on is not None and on not in year:
            self.refuse(key, "date_outside_year", written_on=on.isoformat(), year=year.name)
            return None
        return on


class Sums:
    """The amounts of a sheet's columns row by row, to hold its total rows against."""

    def __init__(self) -> None:
        self._amounts: dict[str, dict[int, int]] = {}
        self._unreadable: set[str] = set()

    def add(self, reader: RowReader, **amounts: int) -> None:
        """Note a row's amounts; a column with a refused cell has no sum to compare."""
        self._unreadable |= reader.refused
        for key, satang in amounts.items():
            self._amounts.setdefault(key, {})[reader.row.number] = satang

    def check(self, table: Table, keys: Sequence[str], findings: Findings) -> None:
        """Compare each total row with its columns: all rows above it, or those since the total row before."""
        before = 0
        for total in table.totals:
            for key in keys:
                if key not in self._unreadable:
                    self._check_cell(total, key, before, findings)
            before = total.number

    def _check_cell(self, total: Row, key: str, before: int, findings: Findings) -> None:
        rows = self._amounts.get(key, {})
        above = sum(satang for number, satang in rows.items() if number < total.number)
        since = sum(satang for number, satang in rows.items() if before < number < total.number)
        compare_total(total, key, (above, since), findings)

    def of(self, key: str) -> int:
        """Return the sum of a column."""
        return sum(self._amounts.get(key, {}).values())

    def has(self, key: str) -> bool:
        """Tell whether the column was summed."""
        return key in self._amounts

    def known(self, key: str) -> bool:
        """Tell whether every cell of the column could be read."""
        return key not in self._unreadable


def compare_total(total: Row, key: str, sums: Sequence[int], findings: Findings) -> None:
    """Refuse a written total that is none of the sums; a formula without a saved result has nothing to compare."""
    value = total.value(key)
    if value is None or (isinstance(value, Broken) and value.code == "cell_formula"):
        return
    try:
        written = _read_total(value)
    except CellError as error:
        findings.problems.append(Problem(total.place(key), error.code, error.values))
        return
    if written is not None and written not in sums:
        findings.add(total.place(key), "total_differs", written_satang=written, sum_satang=sums[0])


def _read_total(value: Value) -> int | None:
    """Read a total, which may be larger than any amount that people pay."""
    try:
        return read_amount(value)
    except CellError as error:
        typed = str(error.values.get("typed", ""))
        if error.code != "amount_too_large" or not typed.replace(",", "").replace(".", "").isdigit():
            raise
        baht, _, satang = typed.replace(",", "").partition(".")
        return int(baht) * 100 + int(satang.ljust(2, "0")[:2])
