"""The workbook to fill in, empty or with what was typed so far: three sheets under the headings that are read back."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from intake.opening.tables import ORDER, SHEETS
from intake.opening.typed import TypedTables, sheet_rows

TEXT = {"num_format": "@"}
TITLES: Mapping[str, str] = {
    "members": "สมาชิกและเงินสัจจะสะสม",
    "loans": "สัญญาเงินกู้ที่ยังเหลือเงินต้น",
    "balances": "เงินสด เงินฝากธนาคาร และทุน",
}
NOTES: Mapping[str, str] = {
    "members": "หนึ่งคนต่อหนึ่งแถว ช่องที่ไม่มีให้เว้นว่าง ค้างส่งให้ใส่จำนวนเดือน",
    "loans": "หนึ่งสัญญาต่อหนึ่งแถว ช่องยกมาคือเงินต้นที่ยังเหลือ ผู้ค้ำใส่เลขที่สมาชิก",
    "balances": "ธนาคารหลายบัญชีให้เพิ่มแถว แล้วใส่เลขที่บัญชีในช่องรายละเอียด กำไรที่ยังไม่จัดสรรระบบคิดให้",
}
HEADING_ROW = 3


def pattern(typed: TypedTables, *, day: str) -> bytes:
    """Return the .xlsx; every cell below a heading is text, so that no spreadsheet turns 1/2567 into a day."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, text = book.add_format({"bold": True, "bottom": 2, "text_wrap": True}), book.add_format(TEXT)
        title = book.add_format({"bold": True, "font_size": 14})
        for key, form in SHEETS.items():
            sheet = book.add_worksheet(form.title)
            sheet.write_string(0, 0, f"{TITLES[key]} ณ สิ้นวันที่ {day}", title)
            sheet.write_string(1, 0, NOTES[key])
            called = {column.key: column.called for column in form.columns}
            rows = sheet_rows(key, typed.get(key, ()))
            _write(sheet, [called[name] for name in ORDER[key]], rows, bold, text)
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    bold: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format,
) -> None:
    for column, head in enumerate(heads):
        longest = max([len(head), *(len(row[column]) for row in rows)])
        sheet.set_column(column, column, min(max(longest + 2, 12), 40), text)
        sheet.write_string(HEADING_ROW, column, head, bold)
    for line, row in enumerate(rows, start=HEADING_ROW + 1):
        for column, said in enumerate(row):
            if said:
                sheet.write_string(line, column, said, text)
    sheet.freeze_panes(HEADING_ROW + 1, 2)
