"""Lists as files: CSV that a spreadsheet opens in Thai, and XLSX. No cell ever becomes a formula.

A text that begins with = + - @, a tab or a line end is what a spreadsheet would calculate. XLSX says of each cell that
it is text; CSV cannot, so such a text gets an apostrophe in front, which spreadsheets show as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from thai.dates import format_date
from thai.quantities import Grams, format_kg, kilogram

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SHEET_NAME_LIMIT = 31
_MAX_WIDTH = 48


@dataclass(frozen=True)
class Money:
    """An amount in a list: a number in baht with two decimals, never text."""

    satang: int


@dataclass(frozen=True)
class _Formats:
    """How amounts look in a workbook."""

    money: xlsxwriter.format.Format
    kilograms: xlsxwriter.format.Format


Cell = str | int | date | Money | None


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file, UTF-8 with a byte-order mark, dates in the Buddhist Era."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_csv_text(head) for head in heads])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Money(satang=satang):
            return str(_baht(satang))
        case date():
            return format_date(cell, "numeric")
        case Grams():
            return format_kg(cell)
        case int():
            return str(cell)
    return _csv_text(cell)


def _csv_text(text: str) -> str:
    return (
        f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else text
    )


def xlsx_bytes(sheet_name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet: heads frozen, amounts as numbers, everything that is text kept as text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(sheet_name))
        head_format = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0.00"})
        formats = _Formats(money, book.add_format({"num_format": f'#,##0.000 "{kilogram()}"'}))
        widths = [len(head) for head in heads]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, head_format)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                shown = _write_cell(sheet, line, column, cell, formats)
                widths[column] = max(widths[column], shown)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, 8), _MAX_WIDTH))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, cell: Cell, formats: _Formats) -> int:
    match cell:
        case None:
            return 0
        case Money(satang=satang):
            sheet.write_number(line, column, _baht(satang), formats.money)
            return 14
        case date():
            text = format_date(cell, "numeric")
        case Grams():
            sheet.write_number(line, column, Decimal(cell).scaleb(-3), formats.kilograms)
            return 14
        case int():
            sheet.write_number(line, column, cell)
            return len(str(cell))
        case _:
            text = cell
    sheet.write_string(line, column, text)
    return len(text)


def _baht(satang: int) -> Decimal:
    return Decimal(satang).scaleb(-2).quantize(Decimal("0.01"))


def _sheet_name(name: str) -> str:
    cleaned = "".join(" " if char in "[]:*?/\\" else char for char in name).strip("' ")
    return cleaned[:_SHEET_NAME_LIMIT] or "1"
