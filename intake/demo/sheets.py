"""The nine sheets of a made-up village as rows of plain values, and written as a workbook."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from intake.demo.people import Loan, Person
from thai.dates import format_date
from thai.months import MONTHS_TH_SHORT

MISSED = (None, "-", "ขาด")
NOTE = "กลุ่มออมทรัพย์เพื่อการผลิต (ข้อมูลจำลอง)"


@dataclass
class PaperSheet:
    """A sheet as rows of values: dates as dates, amounts as satang, the rest as written."""

    title: str
    heading: str
    columns: tuple[str, ...]
    rows: list[list[object]]
    amounts: tuple[str, ...]
    dates: tuple[str, ...] = ()


def paper_sheets(
    people: Sequence[Person],
    loans: Sequence[Loan],
    rows: Mapping[str, list[list[object]]],
    opening: list[list[object]],
    year: int,
    day: int,
) -> list[PaperSheet]:
    """Return the sheets in their customary order."""
    return [
        PaperSheet("ทะเบียนสมาชิก", f"ทะเบียนสมาชิก ปีบัญชี {year}", REGISTER, [_register_row(p) for p in people],
                   REGISTER[-3:], ("วันเกิด", "วันที่เข้าเป็นสมาชิก")),
        PaperSheet("ทะเบียนคุมสัจจะ", f"ทะเบียนคุมเงินสัจจะ ปี {year} (ประชุมทุกวันที่ {day})",
                   ("เลขที่", "ชื่อ-สกุล", *MONTHS_TH_SHORT, "รวม"), [_pledge_row(p) for p in people],
                   (*MONTHS_TH_SHORT, "รวม")),
        PaperSheet("เงินกู้", "ทะเบียนสัญญาเงินกู้", CONTRACTS, [_contract_row(loan) for loan in loans],
                   ("จำนวนเงิน", "เงินต้นคงเหลือยกมา"), ("วันที่",)),
        PaperSheet("รับชำระหนี้", "รับชำระหนี้รายเดือน",
                   ("วันที่", "เลขที่สัญญา", "เลขที่สมาชิก", "เงินต้น", "ดอกเบี้ย", "ค่าปรับ"), rows["repayments"],
                   ("เงินต้น", "ดอกเบี้ย", "ค่าปรับ"), ("วันที่",)),
        PaperSheet("สัจจะพิเศษ", "เงินสัจจะสะสมพิเศษ ฝาก-ถอน", ("วันที่", "เลขที่สมาชิก", "ฝาก", "ถอน", "ดอกเบี้ย"),
                   rows["special"], ("ฝาก", "ถอน", "ดอกเบี้ย"), ("วันที่",)),
        PaperSheet("รับจ่ายอื่น", "รายรับรายจ่ายอื่น", ("วันที่", "รายการ", "กองทุน", "ประเภท", "รับ", "จ่าย"),
                   rows["other"], ("รับ", "จ่าย"), ("วันที่",)),
        PaperSheet("ลาออก", "สมาชิกลาออก คืนเงินสัจจะ", ("วันที่", "เลขที่สมาชิก", "คืนสัจจะ", "คืนสัจจะพิเศษ"),
                   rows["leavers"], ("คืนสัจจะ", "คืนสัจจะพิเศษ"), ("วันที่",)),
        PaperSheet("ธนาคาร", "ถอนธนาคารก่อนประชุม และนำฝากหลังประชุม", ("วันที่", "รายการ", "ฝาก", "ถอน"),
                   rows["bank"], ("ฝาก", "ถอน"), ("วันที่",)),
        PaperSheet("ยอดยกมา", f"ยอดยกมา ณ วันที่ 1 ม.ค. {year}", ("รายการ", "กองทุน", "จำนวนเงิน"), opening,
                   ("จำนวนเงิน",)),
    ]  # fmt: skip


REGISTER = (
    "เลขที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "บ้านเลขที่", "รหัสครัวเรือน", "ประเภท",
    "วันที่เข้าเป็นสมาชิก", "สัจจะต่อเดือน (บาท)", "ยอดยกมา สัจจะ", "ยอดยกมา พิเศษ",
)  # fmt: skip
CONTRACTS = (
    "เลขที่สัญญา", "เลขที่สมาชิก", "วันที่", "จำนวนเงิน", "จำนวนงวด", "ผู้ค้ำ 1", "ผู้ค้ำ 2", "เงินต้นคงเหลือยกมา",
)  # fmt: skip


def _register_row(person: Person) -> list[object]:
    body = person.kind == "วิสามัญ"
    return [
        person.number, None if body else "นาง" if person.woman else "นาย", person.first, person.last or None,
        None if body else made_up_national_id(person.number), None if body else person.birth,
        str(10 + person.number), person.household, person.kind, person.joined, person.pledge,
        person.brought or None, person.brought_special or None,
    ]  # fmt: skip


def made_up_national_id(number: int) -> str:
    """Return 13 digits with a right check digit; registration office 0000 does not exist, so nobody has this one."""
    digits = f"80000{number:07d}"
    check = (11 - sum(int(digit) * (13 - index) for index, digit in enumerate(digits)) % 11) % 10
    return f"{digits}{check}"


def _pledge_row(person: Person) -> list[object]:
    paid = [person.received.get(month) for month in range(1, 13)]
    months = [
        satang or (MISSED[(person.number + month) % 3] if satang == 0 else None) for month, satang in enumerate(paid)
    ]
    return [person.number, f"{person.first} {person.last}".strip(), *months, sum(satang or 0 for satang in paid)]


def _contract_row(loan: Loan) -> list[object]:
    return [loan.contract, loan.number, loan.on, loan.amount, loan.term, *loan.guarantors, loan.brought]


def write_workbook(sheets: Sequence[PaperSheet]) -> bytes:
    """Write the sheets as a village's treasurer does: a title, the headings, the rows, a total; dates as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        page.merge_range(0, 0, 0, len(sheet.columns) - 1, sheet.heading)
        page.write(1, 0, NOTE)
        page.write_row(3, 0, sheet.columns)
        amounts = [column in sheet.amounts for column in sheet.columns]
        for index, row in enumerate(sheet.rows, start=4):
            for column, value in enumerate(row):
                page.write(index, column, _written(value, amount=amounts[column]))
        if sheet.rows and sheet.title != "ยอดยกมา":
            _write_total(page, sheet, amounts)
    book.close()
    return out.getvalue()


def _write_total(page: xlsxwriter.worksheet.Worksheet, sheet: PaperSheet, amounts: Sequence[bool]) -> None:
    page.write(4 + len(sheet.rows), 0, "รวม")
    for column, amount in enumerate(amounts):
        if amount:
            total = sum(value for row in sheet.rows if isinstance(value := row[column], int))
            page.write(4 + len(sheet.rows), column, total / 100)


def _written(value: object, *, amount: bool) -> object:
    if amount and isinstance(value, int):
        return value // 100 if value % 100 == 0 else value / 100
    if isinstance(value, date):
        return format_date(value, "numeric")
    return value
