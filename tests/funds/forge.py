"""A forger with a database console: writes entries in plain SQL, past the gate."""

import json
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from funds import chain, kinds
from funds.models import Account, Entry, entry_id
from funds.selectors import head
from members.models import SavingsGroup
from members.triggers import all_guards, drop_guards
from tests.funds.conftest import JANUARY_5, SOMPORN, WICHAI, Books

Row = dict[str, Any]


def literal(value: Any) -> str:
    """A value as SQL text."""
    if value is None:
        return "NULL"
    if isinstance(value, uuid.UUID):
        value = value.hex if connection.vendor == "sqlite" else str(value)
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def insert(table: str, *rows: Row) -> str:
    """The text of an INSERT; on PostgreSQL the values take the types of the columns."""
    columns = ", ".join(rows[0])
    values = ", ".join("(" + ", ".join(literal(value) for value in row.values()) + ")" for row in rows)
    return f"INSERT INTO {table} ({columns}) VALUES {values}"


@dataclass
class Forgery:
    """An entry about to be forged: change its columns and its postings, then write it."""

    entry: Row
    postings: list[Row] = field(default_factory=list)

    def write(self) -> None:
        """All in one statement on PostgreSQL, postings before the entry on SQLite: as an honest writer would."""
        entry = insert("funds_entry", self.entry)
        if not self.postings:
            execute(entry)
        elif connection.vendor == "sqlite":
            execute(insert("funds_posting", *self.postings), entry)
        else:
            execute(f"WITH forged AS ({entry}) {insert('funds_posting', *self.postings)}")


def forge(
    books: Books,
    *moves: tuple[str, str, int],
    kind: str = "receipt",
    on: date = JANUARY_5,
    approvers: str = WICHAI,
    reverses: Entry | None = None,
    **columns: Any,
) -> Forgery:
    """A forgery that the guards would let pass: right in everything, unless told otherwise."""
    last = head(books.group)
    lines = books.lines(*moves)
    n = (last.n if last else 0) + 1
    plain = kinds.plain(kind)
    recorded_at = max(timezone.now().replace(microsecond=0), last.recorded_at) if last else timezone.now()
    row: Row = {
        "id": entry_id(books.group.pk, n),
        "group_id": books.group.pk,
        "n": n,
        "operation": uuid.uuid4(),
        "kind": kind,
        "booked_on": on,
        "recorded_at": recorded_at.strftime("%Y-%m-%d %H:%M:%S"),
        "maker": SOMPORN,
        "approvers": approvers,
        "reverses_id": reverses.pk if reverses else None,
        "memo_hash": chain.NO_HASH,
        "declared": "{}",
        "prev": last.hash if last else chain.NO_HASH,
        "hash": chain.hash_of({"forged": str(uuid.uuid4())}),
        "lines": len(lines),
        "locked_through": on if plain in ("opening", "year_close") else last.locked_through if last else date(1, 1, 1),
        "declared_through": on
        if plain in ("opening", "meeting_close")
        else last.declared_through
        if last
        else date(1, 1, 1),
    }
    row |= columns
    postings = [
        {
            "entry_id": row["id"],
            "line": number,
            "group_id": books.group.pk,
            "account_id": account.pk,
            "booked_on": row["booked_on"],
            "amount": amount,
        }
        for number, (account, amount) in enumerate(lines, 1)
    ]
    return Forgery(row, postings)


def forged_account(group: SavingsGroup, code: str) -> int:
    """An account made in SQL, past the chart."""
    execute(insert("funds_account", {"group_id": group.pk, "code": code, "holder": ""}))
    return Account.objects.get(group=group, code=code, holder="").pk


def declared(operating: int, administrative: int = 0) -> str:
    return json.dumps({"O1100": operating, "A1100": administrative})


@contextmanager
def everything_off():
    """No triggers, no CHECKs: what is written in here goes through if nothing else refuses it, and is undone after."""
    with transaction.atomic():
        drop_guards(connection)
        checks_off()
        try:
            yield
        finally:
            transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = OFF")


def checks_off() -> None:
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = ON")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid IN ('funds_entry'::regclass, 'funds_posting'::regclass)"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def only_books_guarded() -> None:
    """Take off the guards of the apps above: an emptying cascades to their tables, and theirs would refuse it first."""
    for guards in all_guards():
        if guards.app != "funds":
            guards.drop(connection)
