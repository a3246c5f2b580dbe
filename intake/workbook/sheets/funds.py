"""รับจ่ายอื่น, other income and cost, and ยอดยกมา, the balances at the year's first day.

The words of the sheets meet the chart of accounts here and nowhere else.
"""

import re
from dataclasses import dataclass

from intake.workbook.cells import read_text
from intake.workbook.problems import Findings
from intake.workbook.rows import AccountYear, OpeningRow, OtherRow
from intake.workbook.sheets.people import DAY
from intake.workbook.sheets.reading import RowReader, SheetForm, Sums, compare_total
from intake.workbook.table import Column, Row, Table, normal

POOL = r"(เงิน)?(กอง)?ทุน|(เงิน)?(กอง)?ทุนประเภท|ประเภททุน"
OTHER = SheetForm(
    "other",
    "รับจ่ายอื่น",
    r"รับจ่าย|รายจ่าย",
    (
        Column("day", DAY, "วันที่", merges=True),
        Column("memo", r"รายการ|รายละเอียด", "รายการ"),
        Column("pool", POOL, "กองทุน"),
        Column("kind", r"ประเภท(รายการ|รายรับรายจ่าย)?|หมวด", "ประเภท"),
        Column("received", r"(ราย|จำนวน)?รับ(เงิน)?", "รับ"),
        Column("paid", r"(ราย|จำนวน)?จ่าย(เงิน)?", "จ่าย"),
    ),
)
OPENING = SheetForm(
    "opening",
    "ยอดยกมา",
    r"ยกมา",
    (
        Column("memo", r"รายการ|ชื่อบัญชี|บัญชี", "รายการ"),
        Column("pool", POOL, "กองทุน", merges=True),
        Column("amount", r"จำนวนเงิน|จำนวน|ยอด(เงิน)?|ยอดยกมา", "จำนวนเงิน"),
    ),
)


@dataclass(frozen=True)
class _Kind:
    """A kind of income or cost as written: its pool, its direction, its account and journal kind."""

    pool: str
    pattern: str
    direction: str
    account: str
    kind: str
    held: bool = False  # the account has a holder: the activity, the donor


KINDS = (
    _Kind("O", r"ดอกเบี้ย(เงินฝาก)?(ธนาคาร)?(รับ)?", "received", "O4300", "income"),
    _Kind("O", r"รายได้(จาก)?กิจกรรม|กิจกรรม|กำไรกิจกรรม", "received", "O4400", "income", held=True),
    _Kind("O", r"(เงิน)?อุดหนุน", "received", "O3200", "subsidy"),
    _Kind("O", r"(เงิน)?บริจาค", "received", "O3300", "donation"),
    _Kind("O", r"ค่าปรับ", "received", "O4200", "income"),
    _Kind("O", r"รายได้อื่น(ๆ)?|ค่า(ทำ)?สัญญา|ค่าธรรมเนียมสัญญา|หนี้สูญได้รับคืน", "received", "O4500", "income"),
    _Kind("O", r"ค่าใช้จ่าย(ใน)?(การ)?ดำเนินการ|ค่าธรรมเนียมธนาคาร", "paid", "O5100", "expense"),
    _Kind("O", r"ค่าใช้จ่าย(ของ)?กิจกรรม|กิจกรรม", "paid", "O5300", "expense", held=True),
    _Kind("O", r"ดอกเบี้ย(จ่าย)?(เงินกู้)(ธนาคาร)?(จ่าย)?", "paid", "O5500", "expense"),
    _Kind("O", r"(เงิน|ค่า)?สวัสดิการ", "paid", "O3400", "expense"),
    _Kind("O", r"สาธารณประโยชน์", "paid", "O3500", "expense"),
    _Kind("A", r"ค่าธรรมเนียม(แรกเข้า)?|ค่าสมัคร(และค่าธรรมเนียมแรกเข้า)?|ค่าแรกเข้า", "received", "A4100", "income"),
    _Kind("A", r"รายได้อื่น(ๆ)?|บริจาค|(เงิน)?บริจาค", "received", "A4900", "income"),
    _Kind("A", r"ค่าใช้จ่าย(ใน)?(การ)?(บริหาร)?|ค่าใช้สอย|ค่าใช้จ่ายค่าใช้สอย", "paid", "A5100", "expense"),
)
OPENING_ACCOUNTS = (
    ("O1100", r"เงินสด(ในมือ|คงเหลือ)?"),
    ("O1200", r"เงินฝาก(ธนาคาร|ออมทรัพย์)?|ธนาคาร|เงินฝากธนาคาร.*"),
    ("O1300", r"ลูกหนี้(เงินกู้)?(สมาชิก)?|เงินกู้คงเหลือ|เงินให้กู้"),
    ("O2200", r"(เงิน)?สัจจะ(สะสม)?พิเศษ(สมาชิก)?|เงินรับฝาก"),
    ("O2100", r"(เงิน)?สัจจะ(สะสม)?(ทรัพย์)?(ของ)?(สมาชิก)?|เงินสะสม(สมาชิก)?"),
    ("O2300", r"(เงินกู้|เจ้าหนี้)(ธนาคาร|เงินกู้ธนาคาร)"),
    ("O3100", r"(เงิน)?(ทุน)?สำรอง"),
    ("O3200", r"(เงิน)?(ทุน)?อุดหนุน"),
    ("O3300", r"(เงิน)?(ทุน)?บริจาค"),
    ("O3400", r"(เงิน)?(กอง)?(ทุน)?สวัสดิการ"),
    ("O3500", r"(เงิน)?(กอง)?(ทุน)?สาธารณประโยชน์"),
    ("O3900", r"กำไร(สะสม|ยังไม่(ได้)?จัดสรร|รอจัดสรร|ยกมา)"),
    ("O3600", r"(เงิน)?ทุน(อื่น|ดำเนินการ|สะสม).*"),
    ("A1100", r"เงินสด(ในมือ|คงเหลือ)?"),
    ("A1200", r"เงินฝาก(ธนาคาร|ออมทรัพย์)?|ธนาคาร"),
    ("A3100", r"(เงิน)?ทุน(สำหรับใช้เป็น)?(ค่าใช้สอย|บริหาร|สะสม)|ค่าใช้สอย(สะสม|คงเหลือ)?"),
)
HELD = frozenset({"O2300", "O3600"})
_ACTIVITY = re.compile(r"^(กำไร|รายได้|รายรับ|เงินปันผล|ค่าใช้จ่าย)(จาก|ของ)?\s*")


