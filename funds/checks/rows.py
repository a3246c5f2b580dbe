"""The journal as it stands in the tables, in order of number; read in pieces: a long history needs no memory."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from funds import chain
from funds.models import entry_id
from members.models import SavingsGroup

PIECE = 2000
_ENTRY = (
    "id, group_id, n, {operation}, kind, {booked_on}, {recorded_at}, maker, approvers, reverses_id, memo_hash, "
    "{declared}, prev, hash, lines, {locked_through}, {declared_through}"
)
_TEXTS = {
    "sqlite": {
        "operation": "operation",
        "booked_on": "CAST(booked_on AS text)",
        "recorded_at": "CAST(recorded_at AS text)",
        "declared": "declared",
        "locked_through": "CAST(locked_through AS text)",
        "declared_through": "CAST(declared_through AS text)",
        "posting_day": "CAST(q.booked_on AS text)",
    },
    "postgresql": {
        "operation": "replace(operation::text, '-', '')",
        "booked_on": "booked_on::text",
        "recorded_at": "to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        " || CASE WHEN recorded_at = date_trunc('second', recorded_at) THEN '' ELSE ' and a part' END",
        "declared": "declared::text",
        "locked_through": "locked_through::text",
        "declared_through": "declared_through::text",
        "posting_day": "q.booked_on::text",
    },
}


class PostingRow(NamedTuple):
    """A posting with its account; owner, code and holder are None where there is no such account."""

    entry_id: int
    line: int
    group_id: int
    booked_on: str
    amount: int
    account_id: int
    owner: int | None
    code: str | None
    holder: str | None


class EntryRow(NamedTuple):
    """An entry's columns; dates as text, operation as 32 hex digits, recorded_at as `YYYY-MM-DD HH:MM:SS` in UTC."""

    id: int
    group_id: int
    n: int
    operation: str
    kind: str
    booked_on: str
    recorded_at: str
    maker: str
    approvers: str
    reverses_id: int | None
    memo_hash: str
    declared: str
    prev: str
    hash: str
    lines: int
    locked_through: str
    declared_through: str

    def canonical_form(self, group_uuid: str, postings: list[PostingRow]) -> dict[str, Any]:
        """The 14 members of the format, rebuilt from the rows."""
        key = self.operation
        return {
            "v": 1,
            "g": group_uuid,
            "n": self.n,
            "id": f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}",
            "k": self.kind,
            "d": self.booked_on,
            "t": f"{self.recorded_at[:10]}T{self.recorded_at[11:]}Z",
            "by": self.maker,
            "ok": self.approvers.split(",") if self.approvers else [],
            "rv": 0 if self.reverses_id is None else self.reverses_id & 0xFFFFFFFF,
            "m": self.memo_hash,
            "p": [[row.line, row.code, row.holder, row.amount] for row in postings],
            "x": {} if self.declared == "{}" else json.loads(self.declared),
            "prev": self.prev,
        }

    def rebuilt_hash(self, group_uuid: str, postings: list[PostingRow]) -> str:
        """The hash of that form. Raises ValueError or TypeError where a column holds what the format does not know."""
        key, moment = self.operation, self.recorded_at
        return chain.hash_of_entry(
            group=group_uuid,
            n=self.n,
            operation=f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}",
            kind=self.kind,
            booked_on=self.booked_on,
            recorded_at=f"{moment[:10]}T{moment[11:]}Z",
            maker=self.maker,
            approvers=self.approvers.split(",") if self.approvers else (),
            reverses=0 if self.reverses_id is None else self.reverses_id & 0xFFFFFFFF,
            memo_hash=self.memo_hash,
            postings=[
                chain.posting_text(row.line, row.code, row.holder, row.amount)  # type: ignore[arg-type]
                for row in postings
            ],
            declared="{}" if self.declared == "{}" else chain.canonical(json.loads(self.declared)).decode(),
            prev=self.prev,
        )


class WordsRow(NamedTuple):
    """What an entry says in words, and who acts in it; salt and text are None where the words are gone."""

    id: int
    kind: str
    maker: str
    approvers: str
    memo_hash: str
    salt: str | None
    text: str | None


def read_journal(group: SavingsGroup) -> Iterator[tuple[EntryRow, list[PostingRow]]]:
    """Every entry that stands in the group's range of ids, with its postings."""
    last = entry_id(group.pk, 0)
    while True:
        entries = read_entries(last, entry_id(group.pk + 1, 0))
        if not entries:
            return
        postings = read_postings(entries[0].id, entries[-1].id)
        for entry in entries:
            yield entry, postings.get(entry.id, [])
        last = entries[-1].id


def read_entries(after: int, before: int) -> list[EntryRow]:
    """The next entries between two ids."""
    columns = _ENTRY.format(**_TEXTS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM funds_entry WHERE id > %s AND id < %s ORDER BY id LIMIT {PIECE}",  # noqa: S608
            [after, before],
        )
        return list(map(EntryRow._make, cursor.fetchall()))


def read_postings(first: int, last: int) -> dict[int, list[PostingRow]]:
    """The postings of the entries between two ids, by entry, in order of line."""
    day = _TEXTS[connection.vendor]["posting_day"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT q.entry_id, q.line, q.group_id, {day}, q.amount, q.account_id, a.group_id, a.code, a.holder"  # noqa: S608
            " FROM funds_posting q LEFT JOIN funds_account a ON a.id = q.account_id"
            " WHERE q.entry_id BETWEEN %s AND %s ORDER BY q.entry_id, q.line",
            [first, last],
        )
        rows = map(PostingRow._make, cursor.fetchall())
        return {entry: list(own) for entry, own in groupby(rows, key=itemgetter(0))}


def read_words(group: SavingsGroup) -> Iterator[WordsRow]:
    """The words of every entry that stands in the group's range of ids."""
    last = entry_id(group.pk, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.id, e.kind, e.maker, e.approvers, e.memo_hash, d.salt, d.text"  # noqa: S608
                " FROM funds_entry e LEFT JOIN funds_entrydetails d ON d.entry_id = e.id"
                f" WHERE e.id > %s AND e.id < %s ORDER BY e.id LIMIT {PIECE}",
                [last, entry_id(group.pk + 1, 0)],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from map(WordsRow._make, rows)
        last = rows[-1][0]
