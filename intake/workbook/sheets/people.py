"""ทะเบียนสมาชิก, the register, and ลาออก, those who left."""

from dataclasses import replace

from intake.workbook.cells import read_date, read_member_number, read_national_id, read_text
from intake.workbook.problems import WARNING, CellError, Findings
from intake.workbook.rows import AccountYear, LeaverRow, MemberRow
from intake.workbook.sheets.reading import RowReader, SheetForm, Sums
from intake.workbook.table import Column, Table, normal

NUMBER = r"เลขที่|เลขที่สมาชิก|เลขสมาชิก|เลขทะเบียน|เลขทะเบียนสมาชิก|รหัสสมาชิก|สมาชิกเลขที่|ทะเบียนที่"
DAY = r"วันที่|วันเดือนปี|ว/ด/ป|วดป|วันประชุม|วันที่ประชุม"
KINDS = {"สามัญ": "ordinary", "วิสามัญ": "associate", "สมทบ": "associate", "กิตติมศักดิ์": "honorary"}

REGISTER = SheetForm(
    "register",
    "ทะเบียนสมาชิก",
    r"ทะเบียนสมาชิก|รายชื่อสมาชิก",
    (
        Column("number", NUMBER, "เลขที่"),
        Column("title", r"คำนำหน้า(ชื่อ|นาม)?", "คำนำหน้า", required=False),
        Column("first", r"ชื่อ|ชื่อตัว|ชื่อสมาชิก", "ชื่อ"),
        Column("last", r"(ชื่อ)?(นาม)?สกุล", "นามสกุล"),
        Column("national_id", r".*(ประจำตัวประชาชน|บัตรประชาชน|บัตรประจำตัว).*", "เลขประจำตัวประชาชน", required=False),
        Column("birth", r"(วัน)?(เดือน)?(ปี)?(ที่)?เกิด", "วันเกิด", required=False),
        Column("house", r"บ้านเลขที่|ที่อยู่", "บ้านเลขที่", required=False, merges=True),
        Column("household", r"(รหัส|เลขที่)?ครัวเรือน(ที่)?|รหัสบ้าน", "รหัสครัวเรือน", merges=True),
        Column("kind", r"ประเภท(สมาชิก)?", "ประเภท"),
        Column("joined", r"(วันที่)?(วันที่เข้า)?(เข้า)?(เป็น)?สมาชิก(เมื่อ)?|วันที่เข้า|วันที่สมัคร", "วันที่เข้าเป็นสมาชิก"),
        Column("pledge", r"(เงิน)?สัจจะ(ต่อ|ราย|/)เดือน(ละ)?|สัจจะเดือนละ", "สัจจะต่อเดือน"),
        Column("brought_special", r"(ยอด)?ยกมา.*พิเศษ|.*พิเศษ.*ยกมา", "ยอดยกมา พิเศษ"),
        Column("brought_pledge", r"(ยอด)?ยกมา(เงิน)?สัจจะ(สะสม)?|(เงิน)?สัจจะ(สะสม)?(ยอด)?ยกมา", "ยอดยกมา สัจจะ"),
    ),
)
LEAVERS = SheetForm(
    "leavers",
    "ลาออก",
    r"ลาออก",
    (
        Column("day", DAY + r"|วันที่ลาออก", "วันที่", merges=True),
        Column("number", NUMBER, "เลขที่สมาชิก"),
        Column("special", r"(จ่าย)?คืน(เงิน)?(สัจจะ)?(สะสม)?พิเศษ|สัจจะพิเศษ", "คืนสัจจะพิเศษ"),
        Column("pledge", r"(จ่าย)?คืน(เงิน)?สัจจะ(สะสม)?|สัจจะ", "คืนสัจจะ"),
    ),
)


def read_register(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[MemberRow, ...], Sums]:
    """Read the register; every member number once."""
    members: dict[int, MemberRow] = {}
    national_ids: dict[str, int] = {}
    first_rows: dict[int, int] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        number = reader.needed("number", read_member_number, "member_number_missing")
        if number is not None and number in first_rows:
            reader.refuse("number", "member_number_twice", number=number, first_row=first_rows[number])
        elif number is not None:
            first_rows[number] = row.number
        member = _read_member(reader, number or 0, year)
        member = _with_own_national_id(reader, member, national_ids)
        sums.add(
            reader, pledge=member.pledge, brought_pledge=member.brought_pledge, brought_special=member.brought_special
        )
        if reader.ok and number is not None:
            members[number] = member
        elif number is None:
            findings.unknown_members = True
        else:
            findings.suspect(member=number)
            members.setdefault(number, member)
    sums.check(table, ("pledge", "brought_pledge", "brought_special"), findings)
    return tuple(members.values()), sums


