"""The journal as it stands in the tables, in order of number; read in pieces: a long history needs no memory."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from django.db import connection

from funds import chain
from funds.models import Account, entry_id
from members import queries
from members.models import SavingsGroup

PIECE = 2000
_ENTRY = (
    "id, n, {operation}, memo_hash, prev, hash, lines, "
    "group_id, kind, {booked_on}, {recorded_at}, maker, approvers, reverses_id, {declared}, "
    "{locked_through}, {declared_through}"
)
OWN = 7  # so many of these columns are an entry's own; an evening's receipts have the others in common
_POSTING = "entry_id, line, group_id, {booked_on}, amount, account_id"
_TEXTS = {
    "sqlite": {
        "operation": "operation",
        "booked_on": "CAST(booked_on AS text)",
        "recorded_at": "CAST(recorded_at AS text)",
        "declared": "declared",
        "locked_through": "CAST(locked_through AS text)",
        "declared_through": "CAST(declared_through AS text)",
    },
    "postgresql": {
        "operation": "encode(uuid_send(operation), 'hex')",
        "booked_on": "booked_on::text",
        "recorded_at": "(recorded_at AT TIME ZONE 'UTC')::text",
        "declared": "declared::text",
        "locked_through": "locked_through::text",
        "declared_through": "declared_through::text",
    },
}


Columns: TypeAlias = tuple[Any, ...]
Owned: TypeAlias = tuple[int | None, str | None, str | None]


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
    n: int
    operation: str
    memo_hash: str
    prev: str
    hash: str
    lines: int
    group_id: int
    kind: str
    booked_on: str
    recorded_at: str
    maker: str
    approvers: str
    reverses_id: int | None
    declared: str
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
        key = self.operation
        texts = [
            chain.posting_text(row.line, row.code, row.holder, row.amount)  # type: ignore[arg-type]
            for row in postings
        ]
        operation = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
        return chain.hash_in_form(self.form(group_uuid), operation, self.memo_hash, self.n, ",".join(texts), self.prev)

    def form(self, group_uuid: str) -> chain.Form:
        """What this entry says besides its own columns, as `chain.entry_form` writes it. Raises as `rebuilt_hash`."""
        return chain.entry_form(
            group_uuid,
            self.kind,
            self.booked_on,
            f"{self.recorded_at[:10]}T{self.recorded_at[11:]}Z",
            self.maker,
            tuple(self.approvers.split(",")) if self.approvers else (),
            0 if self.reverses_id is None else self.reverses_id & 0xFFFFFFFF,
            "{}" if self.declared == "{}" else chain.canonical(json.loads(self.declared)).decode(),
        )


class AccountsRead(dict[int, Owned]):
    """Owner, code and holder of every account that was asked for; Nones where there is none."""

    def __missing__(self, account: int) -> Owned:
        found = Account.objects.filter(pk=account).values_list("group_id", "code", "holder").first()
        self[account] = found or (None, None, None)
        return self[account]


def read_journal(group: SavingsGroup) -> Iterator[tuple[EntryRow, list[PostingRow]]]:
    """Every entry that stands in the group's range of ids, with its postings."""
    accounts = AccountsRead()
    for entry, postings in read_columns(group):
        yield EntryRow._make(entry), with_accounts(postings, accounts)


def with_accounts(postings: list[Columns], accounts: AccountsRead) -> list[PostingRow]:
    """Postings as they were read, each with its account."""
    return [PostingRow._make((*row, *accounts[row[-1]])) for row in postings]


def read_columns(group: SavingsGroup) -> Iterator[tuple[Columns, list[Columns]]]:
    """The same as `read_journal`, as the database gives it: an entry's columns, and those of its postings by line."""
    last = entry_id(group.pk, 0)
    while entries := _read_entries(last, entry_id(group.pk + 1, 0)):
        postings, place = _read_postings(entries[0][0], entries[-1][0]), 0
        for entry in entries:
            last = entry[0]
            while place < len(postings) and postings[place][0] < last:
                place += 1  # it has no entry: check_strays names it
            begin = place
            while place < len(postings) and postings[place][0] == last:
                place += 1
            yield entry, postings[begin:place]


def _read_entries(after: int, before: int) -> list[Columns]:
    columns = _ENTRY.format(**_TEXTS[connection.vendor])
    return queries.rows(
        f"SELECT {columns} FROM funds_entry WHERE id > %s AND id < %s ORDER BY id LIMIT {PIECE}",  # noqa: S608
        [after, before],
    )


def _read_postings(first: int, last: int) -> list[Columns]:
    columns = _POSTING.format(**_TEXTS[connection.vendor])
    return queries.rows(
        f"SELECT {columns} FROM funds_posting WHERE entry_id BETWEEN %s AND %s ORDER BY entry_id, line",  # noqa: S608
        [first, last],
    )


def read_words(group: SavingsGroup) -> Iterator[Columns]:
    """Id, salt, text and memo hash of every entry in the group's range of ids; two Nones where its words are gone."""
    last, end = entry_id(group.pk, 0), entry_id(group.pk + 1, 0)
    # The bounds twice: PostgreSQL would read all words there are, from the first on, for every piece.
    piece = (
        "SELECT e.id, d.salt, d.text, e.memo_hash FROM funds_entry e"  # noqa: S608
        " LEFT JOIN funds_entrydetails d ON d.entry_id = e.id AND d.entry_id > %s AND d.entry_id < %s"
        f" WHERE e.id > %s AND e.id < %s ORDER BY e.id LIMIT {PIECE}"
    )
    while rows := queries.rows(piece, [last, end, last, end]):
        yield from rows
        last = rows[-1][0]
