"""Find the table in a sheet: its heading row by its words, then the rows below it, total rows set apart.

Headings may stand in any column and order, below any number of title lines, in one row or in two (merged) ones.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from intake.workbook.cells import is_empty, tidy
from intake.workbook.grid import Grid, Value
from intake.workbook.problems import Findings, Place
from thai.digits import to_western

LAST_HEADING_ROW = 60
_TOTAL = re.compile(r"(ยอด)?รวม(ทั้งสิ้น|ทั้งหมด|เงิน|ยอด|หน้านี้|ทั้งปี)?(:|บาท|\(.*\))?$|รวม[^ก-๙]|ทั้งสิ้น$|total")


@dataclass(frozen=True)
class Column:
    """A column to look for: what its heading may say (a pattern over the heading without spaces and dots)."""

    key: str
    pattern: str
    called: str
    required: bool = True
    merges: bool = False  # a cell merged over several rows holds for each of them


@dataclass(frozen=True)
class Row:
    """A row of a table: its place in the sheet and its cells by column key."""

    sheet: str
    number: int
    cells: Mapping[str, Value]
    columns: Mapping[str, int]
    headings: Mapping[str, str]

    def value(self, key: str) -> Value | None:
        """Return the cell of a column, None where nothing stands."""
        return self.cells.get(key)

    def place(self, key: str | None = None) -> Place:
        """Name the cell of a column, or the row."""
        if key is None or key not in self.columns:
            return Place(self.sheet, self.number)
        return Place(self.sheet, self.number, get_column_letter(self.columns[key]), self.headings[key])


@dataclass(frozen=True)
class Table:
    """What a sheet holds: the texts above its heading, its rows in order, its total rows."""

    sheet: str
    above: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]


def normal(text: str) -> str:
    """Bring a heading to one form: no spaces, dots, brackets or "baht", Western digits."""
    plain = to_western(tidy(text)).casefold()
    return re.sub(r"[\s.()*:_]|บาท", "", plain)


def find_table(grid: Grid, columns: Sequence[Column], findings: Findings) -> Table | None:
    """Read a sheet's table; a missing heading is a problem of the sheet and gives no table."""
    found = _find_heading(grid, columns)
    missing = [column for column in columns if column.required and column.key not in found.columns]
    if missing:
        code = "heading_missing" if found.columns else "heading_row_missing"
        place = Place(grid.title, found.last_row if found.columns else None)
        for column in missing if found.columns else missing[:1]:
            findings.add(place, code, heading=column.called)
        return None
    above = tuple(
        text
        for row, cells in grid.by_row.items()
        if row < found.first_row
        for text in (tidy(value) for value in cells.values() if isinstance(value, str))
        if text
    )
    rows, totals = _rows(grid, found, columns)
    return Table(grid.title, above, rows, totals)


@dataclass(frozen=True)
class _Heading:
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]


def _find_heading(grid: Grid, columns: Sequence[Column]) -> _Heading:
    """Return the first row (or pair of rows) that has every required heading, else the best one."""
    best = _Heading(0, 0, {}, {})
    rows = [row for row in grid.by_row if row <= LAST_HEADING_ROW]
    required = {column.key for column in columns if column.required}
    for last in (0, 1):
        for row in rows:
            heading = _match(grid, row, row + last, columns)
            if required <= heading.columns.keys():
                return heading
            if len(heading.columns) > max(1, len(best.columns)):
                best = heading
    return best


def _match(grid: Grid, first: int, last: int, columns: Sequence[Column]) -> _Heading:
    texts = _heading_texts(grid, first, last)
    matched: dict[str, int] = {}
    headings: dict[str, str] = {}
    for column in columns:
        for position, text in texts.items():
            if position not in matched.values() and re.fullmatch(column.pattern, normal(text)):
                matched[column.key], headings[column.key] = position, text
                break
    return _Heading(first, last, matched, headings)


def _heading_texts(grid: Grid, first: int, last: int) -> dict[int, str]:
    """Put the words of one or two heading rows together by column; a merged heading holds for all its columns."""
    words: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        cells = dict(grid.by_row.get(row, {}))
        if first != last:
            for r1, c1, r2, c2 in grid.merged:
                if r1 == r2 == row and c2 - c1 < 40 and (r1, c1) in grid.cells:
                    cells.update(dict.fromkeys(range(c1, c2 + 1), grid.cells[r1, c1]))
        for column, value in cells.items():
            if isinstance(value, str) and tidy(value):
                words.setdefault(column, []).append(tidy(value))
    return {column: " ".join(parts) for column, parts in sorted(words.items())}


def _rows(grid: Grid, found: _Heading, columns: Sequence[Column]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    merged = _merged_values(grid, found, {column.key for column in columns if column.merges})
    rows: list[Row] = []
    totals: list[Row] = []
    for number in grid.by_row:
        if number <= found.last_row:
            continue
        cells = {
            key: value
            for key, position in found.columns.items()
            if (value := grid.cells.get((number, position))) is not None and not is_empty(value)
        }
        if is_total(grid.by_row[number]):
            totals.append(Row(grid.title, number, cells, found.columns, found.headings))
            continue
        if not cells or _is_note(cells) or _is_heading_again(cells, found):
            continue
        for key, position in found.columns.items():
            if key not in cells and (number, position) in merged:
                cells[key] = merged[(number, position)]
        rows.append(Row(grid.title, number, cells, found.columns, found.headings))
    return tuple(rows), tuple(totals)


def is_total(cells: Mapping[int, Value]) -> bool:
    """Tell whether a row is a total row: the first text in it says so."""
    texts = [tidy(value) for value in cells.values() if isinstance(value, str) and tidy(value)]
    return bool(texts) and _TOTAL.match(to_western(texts[0]).replace(" ", "").casefold()) is not None


def _is_note(cells: Mapping[str, Value]) -> bool:
    """Tell whether a row is a remark or a signature below the table: one text without a digit, nothing else."""
    if len(cells) != 1:
        return False
    value = next(iter(cells.values()))
    return isinstance(value, str) and not any(char.isdigit() for char in value.split(":")[0])


def _is_heading_again(cells: Mapping[str, Value], found: _Heading) -> bool:
    """Tell whether a row repeats the headings, as on each printed page."""
    same = [key for key, value in cells.items() if isinstance(value, str) and tidy(value) == found.headings[key]]
    return len(same) >= 2 and len(same) == len(cells)


def _merged_values(grid: Grid, found: _Heading, keys: set[str]) -> dict[tuple[int, int], Value]:
    """Return the value of every cell hidden under one merged over rows, in the columns where that means "the same"."""
    wanted = {position for key, position in found.columns.items() if key in keys}
    last_row = max(grid.by_row, default=0)
    values: dict[tuple[int, int], Value] = {}
    for r1, c1, r2, c2 in grid.merged:
        if c1 == c2 and c1 in wanted and r1 > found.last_row and (r1, c1) in grid.cells:
            values.update({(row, c1): grid.cells[(r1, c1)] for row in range(r1 + 1, min(r2, last_row) + 1)})
    return values