def _read_member(reader: RowReader, number: int, year: AccountYear) -> MemberRow:
    kind = KINDS.get(normal(reader.cell("kind", read_text, "")).removeprefix("สมาชิก"))
    if kind is None and "kind" not in reader.refused:
        reader.refuse("kind", "member_kind_unknown", typed=reader.cell("kind", read_text, ""))
    joined_on = reader.needed("joined", read_date, "date_missing")
    if joined_on is not None and joined_on > year.ends_on:
        reader.refuse("joined", "date_outside_year", written_on=joined_on.isoformat(), year=year.name)
    member = MemberRow(
        number=number,
        title=reader.cell("title", lambda value: read_text(value, longest=30), ""),
        first_name=reader.needed("first", read_text, "name_missing") or "",
        last_name=reader.cell("last", read_text, ""),
        national_id=_national_id(reader),
        birth_on=reader.cell("birth", read_date, None),
        house_no=reader.cell("house", lambda value: read_text(value, longest=20), ""),
        household=reader.cell("household", lambda value: read_text(value, longest=20), ""),
        kind=kind or "ordinary",
        joined_on=joined_on or year.starts_on,
        pledge=reader.pledge("pledge"),
        brought_pledge=reader.amount("brought_pledge"),
        brought_special=reader.amount("brought_special"),
        row=reader.row,
    )
    _check_member(reader, member, year)
    return member


def _check_member(reader: RowReader, member: MemberRow, year: AccountYear) -> None:
    if member.kind != "associate" and not member.last_name and "last" not in reader.refused:
        reader.refuse("last", "surname_missing")
    if not member.household and "household" not in reader.refused:
        reader.refuse("household", "household_missing")
    if not member.pledge and member.kind != "honorary" and "pledge" not in reader.refused:
        reader.refuse("pledge", "pledge_missing")
    if member.birth_on is not None and member.birth_on > year.ends_on:
        reader.refuse("birth", "birth_after_year", written_on=member.birth_on.isoformat())
    for key, satang in (("brought_pledge", member.brought_pledge), ("brought_special", member.brought_special)):
        if satang and member.joined_on >= year.starts_on:
            reader.refuse(key, "brought_before_joining", joined_on=member.joined_on.isoformat())


def _national_id(reader: RowReader) -> str:
    """Read the national ID; a wrong one is a warning and is left out."""
    try:
        return read_national_id(reader.row.value("national_id"))
    except CellError as error:
        reader.findings.add(reader.row.place("national_id"), error.code, severity=WARNING)
        return ""


def _with_own_national_id(reader: RowReader, member: MemberRow, seen: dict[str, int]) -> MemberRow:
    """Warn of a national ID that is missing or stands with another member already; the second one is left out."""
    row = reader.row
    if not member.national_id:
        if row.value("national_id") is None and member.kind != "associate":
            reader.findings.add(row.place("national_id"), "national_id_missing", severity=WARNING)
    elif member.national_id in seen:
        first = seen[member.national_id]
        reader.findings.add(row.place("national_id"), "national_id_twice", severity=WARNING, number=first)
        return replace(member, national_id="")
    else:
        seen[member.national_id] = member.number
    return member


def read_leavers(table: Table, year: AccountYear, findings: Findings) -> tuple[tuple[LeaverRow, ...], Sums]:
    """Read those who left; each once."""
    leavers: dict[int, LeaverRow] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        on = reader.day("day", year)
        number = reader.needed("number", read_member_number, "member_number_missing")
        pledge, special = reader.amount("pledge"), reader.amount("special")
        sums.add(reader, pledge=pledge, special=special)
        if number is not None and number in leavers:
            reader.refuse("number", "leaver_twice", number=number, first_row=leavers[number].row.number)
        if reader.ok and on is not None and number is not None:
            leavers[number] = LeaverRow(on, number, pledge, special, row)
        else:
            findings.suspect(member=number)
            findings.unknown_members |= number is None
    sums.check(table, ("pledge", "special"), findings)
    return tuple(leavers.values()), sums
