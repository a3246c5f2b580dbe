"""ทะเบียนคุมสัจจะ, the pledge control register: what each member paid at each month's meeting."""

from intake.workbook.cells import read_member_number, read_payment, read_text
from intake.workbook.problems import Findings
from intake.workbook.rows import AccountYear, PledgeRow
from intake.workbook.sheets.people import NUMBER
from intake.workbook.sheets.reading import RowReader, SheetForm, Sums, compare_total
from intake.workbook.table import Column, Table, normal
from thai.months import MONTHS_EN, MONTHS_EN_SHORT, MONTHS_TH, MONTHS_TH_SHORT


def _month_column(month: int) -> Column:
    names = {normal(table[month - 1]) for table in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, MONTHS_EN_SHORT)} | {
        normal(MONTHS_TH[month - 1]).removesuffix("คม").removesuffix("ยน")
    }
    pattern = rf"(เดือน)?({'|'.join(sorted(names))})([0-9]{{2}}|[0-9]{{4}})?"
    return Column(f"m{month}", pattern, MONTHS_TH_SHORT[month - 1])


PLEDGES = SheetForm(
    "pledges",
    "ทะเบียนคุมสัจจะ",
    r"คุม(เงิน)?สัจจะ",
    (
        Column("number", NUMBER, "เลขที่"),
        Column("name", r"ชื่อ(และ)?-?(นาม)?สกุล|ชื่อ|ชื่อสมาชิก", "ชื่อ-สกุล", required=False),
        *(_month_column(month) for month in range(1, 13)),
        Column("total", r"(ยอด)?รวม(ทั้งปี|ทั้งสิ้น|ปีนี้|เงิน)?", "รวม", required=False),
    ),
)
MONTH_KEYS = tuple(f"m{month}" for month in range(1, 13))


def read_pledges(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[PledgeRow, ...], Sums]:
    """Read the register; each member has one row, each row's total is held against its twelve months."""
    rows: dict[int, PledgeRow] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        number = reader.needed("number", read_member_number, "member_number_missing")
        name = reader.cell("name", read_text, "")
        paid = {month: reader.cell(f"m{month}", read_payment, 0) for month in range(1, 13)}
        if reader.ok:
            compare_total(row, "total", (sum(paid.values()),), findings)
        sums.add(reader, total=sum(paid.values()), **{f"m{month}": satang for month, satang in paid.items()})
        if number is not None and number in rows:
            reader.refuse("number", "pledge_row_twice", number=number, first_row=rows[number].row.number)
        elif number is not None:
            rows[number] = PledgeRow(number, name, paid, row)
        if not reader.ok:
            findings.suspect(member=number)
            findings.unknown_members |= number is None
    sums.check(table, MONTH_KEYS, findings)
    if all(sums.known(key) for key in MONTH_KEYS):
        sums.check(table, ("total",), findings)
    return tuple(rows.values()), sums
