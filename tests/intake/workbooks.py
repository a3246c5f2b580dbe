"""Workbooks as other villages keep them: other sizes, the columns in another order, dates and amounts in every form.

`messy` writes a made-up village with as much disorder as a seed gives; `village_a` opens the real-looking one, so that
a test can spoil one cell of it and ask for exactly that cell's problem.
"""

import io
import pickle
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from intake.demo.paper import PaperMaker, PaperVillage
from intake.demo.sheets import PaperSheet
from intake.workbook.child import cells_of
from intake.workbook.grid import grids_from
from intake.workbook.problems import Findings
from intake.workbook.reading import YearRead, judge, read_year
from intake.workbook.village import read_sheets
from thai.dates import format_date
from thai.digits import to_thai
from thai.money import format_baht

DATA = Path(__file__).parent.parent / "data"
VILLAGE_A = DATA / "village-a.xlsx"
TODAY = date(2026, 11, 22)
BANK = ""
MERGED = ("รหัสครัวเรือน", "บ้านเลขที่")
TOTAL_WORDS = ("รวม", "รวมทั้งสิ้น", "ยอดรวม", "รวมเงิน")


@cache
def _village_a() -> bytes:
    return pickle.dumps(openpyxl.load_workbook(VILLAGE_A), pickle.HIGHEST_PROTOCOL)


def village_a() -> Workbook:
    """The village of the test data, open for spoiling; read from its file once, which takes twice as long as a copy."""
    book: Workbook = pickle.loads(_village_a())  # noqa: S301 - our own
    return book


def as_bytes(book: Workbook) -> bytes:
    """The workbook as the file that a treasurer uploads."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, today: date = TODAY) -> YearRead:
    """Read a workbook as the import does."""
    return read_year(content, today=today, bank=BANK)


def spoiled(spoil: Callable[[Workbook], object], *, today: date = TODAY) -> YearRead:
    """Read village-a after something was changed in it, in this process, which is faster."""
    book = village_a()
    spoil(book)
    findings = Findings()
    return judge(read_sheets(grids_from(cells_of(book, {})), today=today, findings=findings), today=today, bank=BANK)


def paper(*, seed: int = 7, members: int = 25, loans: int | None = None, day: int = 5) -> PaperVillage:
    """A made-up village's year."""
    return PaperMaker(seed=seed, members=members, loans=loans, day=day).make()


def messy(village: PaperVillage, *, seed: int) -> bytes:
    """Write a village with the disorder of a real workbook, the same for the same seed."""
    random = Random(seed)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = list(village.sheets)
    random.shuffle(sheets)
    for sheet in sheets:
        MessySheet(book.create_sheet(_title(sheet.title, random)), sheet, random).write()
    if random.random() < 0.5:
        book.create_sheet("Sheet1")
    return as_bytes(book)


def _title(title: str, random: Random) -> str:
    return random.choice((title, f" {title} ", f"{title} 2568"))


class MessySheet:
    """One sheet, written in disorder."""

    def __init__(self, page: Worksheet, sheet: PaperSheet, random: Random) -> None:
        self.page, self.sheet, self.random = page, sheet, random
        self.order = list(range(len(sheet.columns)))
        if sheet.title != "ทะเบียนคุมสัจจะ":
            random.shuffle(self.order)
        self.left = random.randint(0, 2)
        self.row = 0

    def write(self) -> None:
        """Titles, headings, rows with gaps, totals, a remark and a signature below."""
        self._titles()
        self.headings = [self._heading(self.sheet.columns[column]) for column in self.order]
        self._line(self.headings)
        subtotal_from = 0
        for index, row in enumerate(self.sheet.rows):
            if self.random.random() < 0.04:
                self.row += 1  # a blank row
            if index and index % 40 == 0 and self.random.random() < 0.5:
                self._line(self.headings)  # the next printed page
            if index == 30 and self.sheet.title != "ยอดยกมา" and self.random.random() < 0.5:
                self._total("รวมหน้านี้", self.sheet.rows[subtotal_from:index])
            self._line([self._cell(self.sheet.columns[column], row[column]) for column in self.order])
        if self.sheet.title != "ยอดยกมา" and self.random.random() < 0.8:
            self._total(self.random.choice(TOTAL_WORDS), self.sheet.rows)
        self.row += 1
        self._line(["หมายเหตุ ลงรายการตามสมุด"])
        self._line([None, None, "ลงชื่อ                 เหรัญญิก"])

    def _titles(self) -> None:
        for text in (self.sheet.heading, "กลุ่มออมทรัพย์เพื่อการผลิต (ข้อมูลจำลอง)")[: self.random.randint(0, 2)]:
            self.row += 1
            self.page.cell(self.row, 1, text)
            last = max(2, len(self.order))
            self.page.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=last)
        self.row += self.random.randint(0, 3)

    def _line(self, values: Sequence[Any]) -> None:
        self.row += 1
        for offset, value in enumerate(values):
            if value is not None:
                self.page.cell(self.row, 1 + self.left + offset, value)

    def _heading(self, heading: str) -> str:
        spaced = heading.replace(" ", "  ") if self.random.random() < 0.3 else heading
        return f" {spaced}" if self.random.random() < 0.3 else spaced

    def _cell(self, column: str, value: object) -> object:
        if isinstance(value, date):
            return self._date(value)
        if column in self.sheet.amounts:
            return self._amount(value) if isinstance(value, int) else value
        if isinstance(value, int):
            return self.random.choice((value, value, f"{value:03d}", to_thai(value), float(value), f" {value} "))
        if isinstance(value, str) and self.random.random() < 0.1:
            return f"  {value} "
        return value

    def _date(self, on: date) -> object:
        buddhist = format_date(on, "numeric")
        return self.random.choice(
            (
                buddhist,
                to_thai(buddhist),
                format_date(on, "short").replace("\u00a0", " "),
                format_date(on, "long"),
                on,
                f"{on:%d/%m/%Y}",
                on.isoformat(),
                f"{on.day}-{on.month}-{on.year + 543}",
            )
        )

    def _amount(self, satang: int) -> object:
        number: object = satang // 100 if satang % 100 == 0 else satang / 100
        text = format_baht(satang)
        return self.random.choice((number, number, number, text, to_thai(text), f"{text} บาท", text.replace(",", "")))

    def _total(self, words: str, rows: list[list[object]]) -> None:
        line: list[object] = [None] * len(self.order)
        for place, column in enumerate(self.order):
            if self.sheet.columns[column] in self.sheet.amounts:
                line[place] = self._amount(sum(value for row in rows if isinstance(value := row[column], int)))
        free = next(place for place, value in enumerate(line) if value is None)
        line[free] = words
        if free == 0 or all(value is None for value in line[:free]):
            self._line(line)
            return
        first_amount = next(place for place, value in enumerate(line) if value is not None)
        if first_amount < free:
            line[:free] = [None] * free  # a total stands beside its word, amounts before it are left out
        self._line(line)
