"""The year written as journal entries: the opening, then every meeting's money in its order.

Order of a meeting's money: fetched from the bank, received, paid, carried to the bank, close. What is dated on another
day than a meeting keeps its day. Nothing is written to any database here: amounts are satang, debit > 0, credit < 0.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from intake.workbook.pledging import PledgePaid, allocate_pledges
from intake.workbook.problems import Place
from intake.workbook.rows import ContractRow, RepaymentRow, SpecialRow
from intake.workbook.sheets.funds import as_holder
from intake.workbook.village import VillageYear

Allocated: TypeAlias = Mapping[int, Mapping[int, tuple[PledgePaid, ...]]]


@dataclass(frozen=True)
class PlannedLine:
    """A line of an entry: an account and its holder, an amount, and the cell that says so."""

    code: str
    holder: str
    satang: int
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True)
class PlannedEntry:
    """An entry to be posted: its journal kind without `paper_`, its day, its lines."""

    kind: str
    on: date
    lines: tuple[PlannedLine, ...]
    payer: int | None = None  # the member whose receipt or voucher it is
    memo: str = ""
    contract: str = ""
    pledge: tuple[PledgePaid, ...] = ()
    meeting: date | None = None  # the meeting to which it belongs
    declared: Mapping[str, int] = field(default_factory=dict, compare=False)


def plan_year(village: VillageYear, *, bank: str) -> tuple[PlannedEntry, ...]:
    """Return the year's entries in the order in which they are posted; `bank` is the holder of O1200 and A1200."""
    entries = [_opening(village, bank)]
    months = {row.number: allocate_pledges(village.year, village.member_of[row.number], row) for row in village.pledges}
    cash = {code: _sum_of(entries[0], code) for code in ("O1100", "A1100")}
    for on in _days(village):
        meeting = on if on in village.meetings else None
        day = list(_day(village, on, meeting, bank, months))
        for entry in day:
            for code in cash:
                cash[code] += _sum_of(entry, code)
        entries += day
        if meeting is not None:
            entries.append(PlannedEntry("meeting_close", on, (), meeting=meeting, declared=dict(cash)))
    return tuple(entries)


def _days(village: VillageYear) -> list[date]:
    days = set(village.meetings)
    for rows in (village.repayments, village.special, village.other, village.leavers, village.bank):
        days |= {row.on for row in rows}
    return sorted(days | {contract.on for contract in village.contracts if contract.on in village.year})


def _sum_of(entry: PlannedEntry, code: str) -> int:
    return sum(line.satang for line in entry.lines if line.code == code)


def _opening(village: VillageYear, bank: str) -> PlannedEntry:
    """The opening entry, the day before the year: control accounts by their holders, the rest as written."""
    lines: list[PlannedLine] = []
    for row in village.opening:
        place = row.row.place("amount")
        match row.account:
            case "O2100":
                lines += [
                    PlannedLine("O2100", m.holder, -m.brought_pledge, m.row.place("brought_pledge"))
                    for m in village.members
                ]
            case "O2200":
                lines += [
                    PlannedLine("O2200", m.book, -m.brought_special, m.row.place("brought_special"))
                    for m in village.members
                ]
            case "O1300":
                lines += [
                    PlannedLine("O1300", c.contract, c.brought or 0, c.row.place("brought")) for c in village.contracts
                ]
            case "O1200" | "A1200":
                lines.append(PlannedLine(row.account, bank, row.amount, place))
            case "O2300" | "O3600":
                lines.append(PlannedLine(row.account, as_holder(row.memo), -row.amount, place))
            case account:
                lines.append(PlannedLine(account, "", row.amount if account[1] == "1" else -row.amount, place))
    kept = tuple(line for line in lines if line.satang)
    return PlannedEntry("opening", village.year.starts_on - timedelta(days=1), kept)


def _day(village: VillageYear, on: date, meeting: date | None, bank: str, months: Allocated) -> Iterator[PlannedEntry]:
    """One day's entries in the order of a meeting's money."""
    for row in village.bank:
        if row.on == on and row.fetched:
            place = row.row.place("fetched")
            lines = (PlannedLine("O1100", "", row.fetched, place), PlannedLine("O1200", bank, -row.fetched, place))
            yield PlannedEntry("bank_fetch", on, lines, meeting=meeting)
    yield from _receipts(village, on, meeting, months)
    yield from _other(village, on, meeting, received=True)
    yield from _special_interest(village, on, meeting)
    yield from _payments(village, on, meeting)
    yield from _other(village, on, meeting, received=False)
    for row in village.bank:
        if row.on == on and row.carried:
            place = row.row.place("carried")
            lines = (PlannedLine("O1200", bank, row.carried, place), PlannedLine("O1100", "", -row.carried, place))
            yield PlannedEntry("bank_carry", on, lines, meeting=meeting)


