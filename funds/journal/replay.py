"""The same form sent again: double click, resend, reconnect. It posts once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from funds import chain
from funds.errors import OperationReused
from funds.journal.drafts import EntryDraft, People
from funds.journal.seal import details_text
from funds.models import Entry, EntryDetails, Posting, entry_id
from members import queries
from members.models import SavingsGroup


def posted_before(
    group: SavingsGroup,
    drafts: Sequence[EntryDraft],
    people: Sequence[People],
    operations: Sequence[UUID],
    operation: UUID,
) -> list[Entry]:
    """The entries that this batch already made, or none. Raises OperationReused when they say something else."""
    found = queries.rows("SELECT n FROM funds_entry WHERE group_id = %s AND operation = %s", [group.pk, operation.hex])
    if not found:
        return []
    n = found[0][0]
    first = n - operations.index(operation)
    span = (entry_id(group.pk, first), entry_id(group.pk, first + len(drafts) - 1))
    entries = list(Entry.objects.filter(id__range=span).order_by("id"))
    if first < 1 or [entry.operation for entry in entries] != list(operations):
        raise OperationReused
    lines: dict[int, list[tuple[int, int]]] = {}
    rows = Posting.objects.filter(entry__gte=span[0], entry__lte=span[1]).order_by("entry_id", "line")
    for number, account, amount in rows.values_list("entry_id", "account_id", "amount"):
        lines.setdefault(number, []).append((account, amount))
    details = EntryDetails.objects.in_bulk([entry.pk for entry in entries])
    for entry, draft, who in zip(entries, drafts, people, strict=True):
        if _said(entry, lines.get(entry.pk, [])) != _says(draft, who):
            raise OperationReused
        if not _same_words(entry, details.get(entry.pk), draft, who):
            raise OperationReused
        entry.group = group
    return entries


def _said(entry: Entry, lines: list[tuple[int, int]]) -> tuple[Any, ...]:
    return (entry.kind, entry.booked_on, entry.maker, list(entry.approvers), entry.reverses_id, entry.declared, lines)


def _says(draft: EntryDraft, who: People) -> tuple[Any, ...]:
    lines = [(account.pk, satang) for account, satang in draft.lines]
    reverses = draft.reverses.pk if draft.reverses else None
    return (draft.kind, draft.on, who.maker, list(who.approvers), reverses, dict(draft.declared or {}), lines)


def _same_words(entry: Entry, details: EntryDetails | None, draft: EntryDraft, who: People) -> bool:
    """Compare by the hash; erased words cannot be compared and do not make a second entry."""
    if details is None:
        return True
    return chain.memo_hash(bytes.fromhex(details.salt), details_text(draft, who)) == entry.memo_hash
