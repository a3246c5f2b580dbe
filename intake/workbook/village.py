"""A village's year: the nine sheets read and put together, with every problem met on the way."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from intake.workbook.cells import read_date, tidy
from intake.workbook.grid import Grid, read_grids
from intake.workbook.problems import CellError, Findings, Place, Problem, Unreadable
from intake.workbook.rows import (
    AccountYear,
    BankRow,
    ContractRow,
    LeaverRow,
    MemberRow,
    OpeningRow,
    OtherRow,
    PledgeRow,
    RepaymentRow,
    SpecialRow,
)
from intake.workbook.sheets.funds import OPENING, OTHER, read_opening, read_other
from intake.workbook.sheets.loans import CONTRACTS, REPAYMENTS, read_contracts, read_repayments
from intake.workbook.sheets.movements import BANK, SPECIAL, read_bank, read_special
from intake.workbook.sheets.people import LEAVERS, REGISTER, read_leavers, read_register
from intake.workbook.sheets.pledges import PLEDGES, read_pledges
from intake.workbook.sheets.reading import SheetForm, Sums
from intake.workbook.table import Table, find_table, normal
from thai.dates import DateError, parse_date
from thai.digits import to_western
from thai.months import BUDDHIST_ERA, days_in_month, month_of

FORMS: Sequence[SheetForm] = (REGISTER, PLEDGES, CONTRACTS, REPAYMENTS, SPECIAL, OTHER, LEAVERS, BANK, OPENING)
READERS: Mapping[str, Callable[[Table, AccountYear, Findings], tuple[tuple[Any, ...], Sums]]] = {
    "register": read_register,
    "pledges": read_pledges,
    "contracts": read_contracts,
    "repayments": read_repayments,
    "special": read_special,
    "other": read_other,
    "leavers": read_leavers,
    "bank": read_bank,
    "opening": read_opening,
}
DEFAULT_MEETING_DAY = 5
_YEAR = re.compile(r"(?:ปีบัญชี|ประจำปี|พ\.?\s*ศ\.?|ปี)\s*(?:พ\.?\s*ศ\.?\s*)?(2[45][0-9]{2})")
_MEETING_DAY = re.compile(r"ทุกวันที่\s*([0-9]{1,2})")
_DAY = re.compile(r"[0-9]{1,2}\s*(?:[/.\-]\s*[0-9]{1,2}\s*[/.\-]|[ก-๙.]+)\s*[0-9]{4}")


@dataclass(frozen=True)
class VillageYear:
    """Everything a village's workbook says about one account year."""

    year: AccountYear
    meetings: tuple[date, ...]
    members: tuple[MemberRow, ...] = ()
    pledges: tuple[PledgeRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    repayments: tuple[RepaymentRow, ...] = ()
    special: tuple[SpecialRow, ...] = ()
    other: tuple[OtherRow, ...] = ()
    leavers: tuple[LeaverRow, ...] = ()
    bank: tuple[BankRow, ...] = ()
    opening: tuple[OpeningRow, ...] = ()
    member_of: Mapping[int, MemberRow] = field(init=False, repr=False, compare=False)
    contract_of: Mapping[str, ContractRow] = field(init=False, repr=False, compare=False)
    leaver_of: Mapping[int, LeaverRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "member_of", {member.number: member for member in self.members})
        object.__setattr__(self, "contract_of", {contract.contract: contract for contract in self.contracts})
        object.__setattr__(self, "leaver_of", {leaver.number: leaver for leaver in self.leavers})

    def meeting_in(self, month: int) -> date | None:
        """Return the day of the meeting of a calendar month (1-12)."""
        return next((day for day in self.meetings if day.month == month), None)


@dataclass(frozen=True)
class SheetRead:
    """What was found in one sheet, to be looked at beside the paper: rows and sums by heading."""

    sheet: str
    rows: int
    sums: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reading:
    """The outcome of reading a workbook; `village` is None where the file or its sheets cannot be read at all."""

    village: VillageYear | None
    findings: Findings
    sheets: tuple[SheetRead, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Every problem, sheet by sheet from top to bottom."""
        order = {sheet.sheet: index for index, sheet in enumerate(self.sheets)}
        return sorted(
            self.findings.problems,
            key=lambda p: (order.get(p.place.sheet, -1), p.place.row or 0, p.place.column or "", p.code),
        )


def read_village(content: bytes, *, today: date) -> Reading:
    """Read a workbook. A file that cannot be read at all is one problem of the whole file."""
    findings = Findings()
    try:
        grids = read_grids(content)
    except Unreadable as error:
        findings.problems.append(error.problem)
        return Reading(None, findings)
    return read_sheets(grids, today=today, findings=findings)


def read_sheets(grids: Sequence[Grid], *, today: date, findings: Findings) -> Reading:
    """Read the nine sheets, in whatever order they stand; a missing one is a problem, another one is left alone."""
    chosen = _choose(grids)
    ignored = tuple(grid.title for grid in grids if grid not in chosen.values() and grid.cells)
    tables: dict[str, Table] = {}
    for form in FORMS:
        if form.key not in chosen:
            findings.add(Place(form.title), "sheet_missing", sheet=form.title)
        elif (table := find_table(chosen[form.key], form.columns, findings)) is not None:
            tables[form.key] = table
    year = _account_year(tables)
    if year is None:
        findings.add(Place(OPENING.title), "year_unknown")
        return Reading(None, findings, ignored=ignored)
    read = {key: READERS[key](table, year, findings) for key, table in tables.items()}
    rows = {key: found for key, (found, _) in read.items()}
    sheets = tuple(_sheet_read(form, tables[form.key], *read[form.key]) for form in FORMS if form.key in read)
    if len(read) < len(FORMS):
        return Reading(None, findings, sheets, ignored)
    meetings = _meetings(year, _meeting_day(tables["pledges"]), rows, today)
    village = VillageYear(
        year=year, meetings=meetings, members=rows["register"], **{key: rows[key] for key in rows if key != "register"}
    )
    return Reading(village, findings, sheets, ignored)


def _choose(grids: Sequence[Grid]) -> dict[str, Grid]:
    """Give each form its sheet: by its exact title first, then by what its title contains."""
    chosen: dict[str, Grid] = {}
    for exact in (True, False):
        for form in FORMS:
            for grid in grids:
                if form.key in chosen or grid in chosen.values():
                    continue
                title = normal(grid.title)
                if title == normal(form.title) if exact else re.search(form.pattern, title):
                    chosen[form.key] = grid
    return chosen


def _account_year(tables: Mapping[str, Table]) -> AccountYear | None:
    """Tell the account year: by the day of the balances brought forward, else by the titles, else by most dates."""
    if "opening" in tables:
        for text in tables["opening"].above:
            for match in _DAY.finditer(to_western(text)):
                try:
                    on = parse_date(match[0])
                except DateError:
                    continue
                if on.day == days_in_month(on):
                    on += timedelta(days=1)
                return AccountYear(month_of(on))
    named = Counter(
        int(match) for table in tables.values() for text in table.above for match in _YEAR.findall(to_western(text))
    )
    if not named:
        named.update(on.year + BUDDHIST_ERA for on in _dated(tables))
    if not named:
        return None
    return AccountYear(date(named.most_common(1)[0][0] - BUDDHIST_ERA, 1, 1))


def _dated(tables: Mapping[str, Table]) -> Iterator[date]:
    """Every day on which money moved, as far as it can be read; contracts may be older."""
    for key, table in tables.items():
        for row in table.rows if key != "contracts" else ():
            try:
                on = read_date(row.value("day"))
            except CellError:
                continue
            if on is not None:
                yield on


def _meeting_day(pledges: Table) -> int | None:
    for text in pledges.above:
        if (match := _MEETING_DAY.search(to_western(text))) and 1 <= int(match[1]) <= 31:
            return int(match[1])
    return None


def _meetings(
    year: AccountYear, written: int | None, rows: Mapping[str, Sequence[Any]], today: date
) -> tuple[date, ...]:
    """Tell the days of the meetings: in each month the usual day if anything is dated so, else the day most rows have.

    A year that is still running has no meetings after today unless something is written down for them.
    """
    days = Counter(row.on for key in ("repayments", "special", "other", "leavers", "bank") for row in rows[key])
    days.update(row.on for row in rows["contracts"] if row.on in year)
    usual = written or _most_common_day(days) or DEFAULT_MEETING_DAY
    meetings = []
    for month in year.months:
        regular = month.replace(day=min(usual, days_in_month(month)))
        dated = {on: count for on, count in days.items() if month_of(on) == month}
        held_on = regular if regular in dated or not dated else max(dated, key=lambda on: (dated[on], -on.day))
        paid = any(row.paid[month.month] for row in rows["pledges"])
        if held_on <= today or paid or dated:
            meetings.append(held_on)
    return tuple(meetings)


def _most_common_day(days: Counter[date]) -> int | None:
    by_day: Counter[int] = Counter()
    for on, count in days.items():
        by_day[on.day] += count
    return by_day.most_common(1)[0][0] if by_day else None


def _sheet_read(form: SheetForm, table: Table, rows: Sequence[object], sums: Sums) -> SheetRead:
    headings = {column.key: column.called for column in form.columns}
    return SheetRead(
        sheet=table.sheet,
        rows=len(rows),
        sums=tuple((headings[key], sums.of(key)) for key in headings if sums.has(key)),
    )


def named_alike(first: str, second: str) -> bool:
    """Tell whether two spellings may be one person's name: equal, or one within the other, spaces and dots apart."""
    one, other = (re.sub(r"[\s.]", "", tidy(text)) for text in (first, second))
    return not one or not other or one in other or other in one
