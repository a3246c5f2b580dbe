"""Turn checked drafts into the rows of entries: number, hash, lock dates."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from funds import chain
from funds.journal.drafts import EntryDraft, People
from funds.journal.locks import LockDates
from funds.models import Entry, entry_id
from members.models import SavingsGroup


@dataclass(frozen=True)
class Sealed:
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


def canonical_form(
    *,
    group: UUID,
    n: int,
    operation: UUID,
    kind: str,
    booked_on: date,
    recorded_at: datetime,
    maker: str,
    approvers: Sequence[str],
    reverses: int,
    memo_hash: str,
    lines: list[list[Any]],
    declared: Mapping[str, int],
    prev: str,
) -> dict[str, Any]:
    """The 14 members of the format, version 1. lines: [line, code, holder, satang]; reverses: a number or 0."""
    return {
        "v": chain.VERSION,
        "g": str(group),
        "n": n,
        "id": str(operation),
        "k": kind,
        "d": booked_on.isoformat(),
        "t": recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "by": maker,
        "ok": list(approvers),
        "rv": reverses,
        "m": memo_hash,
        "p": lines,
        "x": dict(declared),
        "prev": prev,
    }


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
    dates = LockDates.after(head)
    n = head.n if head else 0
    prev = head.hash if head else chain.NO_HASH
    sealed = []
    for draft, who, operation in zip(drafts, people, operations, strict=True):
        n += 1
        dates.pass_through(draft, group)
        salt = secrets.token_bytes(chain.SALT_BYTES)
        text = details_text(draft, who)
        memo = chain.memo_hash(salt, text)
        entry = Entry(
            id=entry_id(group.pk, n),
            group=group,
            n=n,
            operation=operation,
            kind=draft.kind,
            booked_on=draft.on,
            recorded_at=recorded_at,
            maker=who.maker,
            approvers=list(who.approvers),
            reverses=draft.reverses,
            memo_hash=memo,
            declared=dict(draft.declared or {}),
            prev=prev,
            lines=len(draft.lines),
            locked_through=dates.locked,
            declared_through=dates.declared,
        )
        entry.hash = prev = chain.hash_of(_form_of(entry, group, draft))
        lines = tuple((account.pk, satang) for account, satang in draft.lines)
        sealed.append(Sealed(entry, lines, salt.hex(), text))
    return sealed


def _form_of(entry: Entry, group: SavingsGroup, draft: EntryDraft) -> dict[str, Any]:
    return canonical_form(
        group=group.uuid,
        n=entry.n,
        operation=entry.operation,
        kind=entry.kind,
        booked_on=entry.booked_on,
        recorded_at=entry.recorded_at,
        maker=entry.maker,
        approvers=entry.approvers,
        reverses=draft.reverses.n if draft.reverses else 0,
        memo_hash=entry.memo_hash,
        lines=[[line, account.code, account.holder, satang] for line, (account, satang) in enumerate(draft.lines, 1)],
        declared=entry.declared,
        prev=entry.prev,
    )


def declared_text(declared: Mapping[str, int]) -> str:
    """Declared balances as the column keeps them."""
    return json.dumps(declared, sort_keys=True)
