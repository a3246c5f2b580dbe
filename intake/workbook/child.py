"""The process that parses a workbook: it limits itself, reads the file from stdin and writes its cells as JSON.

Run as `python -m intake.workbook.child`. Whatever the file does to it happens to this process alone: it ends, and the
parent says that the workbook cannot be read. openpyxl parses XML through defusedxml.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

CPU_SECONDS = 10
MEMORY_BYTES = 768 * 1024 * 1024
MAX_CELLS = 300_000
MAX_SHEETS = 40
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def limit_self() -> None:
    """Bound this process's time and memory; a system without one of the limits keeps the others."""
    for what, limit in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY_BYTES)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):
            continue


def read(content: bytes) -> dict[str, Any]:
    """Return {"sheets": [{"title", "hidden", "cells": [[row, column, type, text]], "merged": [[r1, c1, r2, c2]]}]}."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing")
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    return cells_of(book, _formulas(content))


def cells_of(book: Workbook, formulas: Mapping[str, frozenset[tuple[int, int]]]) -> dict[str, Any]:
    """Turn an open workbook into plain cells; `formulas` without a saved result become cells of type f."""
    if len(book.worksheets) > MAX_SHEETS:
        return {"error": "file_too_many_cells"}
    sheets, count = [], 0
    for sheet in book.worksheets:
        unsaved = formulas.get(sheet.title, frozenset())
        cells = [
            [cell.row, cell.column, *_typed(cell.value)] for cell in sheet._cells.values() if cell.value is not None
        ]
        seen = {(cell[0], cell[1]) for cell in cells}
        cells += [[row, column, "f", ""] for row, column in unsaved if (row, column) not in seen]
        count += len(cells)
        if count > MAX_CELLS:
            return {"error": "file_too_many_cells"}
        merged = [[area.min_row, area.min_col, area.max_row, area.max_col] for area in sheet.merged_cells.ranges]
        sheets.append(
            {"title": sheet.title, "hidden": sheet.sheet_state != "visible", "cells": sorted(cells), "merged": merged}
        )
    return {"sheets": sheets}


def _typed(value: object) -> tuple[str, str]:
    """Name a cell's type and give its text: numbers as they are written, dates as ISO."""
    if isinstance(value, bool):
        return "b", str(value).upper()
    if isinstance(value, int | float):
        return "n", repr(value)
    if isinstance(value, datetime):
        return "d", value.date().isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    text = str(value)
    return ("e" if text in ERRORS else "s"), text


def _formulas(content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Return the cells that hold a formula, by sheet; most workbooks have none and are not parsed a second time."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f" in archive.read(name) for name in sheets):
            return {}
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    return {
        sheet.title: frozenset(place for place, cell in sheet._cells.items() if cell.data_type == "f")
        for sheet in book.worksheets
    }


def main() -> None:
    """Answer one workbook."""
    limit_self()
    content = sys.stdin.buffer.read()
    try:
        answer = read(content)
    except MemoryError:
        answer = {"error": "file_too_many_cells"}
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the parser raise means one thing: it cannot be read
        answer = {"error": "file_damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
