"""The three tables of opening balances and their columns: members, loans, what else there is.

The words of the sheets meet the chart of accounts here; each of them may be typed in the browser or come as a sheet.
"""

import re
from collections.abc import Mapping, Sequence

from intake.workbook.sheets.funds import OPENING_ACCOUNTS, POOL
from intake.workbook.sheets.loans import CONTRACTS
from intake.workbook.sheets.people import NUMBER
from intake.workbook.sheets.reading import SheetForm
from intake.workbook.table import Column, normal

MEMBERS, LOANS, BALANCES = "members", "loans", "balances"

MEMBER_SHEET = SheetForm(
    MEMBERS,
    "สมาชิก",
    r"สมาชิก|รายชื่อ",
    (
        Column("number", NUMBER, "เลขที่"),
        Column("title", r"คำนำหน้า(ชื่อ|นาม)?", "คำนำหน้า", required=False),
        Column("first", r"ชื่อ|ชื่อตัว|ชื่อสมาชิก|ชื่อ(ตัว)?-?(และ)?(นาม)?สกุล", "ชื่อ"),
        Column("last", r"(ชื่อ)?(นาม)?สกุล", "นามสกุล", required=False),
        Column("kind", r"ประเภท(สมาชิก)?", "ประเภท", required=False),
        Column("joined", r"(วันที่)?(เข้า)?(เป็น)?สมาชิก(เมื่อ)?|วันที่เข้า|วันที่สมัคร", "วันที่เข้าเป็นสมาชิก", required=False),
        Column("pledge", r"(เงิน)?สัจจะ(ต่อ|ราย|/)เดือน(ละ)?|สัจจะเดือนละ", "สัจจะต่อเดือน"),
        Column("special2", r"(เงิน)?สัจจะ(สะสม)?พิเศษเล่ม(ที่)?2", "สัจจะพิเศษ เล่มที่ 2", required=False),
        Column("special", r"(เงิน)?สัจจะ(สะสม)?พิเศษ(เล่ม(ที่)?1)?", "สัจจะพิเศษ เล่มที่ 1", required=False),
        Column("savings", r"(ยอด)?(ยกมา)?(เงิน)?สัจจะ(สะสม)?(ยกมา)?|เงินสะสม", "เงินสัจจะสะสม"),
        Column("owed", r"(จำนวน)?(เดือนที่)?ค้างส่ง(กี่)?(เดือน)?", "ค้างส่ง (เดือน)", required=False),
    ),
)
LOAN_SHEET = CONTRACTS
BALANCE_SHEET = SheetForm(
    BALANCES,
    "ยอดยกมา",
    r"ยกมา",
    (
        Column("memo", r"รายการ|ชื่อบัญชี|บัญชี", "รายการ"),
        Column("pool", POOL, "กองทุน", merges=True),
        Column("detail", r"รายละเอียด|เลขที่บัญชีธนาคาร|เลขที่บัญชี", "รายละเอียด", required=False),
        Column("amount", r"จำนวนเงิน|จำนวน|ยอด(เงิน)?|ยอดยกมา", "จำนวนเงิน"),
    ),
)
SHEETS: Mapping[str, SheetForm] = {MEMBERS: MEMBER_SHEET, LOANS: LOAN_SHEET, BALANCES: BALANCE_SHEET}
# The order in which people write the columns; the sheets' own order is that in which headings are recognised.
ORDER: Mapping[str, Sequence[str]] = {
    MEMBERS: (
        "number", "title", "first", "last", "kind", "joined", "pledge", "savings", "special", "special2", "owed",
    ),
    LOANS: ("contract", "number", "day", "amount", "instalments", "brought", "guarantor1", "guarantor2"),
    BALANCES: ("memo", "pool", "detail", "amount"),
}  # fmt: skip
# What makes a row one row: the same key again is the same row, corrected.
KEYS: Mapping[str, Sequence[str]] = {MEMBERS: ("number",), LOANS: ("contract",), BALANCES: ("code", "detail")}
POOL_WORDS = {"O": "ทุนดำเนินการ", "A": "ทุนค่าใช้สอย"}
# What is asked for, as the sheet calls it. Savings and loans are the sums of their tables; what is left is worked out.
ASKED: Mapping[str, str] = {
    "O1100": "เงินสดในมือ",
    "O1200": "เงินฝากธนาคาร",
    "O1400": "สินค้าคงเหลือของกิจกรรม",
    "O1500": "เงินยืมทดรอง",
    "O2300": "เงินกู้ธนาคาร",
    "O2350": "เงินอุดหนุนที่ต้องคืน",
    "O2400": "เงินปันผลและเงินเฉลี่ยคืนค้างจ่าย",
    "O2500": "ค่าตอบแทนกรรมการค้างจ่าย",
    "O2600": "เงินรับไว้ไม่ทราบเจ้าของ",
    "O3100": "ทุนสำรอง",
    "O3200": "เงินอุดหนุน",
    "O3300": "เงินบริจาค",
    "O3400": "สวัสดิการ",
    "O3500": "สาธารณประโยชน์",
    "O3600": "ทุนอื่น",
    "A1100": "เงินสดในมือ",
    "A1200": "เงินฝากธนาคาร",
    "A1500": "เงินยืมทดรอง",
}
USUAL = ("O1100", "O1200", "O3100", "O3200", "O3300", "O3400", "O3500", "A1100", "A1200")
SUMMED = ("O1300", "O2100", "O2200", "O3900", "A3100")


def account_named(pool: str, memo: str) -> str:
    """The account that a row means, by the words of its sheet; empty if they are not known."""
    text = normal(memo)
    for code, called in ASKED.items():
        if code[0] == pool and normal(called) == text:
            return code
    for code, pattern in OPENING_ACCOUNTS:
        if code[0] == pool and re.fullmatch(pattern, text):
            return code
    return ""
