"""A group's books begin: with what it has and owes, or with nothing; two people, once."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.balances import read_head
from funds.errors import BooksAlreadyOpen
from funds.journal import Line, lock_book, open_book, post_entry
from funds.journal.drafts import Person
from funds.journal.locks import NEVER, opening_day
from funds.models import Entry
from funds.years import open_account_year
from members import cosign
from members.access import Right
from members.models import CoSignature, SavingsGroup, User

EMPTY_BOOKS = "empty books"


@transaction.atomic
def start_books(
    *,
    group: SavingsGroup,
    by: Person,
    ok: Iterable[Person] = (),
    operation: uuid.UUID,
    lines: Sequence[Line] = (),
    details: Mapping[str, Any] | None = None,
    kind: str = "opening",
) -> Entry:
    """Open a group's books: its opening balances, dated the day before its first account year.

    Posts: debit what the group has; credit what it owes and its funds; nothing for a group that starts with nothing.
    Two people, unless the kind is `paper_opening`. Makes the book and the first account year if they are not there.
    """
    open_book(group=group)
    open_account_year(group=group, starts_on=group.first_year_starts_on)
    return post_entry(
        group=group,
        kind=kind,
        on=opening_day(group),
        by=by,
        ok=ok,
        lines=lines,
        operation=operation,
        details=details,
    )


def empty_books_content(group: SavingsGroup) -> dict[Any, Any]:
    """What the second officer signs: whose books begin, on which day, and that nothing stands in them."""
    return {
        _("Group"): group.name,
        _("Day of the opening entry"): opening_day(group),
        _("Cash, bank and loans"): _("none"),
        _("Members' savings and debts"): _("none"),
    }


def empty_books_signature(*, group: SavingsGroup, by: User) -> CoSignature | None:
    """The signature that this officer asked for to begin empty books, while it can still be given or used."""
    wanted = cosign.content_hash(group=group, by=by, content=empty_books_content(group))
    asked = CoSignature.objects.filter(group=group, asked_by=by, content_hash=wanted, used_at__isnull=True)
    return asked.filter(expires_at__gt=timezone.now()).order_by("-pk").first()


def ask_to_start_empty_books(*, group: SavingsGroup, by: User) -> CoSignature:
    """Ask a second officer to sign that the books begin with nothing; asked twice, it is one.

    Raises BooksAlreadyOpen.
    """
    with transaction.atomic():
        open_book(group=group)
        lock_book(group)
        _refuse_open(group)
        return empty_books_signature(group=group, by=by) or cosign.request_cosign(
            group=group, by=by, right=Right.COSIGN, title=_("Open empty books"), content=empty_books_content(group)
        )


def start_empty_books(*, group: SavingsGroup, by: User) -> Entry:
    """Open the books of a group that starts with nothing, signed by a second officer; sent twice, it is one entry.

    Posts: the opening without lines. Raises BooksAlreadyOpen, FutureDate (the first account year has not come),
    members.cosign.CoSignRefused.
    """
    operation = uuid.uuid5(group.uuid, EMPTY_BOOKS)
    with transaction.atomic():
        open_book(group=group)
        lock_book(group)
        posted = Entry.objects.filter(group=group, operation=operation, maker=by.code).first()
        if posted is not None:
            return posted
        _refuse_open(group)
        signature = empty_books_signature(group=group, by=by)
        if signature is None:
            raise cosign.SignatureMissing
        signer = cosign.use(signature=signature, content=empty_books_content(group), by=by)
        return start_books(group=group, by=by, ok=[signer], operation=operation)


def _refuse_open(group: SavingsGroup) -> None:
    head = read_head(group)
    if head is not None and head.locked_through != NEVER:
        raise BooksAlreadyOpen