def _receipts(village: VillageYear, on: date, meeting: date | None, allocated: Allocated) -> Iterator[PlannedEntry]:
    """One receipt per payer: pledge, special savings, then each contract's principal, interest and fine."""
    repayments: dict[int, list[RepaymentRow]] = defaultdict(list)
    deposits: dict[int, list[SpecialRow]] = defaultdict(list)
    for repayment in village.repayments:
        if repayment.on == on:
            repayments[repayment.number].append(repayment)
    for movement in village.special:
        if movement.on == on and movement.deposit:
            deposits[movement.number].append(movement)
    pledges = {row.number: row for row in village.pledges if meeting is not None and row.paid[on.month]}
    for number in sorted({*repayments, *deposits, *pledges}):
        member = village.member_of[number]
        lines: list[PlannedLine] = []
        months: tuple[PledgePaid, ...] = ()
        if number in pledges:
            row = pledges[number]
            lines.append(PlannedLine("O2100", member.holder, -row.paid[on.month], row.row.place(f"m{on.month}")))
            months = allocated[number][on.month]
        lines += [
            PlannedLine("O2200", member.book, -movement.deposit, movement.row.place("deposit"))
            for movement in deposits[number]
        ]
        for repayment in repayments[number]:
            lines += _repayment_lines(repayment)
        total = -sum(line.satang for line in lines)
        cash = PlannedLine("O1100", "", total, lines[0].place)
        yield PlannedEntry("receipt", on, (cash, *lines), payer=number, pledge=months, meeting=meeting)


def _repayment_lines(repayment: RepaymentRow) -> list[PlannedLine]:
    row = repayment.row
    lines = (
        PlannedLine("O1300", repayment.contract, -repayment.principal, row.place("principal")),
        PlannedLine("O4100", "", -repayment.interest, row.place("interest")),
        PlannedLine("O4200", "", -repayment.fine, row.place("fine")),
    )
    return [line for line in lines if line.satang]


def _other(village: VillageYear, on: date, meeting: date | None, *, received: bool) -> Iterator[PlannedEntry]:
    """Other income or cost, each an entry of its own, through the box of its pool."""
    for row in village.other:
        amount = row.received if received else row.paid
        if row.on == on and amount:
            place = row.row.place("received" if received else "paid")
            cash = PlannedLine(f"{row.account[0]}1100", "", amount if received else -amount, place)
            other = PlannedLine(row.account, row.holder, -cash.satang, place)
            lines = (cash, other) if received else (other, cash)
            yield PlannedEntry(row.kind, on, lines, memo=row.memo, meeting=meeting)


def _special_interest(village: VillageYear, on: date, meeting: date | None) -> Iterator[PlannedEntry]:
    """Interest on special savings, credited to all in one entry; no cash moves."""
    rows = [row for row in village.special if row.on == on and row.interest]
    if rows:
        credited = [
            PlannedLine("O2200", village.member_of[row.number].book, -row.interest, row.row.place("interest"))
            for row in rows
        ]
        cost = PlannedLine("O5200", "", sum(row.interest for row in rows), rows[0].row.place("interest"))
        yield PlannedEntry("special_interest", on, (cost, *credited), meeting=meeting)


def _payments(village: VillageYear, on: date, meeting: date | None) -> Iterator[PlannedEntry]:
    """Loans paid out by contract, special savings withdrawn by member, then the leavers' savings."""
    for contract in village.contracts:
        if contract.on == on and contract.on in village.year:
            yield _disbursement(contract, meeting)
    for movement in sorted(village.special, key=lambda row: row.number):
        if movement.on == on and movement.withdrawal:
            place = movement.row.place("withdrawal")
            book = village.member_of[movement.number].book
            yield _paid_out(
                "withdrawal", on, [PlannedLine("O2200", book, movement.withdrawal, place)], movement.number, meeting
            )
    for leaver in village.leavers:
        if leaver.on == on and leaver.pledge + leaver.special:
            member = village.member_of[leaver.number]
            lines = [
                PlannedLine("O2100", member.holder, leaver.pledge, leaver.row.place("pledge")),
                PlannedLine("O2200", member.book, leaver.special, leaver.row.place("special")),
            ]
            yield _paid_out("resignation", on, [line for line in lines if line.satang], leaver.number, meeting)


def _disbursement(contract: ContractRow, meeting: date | None) -> PlannedEntry:
    place = contract.row.place("amount")
    lines = (
        PlannedLine("O1300", contract.contract, contract.amount, place),
        PlannedLine("O1100", "", -contract.amount, place),
    )
    return PlannedEntry(
        "loan_disbursement", contract.on, lines, payer=contract.number, contract=contract.contract, meeting=meeting
    )


def _paid_out(kind: str, on: date, lines: Sequence[PlannedLine], number: int, meeting: date | None) -> PlannedEntry:
    total = sum(line.satang for line in lines)
    cash = PlannedLine("O1100", "", -total, lines[0].place)
    return PlannedEntry(kind, on, (*lines, cash), payer=number, meeting=meeting)
