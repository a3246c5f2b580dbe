"""Turn checked drafts into the rows of entries: number, hash, lock dates."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from funds import chain
from funds.journal.drafts import EntryDraft, People
from funds.journal.locks import LockDates
from funds.models import Entry, entry_id
from members.models import SavingsGroup

_GROUP = Entry._meta.get_field("group")
_COLUMNS = [field.attname for field in Entry._meta.concrete_fields]


class Sealed(NamedTuple):
    """One entry ready to be written: its row, its lines as (account id, satang), its words."""

    entry: Entry
    lines: tuple[tuple[int, int], ...]
    salt: str
    details: str


def details_text(draft: EntryDraft, people: People) -> str:
    """The canonical text of a draft's details; the payees' codes are among them, for the check of two people."""
    details: dict[str, Any] = dict(draft.details or {})
    if people.payees:
        details["payees"] = list(people.payees)
    return chain.canonical(details).decode()


def seal(
    group: SavingsGroup,
    drafts: Sequence[EntryDraft],
    people: Sequence[People],
    operations: Sequence[UUID],
    head: Entry | None,
) -> list[Sealed]:
    """Number, date and hash the drafts after the head. Raises what the lock dates forbid."""
    now = timezone.now().replace(microsecond=0)
    recorded_at = max(now, head.recorded_at) if head else now
    moment, uuid = recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), str(group.uuid)
    dates = LockDates.after(head)
    n = head.n if head else 0
    prev = head.hash if head else chain.NO_HASH
    sealed = []
    salts = secrets.token_bytes(chain.SALT_BYTES * len(drafts))
    for place, (draft, who, operation) in enumerate(zip(drafts, people, operations, strict=True)):
        n += 1
        dates.pass_through(draft, group)
        salt = salts[place * chain.SALT_BYTES : (place + 1) * chain.SALT_BYTES]
        text = details_text(draft, who)
        memo = chain.memo_hash(salt, text)
        declared = dict(draft.declared or {})
        reverses = draft.reverses.n if draft.reverses else 0
        form = chain.entry_form(
            uuid, draft.kind, draft.on.isoformat(), moment, who.maker, who.approvers, reverses, declared_text(declared)
        )
        entry_hash = chain.hash_in_form(form, str(operation), memo, n, ",".join(_posting_texts(draft)), prev)
        values = (
            entry_id(group.id, n), group.id, n, operation, draft.kind, draft.on, recorded_at, who.maker,
            list(who.approvers), _reversed_id(draft), memo, declared, prev, entry_hash, len(draft.lines),
            dates.locked, dates.declared,
        )  # fmt: skip
        entry = Entry.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values)  # by name it takes three times as long
        _GROUP.set_cached_value(entry, group)
        prev = entry_hash
        lines = tuple((account.id, satang) for account, satang in draft.lines)
        sealed.append(Sealed(entry, lines, salt.hex(), text))
    return sealed


def _posting_texts(draft: EntryDraft) -> list[str]:
    return [
        chain.posting_text(line, account.code, account.holder, satang)
        for line, (account, satang) in enumerate(draft.lines, 1)
    ]


def _reversed_id(draft: EntryDraft) -> int | None:
    return draft.reverses.pk if draft.reverses else None


def declared_text(declared: Mapping[str, int]) -> str:
    """Declared balances in their canonical form; the column keeps the same text."""
    return chain.canonical(declared).decode() if declared else "{}"
