"""Read the three tables of opening balances, naming every cell that cannot be taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from funds.chart import Holder, head_of
from intake.opening.rows import Balance, MemberBalance, OpeningRead
from intake.opening.tables import ASKED, BALANCES, LOANS, MEMBERS, account_named
from intake.workbook.cells import read_date, read_member_number, read_text
from intake.workbook.problems import WARNING, Findings, Problem
from intake.workbook.rows import AccountYear, ContractRow
from intake.workbook.sheets.funds import as_holder, read_pool
from intake.workbook.sheets.loans import read_contracts
from intake.workbook.sheets.people import KINDS
from intake.workbook.sheets.reading import RowReader, Sums, compare_total
from intake.workbook.table import Row, Table, normal

MOST_MONTHS_OWED = 60
_TITLE = re.compile(r"(นางสาว|นาง|นาย|น\.\s?ส\.|ด\.\s?ช\.|ด\.\s?ญ\.|เด็กชาย|เด็กหญิง)\s*(?=\S)")
_DIFFERS = {"O1300": "opening_loans_differ", "O2100": "opening_pledge_differs", "O2200": "opening_special_differs"}


@dataclass(frozen=True)
class _Written:
    """A sum that a sheet states though it is worked out here."""

    code: str
    satang: int
    row: Row


def read_tables(tables: Mapping[str, Table], *, starts_on: date, findings: Findings | None = None) -> OpeningRead:
    """Read what the tables hold; a table that is missing is empty. Nothing raises: what is wrong is a problem."""
    findings = findings or Findings()
    year = AccountYear(starts_on)
    members = _read_members(tables.get(MEMBERS, _none(MEMBERS)), year, findings)
    loans = _read_loans(tables.get(LOANS, _none(LOANS)), year, findings)
    balances, written = _read_balances(tables.get(BALANCES, _none(BALANCES)), findings)
    read = OpeningRead(starts_on, members, loans, balances, ())
    if not findings.has_errors:
        for one in written:
            _compare(one, read, findings)
        if read.left_over < 0:
            findings.add(
                _sheet(tables, BALANCES).place(), "opening_loss", severity=WARNING, loss_satang=-read.left_over
            )
    return OpeningRead(starts_on, members, loans, balances, tuple(_ordered(findings.problems)))


def _none(key: str) -> Table:
    return Table(key, (), (), ())


def _sheet(tables: Mapping[str, Table], key: str) -> Row:
    return Row(tables[key].sheet if key in tables else key, 0, {}, {}, {})


def _ordered(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda p: (p.place.sheet, p.place.row or 0, p.place.column or "", p.code))


def _read_members(table: Table, year: AccountYear, findings: Findings) -> tuple[MemberBalance, ...]:
    members: dict[int, MemberBalance] = {}
    sums = Sums()
    for row in table.rows:
        reader = RowReader(row, findings)
        number = reader.needed("number", read_member_number, "member_number_missing")
        if number is not None and number in members:
            reader.refuse("number", "member_number_twice", number=number, first_row=members[number].row.number)
        member = _read_member(reader, number or 0, year)
        sums.add(
            reader, pledge=member.pledge, savings=member.savings, special=member.special[0], special2=member.special[1]
        )
        if number is not None:
            members.setdefault(number, member)
    sums.check(table, ("pledge", "savings", "special", "special2"), findings)
    return tuple(members.values())


def _read_member(reader: RowReader, number: int, year: AccountYear) -> MemberBalance:
    title, first, last = _name(reader)
    kind = KINDS.get(normal(reader.cell("kind", read_text, "") or "สามัญ").removeprefix("สมาชิก"))
    if kind is None and "kind" not in reader.refused:
        reader.refuse("kind", "member_kind_unknown", typed=reader.cell("kind", read_text, ""))
    if kind != "associate" and first and not last:
        reader.refuse("last", "surname_missing")
    joined_on = reader.cell("joined", read_date, None)
    member = MemberBalance(
        number=number,
        title=title,
        first_name=first,
        last_name=last,
        kind=kind or "ordinary",
        joined_on=joined_on,
        pledge=reader.pledge("pledge"),
        savings=reader.amount("savings"),
        special=(reader.amount("special"), reader.amount("special2")),
        owed=_months_owed(reader),
        row=reader.row,
    )
    _check_member(reader, member, year)
    return member


def _name(reader: RowReader) -> tuple[str, str, str]:
    """Title, first and last name; a whole name in one cell is taken apart."""
    title = reader.cell("title", lambda value: read_text(value, longest=30), "")
    first = reader.needed("first", read_text, "name_missing") or ""
    last = reader.cell("last", read_text, "")
    if not title and (found := _TITLE.match(first)):
        title, first = found[1].replace(" ", ""), first[found.end() :]
    if not last and " " in first:
        first, _, last = first.partition(" ")
    return title, first, last


def _months_owed(reader: RowReader) -> int:
    """The number of months owed; empty is none."""
    months: int | None = reader.cell("owed", lambda value: _whole(read_text(value)), None)
    if "owed" in reader.refused:
        return 0
    if months is None or months > MOST_MONTHS_OWED:
        reader.refuse("owed", "months_owed_unreadable", most=MOST_MONTHS_OWED)
        return 0
    return months


def _whole(text: str) -> int | None:
    plain = text.replace("เดือน", "").strip()
    if plain in ("", "-", "–"):
        return 0
    return int(plain) if re.fullmatch(r"[0-9๐-๙]{1,3}", plain) else None


def _check_member(reader: RowReader, one: MemberBalance, year: AccountYear) -> None:
    if one.joined_on is not None and one.joined_on >= year.starts_on and (one.savings or any(one.special) or one.owed):
        reader.refuse("joined", "brought_before_joining", joined_on=one.joined_on.isoformat())
    if one.owed and not one.pledge and "pledge" not in reader.refused:
        reader.refuse("owed", "owed_without_pledge")


def _read_loans(table: Table, year: AccountYear, findings: Findings) -> tuple[ContractRow, ...]:
    """Read the contracts; each is from before the books and names what of its principal is left."""
    loans, _sums = read_contracts(table, year, findings)
    for loan in loans:
        if loan.on >= year.starts_on and loan.row.value("brought") is None:
            findings.add(loan.row.place("day"), "contract_after_opening", written_on=loan.on.isoformat())
        if not loan.amount:
            findings.add(loan.row.place("amount"), "amount_missing")
        if loan.number in loan.guarantors:
            findings.add(loan.row.place("guarantor1"), "guarantor_is_borrower", number=loan.number)
        if len(set(loan.guarantors)) < len(loan.guarantors):
            findings.add(loan.row.place("guarantor2"), "guarantor_twice", number=loan.guarantors[-1])
    return loans


def _read_balances(table: Table, findings: Findings) -> tuple[tuple[Balance, ...], list[_Written]]:
    rows: dict[tuple[str, str], Balance] = {}
    written: list[_Written] = []
    for row in table.rows:
        reader = RowReader(row, findings)
        satang = reader.amount("amount")
        if not satang and reader.ok:
            continue  # a line of the pattern that the group has no use for
        code = _account(reader)
        if not code or not reader.ok:
            continue
        if code not in ASKED:
            written.append(_Written(code, satang, row))
            continue
        holder = _holder(reader, code)
        if (code, holder) in rows:
            first_row = rows[code, holder].row.number
            reader.refuse("memo", "opening_twice", typed=f"{ASKED[code]} {holder}".strip(), first_row=first_row)
        if reader.ok:
            rows[code, holder] = Balance(code, holder, satang, row)
    for total in table.totals:
        if not findings.has_errors:
            _check_total(total, tuple(rows.values()), written, findings)
    return tuple(rows.values()), written


def _account(reader: RowReader) -> str:
    """The account of a row: chosen in the browser, or known by the words of the sheet."""
    chosen = reader.row.value("code")
    if isinstance(chosen, str):
        if chosen in ASKED:
            return chosen
        reader.refuse("memo", "opening_account_unknown", typed=chosen[:40])
        return ""
    memo = reader.needed("memo", read_text, "opening_name_missing") or ""
    pool = read_pool(reader)
    code = account_named(pool, memo) if memo and pool else ""
    if memo and pool and not code:
        reader.refuse("memo", "opening_account_unknown", typed=memo)
    return code


def _holder(reader: RowReader, code: str) -> str:
    """Whose or which it is: the bank account, the activity, the lender, the member."""
    wanted = head_of(code).holder
    if wanted is Holder.MEMBER:
        number = reader.needed("detail", read_member_number, "member_number_missing")
        return f"{number:04d}" if number is not None else ""
    if wanted is Holder.NONE:
        return ""
    text = reader.cell("detail", read_text, "")
    if not text and wanted is Holder.OPTIONAL:
        return ""
    if not text and "detail" not in reader.refused:
        reader.refuse("detail", "opening_detail_missing")
    holder = as_holder(text) if text else ""
    if len(text) > 40:
        reader.refuse("detail", "text_too_long", longest=40)
    return holder


def _check_total(total: Row, rows: Sequence[Balance], written: Sequence[_Written], findings: Findings) -> None:
    """Hold a written total against what it may mean: a side, a pool's side, a pool, all."""
    said = [(row.code, row.satang) for row in rows if row.row.number < total.number]
    said += [(one.code, one.satang) for one in written if one.row.number < total.number]
    sums = {
        sum(satang for code, satang in said if code.startswith(pool) and code[1] in types)
        for pool in ("", "O", "A")
        for types in ("1", "23", "123")
    }
    compare_total(total, "amount", sorted(sums, reverse=True), findings)


def _compare(one: _Written, read: OpeningRead, findings: Findings) -> None:
    """Hold a stated sum against the one worked out."""
    satang = read.sums.get(one.code, 0)
    if one.satang != satang:
        code = _DIFFERS.get(one.code, "left_over_differs")
        findings.add(one.row.place("amount"), code, written_satang=one.satang, sum_satang=satang)
