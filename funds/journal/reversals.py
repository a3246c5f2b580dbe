"""Correction: a new entry that reverses an old one. Nothing is ever edited."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from funds import chart, kinds
from funds.accounts import accounts_for
from funds.balances import read_head
from funds.chart import Type
from funds.errors import AlreadyReversed, CannotReverse, ClosedYearResult, YearStillOpen
from funds.journal.drafts import EntryDraft, Line, Payee, Person
from funds.journal.gate import lock_book, post_entries
from funds.models import Entry, Posting
from funds.reversing import follow_reversal, require_reversible

REPLACEMENT = "replacement"


def reverse_entry(
    *,
    entry: Entry,
    by: Person,
    ok: Iterable[Person],
    operation: uuid.UUID,
    reason: str,
    payee: Payee | Iterable[str] | None = None,
) -> Entry:
    """Undo an entry: mirror each of its postings, dated today.

    ok: the second officer. Floors and locks hold as for every entry. Raises CannotReverse for reversals, openings,
    closes and decisions, AlreadyReversed, ClosedYearResult for income or cost of a closed year (see
    `correct_prior_year`), and what a package above refuses (funds/reversing.py).
    """
    with transaction.atomic():
        is_new = _is_new(entry, operation)
        draft = _reversal(entry, by, ok, operation, reason, payee)
        reversal = post_entries(group=entry.group, drafts=[draft], operation=operation)[0]
        if is_new:
            follow_reversal(entry, reversal, by)
    return reversal


def correct_entry(
    *, entry: Entry, replacement: EntryDraft, by: Person, ok: Iterable[Person], operation: uuid.UUID, reason: str
) -> tuple[Entry, Entry]:
    """Reverse an entry and post what it should have been, in one batch; floors hold after the pair."""
    with transaction.atomic():
        is_new = _is_new(entry, operation)
        undo = replace(_reversal(entry, by, ok, operation, reason, None), then_replaced=True)
        again = replace(replacement, operation=replacement_operation(operation))
        first, second = post_entries(group=entry.group, drafts=[undo, again], operation=operation)
        if is_new:
            follow_reversal(entry, first, by)
    return first, second


def correct_prior_year(
    *, entry: Entry, by: Person, ok: Iterable[Person], operation: uuid.UUID, resolution: str, reason: str
) -> Entry:
    """Undo what a closed year booked as income or cost, at the expense of its pool.

    Posts: the mirror, with income and cost booked to O3900 (administrative pool: A3100).

    resolution: the number of the resolution that decided it. Raises YearStillOpen where `reverse_entry` is enough, and
    as that one.
    """
    with transaction.atomic():
        is_new = _is_new(entry, operation)
        on = _checked_day(entry, operation)
        rows = _rows(entry)
        if not is_closed_result(entry):
            raise YearStillOpen(number=entry.n)
        keys = [(chart.profit_account(row.account.code), "" if _is_result(row) else row.account.holder) for row in rows]
        accounts = accounts_for(entry.group, keys)
        lines = [Line(accounts[key], -row.amount) for key, row in zip(keys, rows, strict=True)]
        details = {"memo": reason, "resolution": resolution, "corrects": entry.n}
        draft = EntryDraft(
            kind="prior_year",
            on=on,
            by=by,
            ok=tuple(ok),
            lines=lines,
            operation=operation,
            details=details,
            reverses=entry,
        )
        correction = post_entries(group=entry.group, drafts=[draft], operation=operation)[0]
        if is_new:
            follow_reversal(entry, correction, by)
    return correction


def replacement_operation(operation: uuid.UUID) -> uuid.UUID:
    """The operation id of the entry that replaces what `operation` reversed: so a check knows the pair."""
    return uuid.uuid5(operation, REPLACEMENT)


def _reversal(
    entry: Entry,
    by: Person,
    ok: Iterable[Person],
    operation: uuid.UUID,
    reason: str,
    payee: Payee | Iterable[str] | None,
) -> EntryDraft:
    on = _checked_day(entry, operation)
    rows = _rows(entry)
    if is_closed_result(entry):
        raise ClosedYearResult(number=entry.n)
    lines = [Line(row.account, -row.amount) for row in rows]
    details = {"memo": reason, "corrects": entry.n}
    return EntryDraft(
        kind="reversal",
        on=on,
        by=by,
        ok=tuple(ok),
        lines=lines,
        operation=operation,
        details=details,
        payee=payee,
        reverses=entry,
    )


def _checked_day(entry: Entry, operation: uuid.UUID) -> date:
    """Today, or the day on which this very operation was posted before; refuse what cannot be reversed."""
    if not kinds.kind_of(entry.kind).reversible:
        raise CannotReverse(number=entry.n)
    earlier = Entry.objects.filter(group=entry.group, reverses=entry).first()
    if earlier is None:
        today = timezone.localdate()
        require_reversible(entry, today)
        return today
    if earlier.operation != operation:
        raise AlreadyReversed(number=entry.n)
    return earlier.booked_on


def _is_new(entry: Entry, operation: uuid.UUID) -> bool:
    """Whether this operation has posted nothing yet, asked behind the lock."""
    lock_book(entry.group)
    return not Entry.objects.filter(group=entry.group, operation=operation).exists()


def is_closed_result(entry: Entry) -> bool:
    """Whether an entry is income or cost of a closed year, which only `correct_prior_year` undoes."""
    head = read_head(entry.group)
    is_closed = head is not None and entry.booked_on <= head.locked_through
    return is_closed and any(_is_result(row) for row in _rows(entry))


def _rows(entry: Entry) -> list[Posting]:
    return list(Posting.objects.filter(entry=entry).select_related("account").order_by("line"))


def _is_result(row: Posting) -> bool:
    return chart.type_of(row.account.code) in (Type.INCOME, Type.COST)
