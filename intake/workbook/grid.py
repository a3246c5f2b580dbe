"""The cells of a workbook as plain values, brought over from the process that parsed it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from intake.workbook.container import check_container
from intake.workbook.problems import Unreadable

WALL_SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Broken:
    """A cell without a value: an error of the spreadsheet, or a formula whose result was never saved."""

    code: str
    text: str = ""


Value: TypeAlias = str | Decimal | date | bool | Broken


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells by (row, column), counted from 1, and its merged areas."""

    title: str
    cells: Mapping[tuple[int, int], Value]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    by_row: Mapping[int, Mapping[int, Value]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), value in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = value
        object.__setattr__(self, "by_row", rows)


def read_grids(content: bytes) -> list[Grid]:
    """Check the file and parse it in a process of its own with limits. Raises Unreadable."""
    check_container(content)
    answer = _ask_child(content)
    if "error" in answer:
        raise Unreadable(answer["error"])
    return grids_from(answer)


def grids_from(answer: Mapping[str, Any]) -> list[Grid]:
    """Turn the child's answer into sheets."""
    return [_grid(sheet) for sheet in answer["sheets"]]


def _ask_child(content: bytes) -> dict[str, Any]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONIOENCODING": "utf-8",
        "OPENPYXL_LXML": "False",
        "OPENPYXL_DEFUSEDXML": "True",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "intake.workbook.child"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("file_too_many_cells") from error
    if done.returncode != 0:
        raise Unreadable("file_too_many_cells")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _grid(sheet: Mapping[str, Any]) -> Grid:
    cells = {(row, column): _value(kind, text) for row, column, kind, text in sheet["cells"]}
    merged = tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in sheet["merged"])
    return Grid(title=sheet["title"], cells=cells, merged=merged, hidden=sheet["hidden"])


def _value(kind: str, text: str) -> Value:
    match kind:
        case "n":
            return Decimal(text)
        case "d":
            return date.fromisoformat(text)
        case "b":
            return text == "TRUE"
        case "e":
            return Broken("cell_error", text)
        case "f":
            return Broken("cell_formula")
    return text
