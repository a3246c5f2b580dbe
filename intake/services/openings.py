"""Opening balances are typed: row by row or from a file, kept at every step, whoever of the treasurers types."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from funds.journal import lock_book, open_book
from intake.errors import DayWrong, OpeningDone, RowChanged, RowsTooMany
from intake.models import OpeningDraft
from intake.opening.tables import BALANCES, ORDER
from intake.opening.typed import LONGEST_CELL, MOST_ROWS, TypedRow, as_typed, merged
from intake.selectors.groups import has_begun
from intake.selectors.openings import first_tables
from intake.workbook.cells import tidy
from members.models import SavingsGroup, User

EARLIEST = date(1990, 1, 1)
Tables = dict[str, list[dict[str, str]]]


def row_mark(row: TypedRow | None) -> str:
    """A short mark of what a row says, by which a form tells whether it has changed meanwhile."""
    said = {name: text for name, text in (row or {}).items() if name != "id"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def save_row(
    *, group: SavingsGroup, key: str, row_id: str, cells: Mapping[str, str], seen: str, by: User
) -> OpeningDraft:
    """Keep a row as typed; sent twice it is one row.

    seen: the mark of the row when the form was opened. Raises RowChanged if it says something else by now,
    RowsTooMany, OpeningDone.
    """
    row = {"id": row_id} | {
        name: tidy(cells.get(name, ""))[:LONGEST_CELL] for name in names_of(key) if tidy(cells.get(name, ""))
    }

    def change(tables: Tables) -> None:
        rows = tables[key]
        place = next((place for place, kept in enumerate(rows) if kept["id"] == row_id), None)
        if place is None:
            rows.append(row)
        elif rows[place] != row:
            if row_mark(rows[place]) != seen:
                raise RowChanged(now=" · ".join(text for name, text in rows[place].items() if name != "id")[:200])
            rows[place] = row

    return _change(group, by, change)


def names_of(key: str) -> Sequence[str]:
    """The cells of a row as the browser has them."""
    return ("code", "detail", "amount") if key == BALANCES else ORDER[key]


def remove_row(*, group: SavingsGroup, key: str, row_id: str, by: User) -> OpeningDraft:
    """Take a row out; one that is gone already is no fault. Raises OpeningDone."""

    def change(tables: Tables) -> None:
        tables[key] = [row for row in tables[key] if row["id"] != row_id]

    return _change(group, by, change)


def add_rows(*, group: SavingsGroup, incoming: Mapping[str, Sequence[TypedRow]], by: User) -> OpeningDraft:
    """Put the rows of a file or a pasted list into those that are there. Raises RowsTooMany, OpeningDone."""

    def change(tables: Tables) -> None:
        for key, rows in incoming.items():
            tables[key] = merged(tables[key], rows, key)

    return _change(group, by, change)


def set_first_day(*, group: SavingsGroup, starts_on: date, by: User) -> OpeningDraft:
    """Say with which day the first account year begins: the first of a month that has come.

    Raises DayWrong, OpeningDone.
    """
    if starts_on.day != 1 or not EARLIEST <= starts_on <= timezone.localdate():
        raise DayWrong
    return _change(group, by, lambda tables: None, starts_on=starts_on)


@transaction.atomic
def _change(
    group: SavingsGroup, by: User, change: Callable[[Tables], None], *, starts_on: date | None = None
) -> OpeningDraft:
    """Change the draft under the lock of the group's book; a signature asked for what it said before is dropped."""
    open_book(group=group)
    lock_book(group)
    draft = OpeningDraft.objects.filter(group=group).first()
    if (draft is not None and draft.entry_id) or has_begun(group):
        raise OpeningDone
    if draft is None:
        tables = first_tables(group, group.first_year_starts_on)
        draft = OpeningDraft(group=group, starts_on=group.first_year_starts_on)
    else:
        tables = as_typed(draft.tables)
    change(tables)
    if sum(len(rows) for rows in tables.values()) > MOST_ROWS:
        raise RowsTooMany(most=MOST_ROWS)
    if (tables, starts_on or draft.starts_on) == (draft.tables, draft.starts_on):
        return draft
    draft.tables, draft.starts_on = tables, starts_on or draft.starts_on
    draft.version += 1
    draft.signature = None
    draft.saved_by, draft.saved_at = by, timezone.now()
    draft.save()
    return draft
