"""Hold an entry to what bookkeeping says of it: line by line, or by its row of docs/LEDGER.md.

assert_entry(entry, debits=[("O1100", 200_00)], credits=[("O2100", "0001", 200_00)])
assert_ledger_row("a leaver gets back what was saved", entry)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from funds import kinds
from funds.models import Entry, Posting

LEDGER = Path(__file__).resolve().parents[2] / "docs" / "LEDGER.md"
_CODE = re.compile(r"\b([A-Z]+[1-5][0-9]{3})\b(?: \(([a-z]+)\))?")
Side: TypeAlias = Sequence[tuple[Any, ...]]  # (code, satang) or (code, holder, satang)


@dataclass(frozen=True)
class Row:
    """One event of the table: its heading, the kind of its entry, the accounts it may debit and credit."""

    heading: str
    kind: str
    event: str
    debits: dict[str, str]
    credits: dict[str, str]
    has_codes: bool


@cache
def ledger_rows() -> tuple[Row, ...]:
    """The table of docs/LEDGER.md, row by row; codes with whose account it is."""
    rows, heading = [], ""
    for line in LEDGER.read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`"):
            kind, event, debit, credit = cells[0].strip("`"), cells[1], *map(_codes, cells[2:])
            rows.append(Row(heading, kind, event, debit, credit, not re.search(r"what the entry", cells[2])))
    return tuple(rows)


def _codes(cell: str) -> dict[str, str]:
    return dict(_CODE.findall(cell))


def assert_entry(entry: Entry, *, debits: Side, credits: Side) -> None:  # noqa: A002 - the word of the trade
    """Assert an entry's lines, in any order: (code, satang), or (code, holder, satang) to say whose account it is."""
    rows = Posting.objects.filter(entry=entry).select_related("account")
    found = sorted((row.account.code, row.account.holder, row.amount) for row in rows)
    wanted = [_line(line, 1) for line in debits] + [_line(line, -1) for line in credits]
    unnamed = {code for code, holder, _ in wanted if holder is None}
    shown = sorted((code, None if code in unnamed else holder, satang) for code, holder, satang in found)
    assert sorted(shown, key=str) == sorted(wanted, key=str), f"{entry.kind} {entry.n}: {found}"


def _line(line: tuple[Any, ...], sign: int) -> tuple[str, str | None, int]:
    return (line[0], line[1], sign * line[2]) if len(line) == 3 else (line[0], None, sign * line[1])


def assert_ledger_row(event: str, entry: Entry) -> None:
    """Assert that an entry has the kind of an event and debits and credits only accounts of that event's row."""
    candidates = [row for row in ledger_rows() if row.event == event]
    assert candidates, f"docs/LEDGER.md has no event “{event}”"
    rows = [row for row in candidates if row.kind in (entry.kind, kinds.plain(entry.kind))]
    assert rows, f"“{event}” is no {entry.kind}"
    debited, credited = sides_of(entry)
    assert bool(debited) == bool(rows[0].debits), f"“{event}” and the lines of entry {entry.n} do not agree"
    assert any(debited <= row.debits.keys() and credited <= row.credits.keys() for row in rows), (
        f"“{event}” does not debit {sorted(debited)} and credit {sorted(credited)}"
    )


def fits_row(row: Row, entry: Entry) -> bool:
    """Whether an entry could be the event of a row: its kind, and no account that the row does not name."""
    debited, credited = sides_of(entry)
    return (
        row.kind in (entry.kind, kinds.plain(entry.kind))
        and debited <= row.debits.keys()
        and credited <= row.credits.keys()
        and bool(debited) == bool(row.debits)
    )


def sides_of(entry: Entry) -> tuple[set[str], set[str]]:
    """The codes that an entry debits, and those that it credits."""
    lines = list(Posting.objects.filter(entry=entry).values_list("account__code", "amount"))
    return {code for code, amount in lines if amount > 0}, {code for code, amount in lines if amount < 0}