def as_holder(memo: str) -> str:
    """Turn a description into the holder of an account: at most 40 letters, no comma in front."""
    return memo.lstrip(" ,")[:40].strip() or "-"


def read_pool(reader: RowReader) -> str:
    """Read which pool a row belongs to: O operating, A administrative."""
    text = normal(reader.cell("pool", read_text, ""))
    if "ดำเนินการ" in text:
        return "O"
    if "ค่าใช้สอย" in text or "บริหาร" in text:
        return "A"
    if "pool" not in reader.refused:
        reader.refuse("pool", "pool_unknown", typed=reader.cell("pool", read_text, ""))
    return ""


def read_other(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[OtherRow, ...], Sums]:
    """Read other income and cost, each with its pool and kind."""
    rows: list[OtherRow] = []
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        on = reader.day("day", year)
        memo = reader.cell("memo", read_text, "")
        pool = read_pool(reader)
        received, paid = reader.amount("received"), reader.amount("paid")
        sums.add(reader, received=received, paid=paid)
        if reader.ok and bool(received) == bool(paid):
            reader.refuse("received" if not received else "paid", "one_of_two_amounts")
        kind = _kind(reader, pool, "received" if received else "paid") if reader.ok else None
        if reader.ok and on is not None and kind is not None:
            holder = as_holder(_ACTIVITY.sub("", memo) or memo) if kind.held else ""
            rows.append(OtherRow(on, memo, kind.kind, kind.account, holder, received, paid, row))
    sums.check(table, ("received", "paid"), findings)
    return tuple(rows), sums


def _kind(reader: RowReader, pool: str, direction: str) -> _Kind | None:
    """Return what the written kind means in this pool and direction, or say why it cannot stand there."""
    typed = reader.cell("kind", read_text, "")
    text = normal(typed)
    fitting = [kind for kind in KINDS if re.fullmatch(kind.pattern, text)]
    for kind in fitting:
        if (kind.pool, kind.direction) == (pool, direction):
            return kind
    if any(kind.pool == pool for kind in fitting):
        reader.refuse(direction, "kind_wrong_direction", kind=typed)
    elif fitting:
        reader.refuse("kind", "kind_wrong_pool", kind=typed)
    else:
        reader.refuse("kind", "kind_unknown", typed=typed)
    return None


def read_opening(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[OpeningRow, ...], Sums]:
    """Read the balances at the year's first day, each account once."""
    rows: dict[str, OpeningRow] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        memo = reader.needed("memo", read_text, "opening_name_missing") or ""
        pool = read_pool(reader)
        amount = reader.amount("amount")
        sums.add(reader, amount=amount)
        account = _opening_account(reader, pool, memo) if reader.ok else ""
        if account in rows and account not in HELD:
            reader.refuse("memo", "opening_twice", typed=memo, first_row=rows[account].row.number)
        elif account:
            rows[account + (memo if account in HELD else "")] = OpeningRow(account, memo, amount, row)
    if sums.known("amount"):
        for total in table.totals:
            _check_opening_total(total, tuple(rows.values()), findings)
    return tuple(rows.values()), sums


def _opening_account(reader: RowReader, pool: str, memo: str) -> str:
    text = normal(memo)
    for account, pattern in OPENING_ACCOUNTS:
        if account[0] == pool and re.fullmatch(pattern, text):
            return account
    reader.refuse("memo", "opening_account_unknown", typed=memo)
    return ""


def _check_opening_total(total: Row, rows: tuple[OpeningRow, ...], findings: Findings) -> None:
    """Hold a written total against the sums that it may mean: a side, a pool's side, a pool, all."""
    above = [row for row in rows if row.row.number < total.number]
    sums = {sum(row.amount for row in above)}
    for pool in ("", "O", "A"):
        for types in ("1", "23", "123"):
            sums.add(sum(row.amount for row in above if row.account.startswith(pool) and row.account[1] in types))
    ordered = sorted(sums, reverse=True)
    compare_total(total, "amount", ordered, findings)
