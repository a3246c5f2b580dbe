"""How the pages of opening balances show the rows: as read where they can be, as typed where not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funds.chart import head_of
from intake.models import OpeningDraft
from intake.opening.rows import OpeningRead
from intake.opening.tables import BALANCES, LOANS, MEMBERS, SHEETS
from intake.opening.typed import TypedRow
from intake.selectors.openings import read_opening_of
from intake.wording import sentence
from members.models import SavingsGroup
from thai.digits import to_western


@dataclass(frozen=True)
class SumLine:
    """A line of the sum: what it is, how much, and whether it is what is left over."""

    name: Any
    satang: int
    is_total: bool = False


@dataclass(frozen=True)
class SumSide:
    """A pool: what there is, what is owed and set aside, what is left over."""

    pool: str
    has: Sequence[SumLine]
    owes: Sequence[SumLine]
    left: SumLine


POOL_NAMES: Mapping[str, str | Promise] = {"O": _("Operating"), "A": _("Administrative")}
LEFT_NAMES: Mapping[str, str | Promise] = {"O3900": _("Undivided profit"), "A3100": _("Administrative fund")}


def sum_lines(read: OpeningRead) -> list[SumSide]:
    """Both pools, each with its two sides and what is left over."""
    sides = []
    for pool, left in (("O", "O3900"), ("A", "A3100")):
        own = {code: satang for code, satang in sorted(read.sums.items()) if code[0] == pool and code != left}
        lines = {code: SumLine(head_of(code).name, satang) for code, satang in own.items()}
        sides.append(
            SumSide(
                pool=pool,
                has=[line for code, line in lines.items() if code[1] == "1"],
                owes=[line for code, line in lines.items() if code[1] != "1"],
                left=SumLine(LEFT_NAMES[left], read.sums.get(left, 0), is_total=True),
            )
        )
    return sides


@dataclass(frozen=True)
class PageRow:
    """A row as the page lists it: its id for the address, its name, its cells, whether something is wrong."""

    uuid: UUID
    name: str
    number: str
    cells: Sequence[Any]
    is_wrong: bool


def _fits(row: PageRow, q: str) -> bool:
    """Whether a row has what was searched: its number, a part of its name, or of a word in its cells."""
    words = to_western(q).casefold()
    said = [row.number, row.name, *(str(cell) for cell in row.cells if isinstance(cell, str))]
    return not words or any(words in to_western(text or "").casefold() for text in said)


def page_tables(read: OpeningRead, typed: Mapping[str, Sequence[TypedRow]], q: str = "") -> dict[str, dict[str, Any]]:
    """The three tables with their totals, and those of their rows whose number or name has the words `q`."""
    wrong = {(problem.place.sheet, problem.place.row) for problem in read.problems if problem.is_error}
    found: dict[str, dict[str, Any]] = {}
    for key, rows in typed.items():
        title = SHEETS[key].title
        read_rows = _read_rows(key, read)
        shown = [
            _page_row(key, row, read_rows.get(number), (title, number) in wrong)
            for number, row in enumerate(rows, start=1)
        ]
        fitting = [row for row in shown if _fits(row, q)]
        found[key] = {"rows": fitting, "count": len(shown), "wrong": sum(one.is_wrong for one in shown)}
    found[MEMBERS]["totals"] = [
        sum(one.pledge for one in read.members),
        sum(one.savings for one in read.members),
        sum(sum(one.special) for one in read.members),
    ]
    found[LOANS]["totals"] = [sum(loan.amount for loan in read.loans), sum(loan.brought or 0 for loan in read.loans)]
    return found


def _read_rows(key: str, read: OpeningRead) -> dict[int, list[Any]]:
    """The amounts of every row that could be read, by the row's place."""
    if key == MEMBERS:
        return {one.row.number: [one.pledge, one.savings, sum(one.special), one.owed or None] for one in read.members}
    if key == LOANS:
        return {loan.row.number: [loan.amount, loan.brought] for loan in read.loans}
    return {one.row.number: [one.satang] for one in read.balances}


def _page_row(key: str, row: TypedRow, cells: list[Any] | None, is_wrong: bool) -> PageRow:
    names = {
        MEMBERS: f"{row.get('title', '')}{row.get('first', '')} {row.get('last', '')}",
        LOANS: row.get("contract", ""),
        BALANCES: row.get("detail", ""),
    }
    number = row.get("number", "")
    if key == BALANCES:
        code = row.get("code", "")
        number = f"{POOL_NAMES[code[0]]}: {head_of(code).name}" if code else ""
    blanks: list[Any] = [None] * {MEMBERS: 4, LOANS: 2, BALANCES: 1}[key]
    return PageRow(UUID(row["id"]), names[key].strip(), number, blanks if cells is None else cells, is_wrong)


def field_problems(group: SavingsGroup, draft: OpeningDraft | None, key: str, row_id: str) -> dict[str, list[str]]:
    """What is wrong with one row, by field; under an empty name what is wrong with all of it."""
    if draft is None:
        return {}
    rows = draft.tables.get(key, [])
    number = next((place for place, row in enumerate(rows, start=1) if row["id"] == row_id), 0)
    names = {column.called: column.key for column in SHEETS[key].columns}
    found: dict[str, list[str]] = defaultdict(list)
    for problem in read_opening_of(group, draft).problems:
        place = problem.place
        if problem.is_error and number and (place.sheet, place.row) == (SHEETS[key].title, number):
            found[names.get(place.heading, "")].append(sentence(problem))
    return found


def row_after(rows: Sequence[TypedRow], row: UUID) -> UUID:
    """The row that follows in the list; a fresh one after the last."""
    ids = [UUID(one["id"]) for one in rows]
    return dict(pairwise(ids)).get(row) or uuid4()
