"""Order of work: lock the book, read the head, look the operation up, check, write.

Nothing is decided on what was read before the lock.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from funds.balances import read_head
from funds.errors import BooksNotOpen, MalformedEntry, OperationReused
from funds.guards import require_guards
from funds.journal.drafts import EntryDraft, Line, Payee, Person, people_of
from funds.journal.floors import require_declaration, require_floors
from funds.journal.locks import NEVER
from funds.journal.replay import posted_before
from funds.journal.rules import require_sound
from funds.journal.seal import seal
from funds.journal.writers import write
from funds.models import Book, Entry
from funds.years import ensure_account_year, is_in_account_year
from members.models import SavingsGroup

_USED_OPERATION = ("satcha:operation_used", "entry_operation_once")


def open_book(*, group: SavingsGroup) -> Book:
    """Give a new group its book, once; entries need it. The opening entry comes next."""
    book, _made = Book.objects.get_or_create(group=group)
    return book


def lock_book(group: SavingsGroup) -> None:
    """Lock the group's book row until the transaction ends: the first statement of whoever posts.

    On SQLite the transaction itself is the lock (BEGIN IMMEDIATE). Raises BooksNotOpen when the group has no book.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The book is locked inside a transaction.")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT current_setting('transaction_isolation') FROM funds_book WHERE group_id = %s FOR NO KEY UPDATE",
                [group.pk],
            )
        else:
            cursor.execute("SELECT 'read committed' FROM funds_book WHERE group_id = %s", [group.pk])
        row = cursor.fetchone()
    if row is None:
        raise BooksNotOpen
    if row[0] != "read committed":
        raise transaction.TransactionManagementError("The book lock is safe under READ COMMITTED only.")


def post_entry(
    *,
    group: SavingsGroup,
    kind: str,
    on: date,
    by: Person,
    lines: Sequence[Line],
    operation: uuid.UUID,
    ok: Iterable[Person] = (),
    details: Mapping[str, Any] | None = None,
    declared: Mapping[str, int] | None = None,
    payee: Payee | Iterable[str] | None = None,
) -> Entry:
    """Post one entry and return it; the same operation again returns the entry already posted.

    Raises OperationReused (same operation, other content) and whatever rule the entry breaks (funds.errors).
    """
    draft = EntryDraft(
        kind=kind,
        on=on,
        by=by,
        ok=tuple(ok),
        lines=tuple(lines),
        operation=operation,
        details=details,
        declared=declared,
        payee=payee,
    )
    return post_entries(group=group, drafts=[draft], operation=operation)[0]


def post_entries(*, group: SavingsGroup, drafts: Sequence[EntryDraft], operation: uuid.UUID) -> list[Entry]:
    """Post a batch, all or nothing, in the order given, and return its entries.

    operation: the batch's own id, the one that is looked up; one of the drafts carries it (the close), or else the last
    draft that has none. Others without an id get one derived from it. Floors are checked in the drafts' order.
    """
    if not drafts:
        return []
    operations = operations_of(drafts, operation)
    with transaction.atomic():
        lock_book(group)
        head = read_head(group)
        people = [people_of(draft) for draft in drafts]
        if posted := posted_before(group, drafts, people, operations, operation):
            return posted
        require_guards(connection)
        today = timezone.localdate()
        for draft, who in zip(drafts, people, strict=True):
            require_sound(group, draft, who, today)
        sealed = seal(group, drafts, people, operations, head)
        require_floors(group, drafts)
        for position, draft in enumerate(drafts):
            if draft.declared:
                require_declaration(group, drafts, position)
        last_day = max(draft.on for draft in drafts)
        is_new_day = sealed[-1].entry.locked_through != NEVER and (head is None or last_day > head.booked_on)
        if is_new_day and not is_in_account_year(group=group, on=last_day):
            ensure_account_year(group=group, on=last_day)
        try:
            write(connection, group.pk, sealed)
        except IntegrityError as problem:
            if any(name in str(problem) for name in _USED_OPERATION):
                raise OperationReused from problem
            raise
    return [item.entry for item in sealed]


def operations_of(drafts: Sequence[EntryDraft], operation: uuid.UUID) -> list[uuid.UUID]:
    """Each draft's operation id: its own, the batch's, or one derived from the batch's and its place."""
    own: list[uuid.UUID | None] = [draft.operation for draft in drafts]
    if operation not in own:
        places = [place for place, found in enumerate(own) if found is None]
        if not places:
            raise MalformedEntry(fault="no entry carries the operation of its batch")
        own[places[-1]] = operation
    found = [value or uuid.uuid5(operation, str(place)) for place, value in enumerate(own)]
    if len(set(found)) != len(found):
        raise MalformedEntry(fault="two entries with one operation")
    return found
