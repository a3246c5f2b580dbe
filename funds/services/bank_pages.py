"""A month of the bank book: kept as it is typed, taken over when it adds up, set aside when it was typed wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from funds.bank_errors import (
    DraftChanged,
    LineWrong,
    MonthStillRuns,
    PageDone,
    PageEmpty,
    PageFollowed,
    PageMissing,
    PageReconciled,
    TypistIsTreasurer,
)
from funds.bankbook import COLUMNS, LINES_MOST, ReadPage, next_month, read_page
from funds.journal import lock_book
from funds.models import BankAccount, BankLine, BankMatch, BankPage
from funds.models.photos import Photo
from funds.selectors.bank_book import page_of, typed_before
from members.models import Office, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language

LONGEST_CELL = 160


def is_treasurer(user: User, group: SavingsGroup, on: date | None = None) -> bool:
    """Whether a user holds the treasurer's office on a day, today unless told."""
    return Office.objects.held_on(on).filter(user=user, group=group, role=Office.Role.TREASURER).exists()


@transaction.atomic
def save_draft(
    *,
    account: BankAccount,
    month: date,
    by: User,
    opening: str,
    rows: Sequence[Mapping[str, str]],
    version: int = 0,
) -> BankPage:
    """Keep a month as it is typed, letter by letter. version: of the draft that was shown, 0 for a new month.

    Raises TypistIsTreasurer, PageDone, PageMissing, DraftChanged.
    """
    page = _page_to_type(account, month, by)
    if page.pk is not None and page.version != version:
        raise DraftChanged
    page.draft = {"opening": opening[:LONGEST_CELL], "rows": [_cells(row) for row in rows[:LINES_MOST]]}
    page.version = version + 1
    page.save()
    return page


@transaction.atomic
def finish_page(*, account: BankAccount, month: date, by: User) -> BankPage:
    """Take the typed month over, every line of which adds up.

    Raises TypistIsTreasurer, PageDone, MonthStillRuns, PageEmpty, LineWrong (the first one), PageMissing.
    """
    page = _page_to_type(account, month, by)
    if timezone.localdate() < next_month(month):
        raise MonthStillRuns(day=format_date(next_month(month), "long", active_language()))
    read = read_draft(page)
    if read.opening_satang is None and 0 not in read.faults:
        raise PageEmpty
    for row, fault in sorted(read.faults.items()):
        raise LineWrong(line=row, fault=fault)
    page.opening_satang, page.closing_satang = read.opening_satang, read.closing_satang
    page.state = BankPage.State.TYPED
    page.version += 1
    page.save()
    BankLine.objects.bulk_create(
        BankLine(
            page=page,
            place=place,
            on=line.on,
            words=line.words,
            in_satang=line.in_satang,
            out_satang=line.out_satang,
            balance_satang=line.balance_satang,
        )
        for place, line in enumerate(read.lines, 1)
    )
    return page


@transaction.atomic
def set_page_aside(*, page: BankPage, by: User) -> BankPage:
    """Set a month aside that was typed wrong and begin a draft with the same words; its matches are undone.

    Raises TypistIsTreasurer, PageReconciled, PageFollowed, PageDone.
    """
    lock_book(page.group)
    if is_treasurer(by, page.group):
        raise TypistIsTreasurer
    row = BankPage.objects.select_for_update().get(pk=page.pk)
    if row.state != BankPage.State.TYPED:
        raise PageDone
    if hasattr(row, "reconciliation"):
        raise PageReconciled
    if page_of(row.account, next_month(row.month)) is not None:
        raise PageFollowed
    BankMatch.objects.filter(lines__line__page=row).delete()
    row.state = BankPage.State.SET_ASIDE
    row.save(update_fields=["state"])
    fresh = BankPage(group=row.group, account=row.account, month=row.month, draft=row.draft)
    _sign(fresh, by)
    fresh.save()
    fresh.photos.set(row.photos.all())
    return fresh


@transaction.atomic
def add_page_photo(*, page: BankPage, photo: Photo, by: User) -> None:
    """Lay a photo of the book beside the typed month. Raises TypistIsTreasurer, PageReconciled."""
    lock_book(page.group)
    if is_treasurer(by, page.group):
        raise TypistIsTreasurer
    if hasattr(page, "reconciliation"):
        raise PageReconciled
    page.photos.add(photo)


def read_draft(page: BankPage) -> ReadPage:
    """What the draft says, with its faults."""
    before = typed_before(page.account, page.month)
    return read_page(
        month=page.month,
        opening=page.draft.get("opening", ""),
        rows=page.draft.get("rows", []),
        expected=None if before is None else before.closing_satang,
    )


def _page_to_type(account: BankAccount, month: date, by: User) -> BankPage:
    """The month's draft, locked with the book; a new one where there is none."""
    lock_book(account.group)
    if is_treasurer(by, account.group):
        raise TypistIsTreasurer
    page = BankPage.objects.filter(account=account, month=month).exclude(state=BankPage.State.SET_ASIDE).first()
    if page is None:
        page = BankPage(group=account.group, account=account, month=month, version=0)
    elif not page.is_draft:
        raise PageDone
    _require_place(account, month)
    _sign(page, by)
    return page


def _require_place(account: BankAccount, month: date) -> None:
    """The first month may be any; after that each follows the last."""
    typed = BankPage.objects.filter(account=account, state=BankPage.State.TYPED).order_by("-month").first()
    if typed is not None and month != next_month(typed.month):
        raise PageMissing


def _sign(page: BankPage, by: User) -> None:
    page.typed_by, page.typed_on, page.typed_at = by, timezone.localdate(), timezone.now()


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {column: str(row.get(column, ""))[:LONGEST_CELL] for column in COLUMNS}
