"""สัจจะพิเศษ, special savings, and ธนาคาร, the bank."""

from intake.workbook.cells import read_member_number
from intake.workbook.problems import Findings
from intake.workbook.rows import AccountYear, BankRow, SpecialRow
from intake.workbook.sheets.people import DAY, NUMBER
from intake.workbook.sheets.reading import RowReader, SheetForm, Sums
from intake.workbook.table import Column, Table

SPECIAL = SheetForm(
    "special",
    "สัจจะพิเศษ",
    r"พิเศษ",
    (
        Column("day", DAY, "วันที่", merges=True),
        Column("number", NUMBER, "เลขที่สมาชิก", merges=True),
        Column("deposit", r"(เงิน)?(นำ)?ฝาก(เงิน)?|รับฝาก", "ฝาก"),
        Column("withdrawal", r"(เงิน)?ถอน(เงิน)?", "ถอน"),
        Column("interest", r"ดอกเบี้ย(รับ)?", "ดอกเบี้ย"),
    ),
)
BANK = SheetForm(
    "bank",
    "ธนาคาร",
    r"ธนาคาร",
    (
        Column("day", DAY, "วันที่", merges=True),
        Column("memo", r"รายการ", "รายการ", required=False),
        Column("carried", r"(เงิน)?(นำ)?ฝาก(ธนาคาร|เงิน)?", "ฝาก"),
        Column("fetched", r"(เงิน)?ถอน(ธนาคาร|เงิน)?", "ถอน"),
    ),
)


def read_special(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[SpecialRow, ...], Sums]:
    """Read the movements of special savings."""
    rows: list[SpecialRow] = []
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        on = reader.day("day", year)
        number = reader.needed("number", read_member_number, "member_number_missing")
        deposit, withdrawal, interest = (reader.amount(key) for key in ("deposit", "withdrawal", "interest"))
        if reader.ok and not deposit + withdrawal + interest:
            reader.refuse("deposit", "amount_missing")
        sums.add(reader, deposit=deposit, withdrawal=withdrawal, interest=interest)
        if reader.ok and on is not None and number is not None:
            rows.append(SpecialRow(on, number, deposit, withdrawal, interest, row))
        else:
            findings.suspect(member=number)
            findings.unknown_members |= number is None
    sums.check(table, ("deposit", "withdrawal", "interest"), findings)
    return tuple(rows), sums


def read_bank(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[BankRow, ...], Sums]:
    """Read what was fetched from the bank and carried to it."""
    rows: list[BankRow] = []
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        on = reader.day("day", year)
        carried, fetched = reader.amount("carried"), reader.amount("fetched")
        if reader.ok and not carried + fetched:
            reader.refuse("carried", "amount_missing")
        sums.add(reader, carried=carried, fetched=fetched)
        if reader.ok and on is not None:
            rows.append(BankRow(on, carried, fetched, row))
    sums.check(table, ("carried", "fetched"), findings)
    return tuple(rows), sums
