"""The tables as they were typed in the browser or taken from a file: rows of texts under an id of their own."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from intake.opening.tables import ASKED, BALANCES, KEYS, ORDER, POOL_WORDS, SHEETS, account_named
from intake.workbook.cells import read_contract_number, tidy
from intake.workbook.grid import Broken, Grid, Value
from intake.workbook.problems import CellError, Findings, Place
from intake.workbook.table import Row, Table, find_table, normal
from thai.dates import format_date
from thai.digits import to_western

TypedRow: TypeAlias = Mapping[str, str]
TypedTables: TypeAlias = Mapping[str, Sequence[TypedRow]]
LONGEST_CELL = 200
MOST_ROWS = 3_000


def tables_of(typed: TypedTables) -> dict[str, Table]:
    """The typed rows as the readers want them; the number of a row is its place in the list."""
    return {key: _table(key, rows) for key, rows in typed.items() if key in SHEETS}


def _table(key: str, rows: Sequence[TypedRow]) -> Table:
    form = SHEETS[key]
    headings = {column.key: column.called for column in form.columns}
    positions = {name: place for place, name in enumerate(ORDER[key], start=1)}
    found = []
    for number, row in enumerate(rows, start=1):
        cells: dict[str, Value] = {name: text for name, text in row.items() if name != "id" and tidy(text)}
        if cells:
            found.append(Row(form.title, number, cells, positions, headings))
    return Table(form.title, (), tuple(found), ())


def tables_in(grids: Sequence[Grid], findings: Findings) -> dict[str, Table]:
    """The tables of a file: each sheet by its name; a lone sheet of another name is the list of members."""
    chosen: dict[str, Grid] = {}
    for exact in (True, False):
        for key, form in SHEETS.items():
            for grid in grids:
                title = normal(grid.title)
                fits = title == normal(form.title) if exact else normal(form.title) in title
                if fits and key not in chosen and grid not in chosen.values():
                    chosen[key] = grid
    filled = [grid for grid in grids if grid.cells]
    if not chosen and len(filled) == 1:
        chosen["members"] = filled[0]
    if not chosen:
        findings.add(Place(), "opening_sheets_missing")
    tables: dict[str, Table] = {}
    for key, grid in chosen.items():
        if grid.cells and (table := find_table(grid, SHEETS[key].columns, findings)) is not None:
            tables[key] = table
    if sum(len(table.rows) for table in tables.values()) > MOST_ROWS:
        findings.add(Place(), "opening_rows_too_many", most=MOST_ROWS)
        return {}
    return tables


def grid_of_paste(text: str, key: str) -> Grid:
    """A pasted list as a sheet: cells apart by tabs (or semicolons), with headings or in the order of the pattern."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    mark = "\t" if any("\t" in line for line in lines) else ";"
    rows = [[cell.strip() for cell in line.split(mark)] for line in lines[: MOST_ROWS + 1]]
    form = SHEETS[key]
    called = {column.key: column.called for column in form.columns}
    first = {normal(cell) for cell in rows[0]} if rows else set()
    if not {normal(called[name]) for name in ORDER[key][:1]} & first and not any(
        normal(heading) in first for heading in called.values()
    ):
        rows.insert(0, [called[name] for name in ORDER[key]])
    cells: dict[tuple[int, int], Value] = {
        (number, column): cell
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row[:40], start=1)
        if cell
    }
    return Grid(title=form.title, cells=cells)


def typed_rows(key: str, table: Table) -> list[dict[str, str]]:
    """The rows of a file as texts to go on with in the browser."""
    rows = []
    for row in table.rows:
        texts = {name: _text(name, value) for name, value in row.cells.items()}
        if key == BALANCES:
            pool = "A" if "ค่าใช้สอย" in normal(texts.get("pool", "")) or "บริหาร" in texts.get("pool", "") else "O"
            code = account_named(pool, texts.get("memo", ""))
            texts = {"code": code, "detail": texts.get("detail", ""), "amount": texts.get("amount", "")}
            if code not in ASKED:
                continue  # a sum that is worked out here
        rows.append({"id": uuid.uuid4().hex} | {name: text[:LONGEST_CELL] for name, text in texts.items() if text})
    return rows


def merged(present: Sequence[TypedRow], incoming: Iterable[TypedRow], key: str) -> list[dict[str, str]]:
    """Put rows into those that are there: the same number is the same row, corrected; nothing is taken away."""
    rows = [dict(row) for row in present]
    known = {name: place for place, row in enumerate(rows) if (name := _key(row, key))}
    for row in incoming:
        name = _key(row, key)
        place = known.get(name)
        if place is None:
            if name:
                known[name] = len(rows)
            rows.append(dict(row))
        else:
            rows[place] |= {cell: text for cell, text in row.items() if cell != "id"}
    return rows


def _key(row: TypedRow, key: str) -> tuple[str, ...]:
    """What names a row; a row without its number names none."""
    texts = tuple(to_western(tidy(row.get(name, ""))).lstrip("0") for name in KEYS[key])
    return texts if texts[0] else ()


def _text(name: str, value: Value) -> str:
    """A cell as text that reads back as the same."""
    if isinstance(value, Broken):
        return value.text
    if name == "contract":
        try:
            return read_contract_number(value)
        except CellError:
            return ""
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else ""
    if isinstance(value, date):
        return format_date(value, "numeric")
    return tidy(value) if isinstance(value, str) else str(value)


def sheet_rows(key: str, rows: Sequence[TypedRow]) -> list[list[str]]:
    """The typed rows in the order of a sheet's columns, to be sent as a file."""
    return [[_sheet_text(key, row, name) for name in ORDER[key]] for row in rows]


def _sheet_text(key: str, row: TypedRow, name: str) -> str:
    code = row.get("code", "")
    if key == BALANCES and name == "memo":
        return ASKED.get(code, "")
    if key == BALANCES and name == "pool":
        return POOL_WORDS.get(code[:1], "")
    return row.get(name, "")


def as_typed(data: Any) -> dict[str, list[dict[str, str]]]:
    """The tables of a draft, whatever of them is there."""
    stored = data if isinstance(data, dict) else {}
    return {key: [dict(row) for row in stored.get(key, [])] for key in SHEETS}
