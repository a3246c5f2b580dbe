"""The close of an account year: asked for when the checklist is green, signed by an auditor, posted once."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.chart import ADMINISTRATIVE, OPERATING
from funds.journal import credit, debit, lock_book, post_entry
from funds.models import AccountYear, Entry
from funds.services import write_openings
from members import cosign
from members.access import Right, has_right
from members.cosign import CoSignature, SignerIsAsker, SignerLacksRight
from members.models import User
from shareout.errors import (
    BooksMovedSince,
    ChecklistNotGreen,
    ClosingDone,
    ClosingWaits,
    YearBefore,
    YearClosed,
    YearNotOver,
)
from shareout.models import YearClosing
from shareout.result import Key, closing_lines, result_of
from shareout.selectors.checklist import CheckLine, checklist, is_over, year_before
from shareout.selectors.statements import year_balances
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

TAG = b"SATCHA-YEAR-CLOSE-1\n"


@transaction.atomic
def request_closing(*, year: AccountYear, operation: UUID, by: User) -> YearClosing:
    """Ask the auditor to sign the close of a year as the books stand; the same operation returns the request.

    Raises YearClosed, YearNotOver, YearBefore, ChecklistNotGreen (naming what is missing), ClosingWaits.
    """
    lock_book(year.group)
    known = YearClosing.objects.filter(operation=operation, year=year).first()
    if known is not None:
        return known
    _require_closable(year)
    lines = _require_green(year)
    balances = year_balances(year)
    closing = YearClosing(
        group=year.group,
        year=year,
        operation=operation,
        checklist={
            "lines": [[line.key, line.label, line.text] for line in lines],
            "operating": result_of(balances, OPERATING),
            "administrative": result_of(balances, ADMINISTRATIVE),
        },
        fingerprint=fingerprint_of(year, balances),
        requested_by=by,
        requested_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            closing.save()
    except IntegrityError:
        raise ClosingWaits from None
    return closing


@transaction.atomic
def ask_closing_signature(*, closing: YearClosing) -> CoSignature:
    """Ask for the auditor's signature at the laptop of who asked; again if it has lapsed. Raises ClosingDone."""
    lock_book(closing.group)
    locked = _locked(closing)
    locked.signature = cosign.request_cosign(
        group=closing.group,
        by=locked.requested_by,
        right=Right.AUDIT,
        title=_("Close of the account year"),
        content=closing_content(locked),
    )
    locked.save(update_fields=["signature"])
    return locked.signature


@transaction.atomic
def close_signed(*, closing: YearClosing) -> YearClosing:
    """Spend the signature given at the asker's laptop, and close; a second click is the same close.

    Raises SignatureMissing, members.cosign.CoSignRefused and what `close_year` raises.
    """
    lock_book(closing.group)
    closing.refresh_from_db()
    if closing.signature is None:
        raise cosign.SignatureMissing
    if closing.entry_id is not None and closing.approved_by_id == closing.signature.signed_by_id:
        return closing
    signer = cosign.use(signature=closing.signature, content=closing_content(closing), by=closing.requested_by)
    return close_year(closing=closing, by=signer)


@transaction.atomic
def close_year(*, closing: YearClosing, by: User) -> YearClosing:
    """Close a year as the auditor: one entry, the opening rows, and the lock; twice by the same auditor is one close.

    Posts, dated the year's last day: what was booked on income and cost goes to O3900, A3100 and the unit books' own
    stock; no lines where there was nothing. Nothing can be dated into the year from then on. The checklist is gone
    through once more: a meeting may have been opened, a book damaged since the request. Raises ClosingDone,
    BooksMovedSince, ChecklistNotGreen, SignerIsAsker, SignerLacksRight, YearNotOver, YearBefore and what the gate
    refuses.
    """
    group = closing.group
    lock_book(group)
    locked = YearClosing.objects.select_for_update(of=("self",)).select_related("year").get(pk=closing.pk)
    locked.group = locked.year.group = group
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise ClosingDone
    if by.pk == locked.requested_by_id:
        raise SignerIsAsker
    if not has_right(by, group, Right.AUDIT):
        raise SignerLacksRight
    _require_closable(locked.year)
    balances = year_balances(locked.year)
    if fingerprint_of(locked.year, balances) != locked.fingerprint:
        raise BooksMovedSince
    _require_green(locked.year)
    planned = closing_lines(balances)
    accounts = accounts_for(group, [(code, holder) for code, holder, _amount in planned])
    locked.entry = post_entry(
        group=group,
        kind="year_close",
        on=locked.year.ends_on,
        by=locked.requested_by,
        ok=[by],
        lines=[
            debit(accounts[code, holder], amount) if amount > 0 else credit(accounts[code, holder], -amount)
            for code, holder, amount in planned
        ],
        operation=locked.operation,
        details={"memo": str(locked.year.year)},
    )
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["entry", "approved_by", "approved_at"])
    locked.year.closing = locked.entry
    locked.year.save(update_fields=["closing"])
    write_openings(group=group, ends_on=locked.year.ends_on)
    return locked


@transaction.atomic
def cancel_closing(*, closing: YearClosing, by: User) -> YearClosing:
    """Take a request back before it is signed. Raises ClosingDone."""
    lock_book(closing.group)
    locked = _locked(closing)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def closing_content(closing: YearClosing) -> dict[Any, Any]:
    """What the auditor signs, as it is read."""
    return {
        _("Account year"): closing.year.year,
        _("Last day"): closing.year.ends_on,
        _("Result of the operating pool"): format_baht(closing.checklist["operating"]),
        _("Result of the administrative pool"): format_baht(closing.checklist["administrative"]),
        _("Code of the content"): closing.fingerprint,
    }


def fingerprint_of(year: AccountYear, balances: dict[Key, int]) -> str:
    """SHA-256 over the year, its entries and every balance of its last day: what is dated later changes nothing."""
    entries = Entry.objects.filter(group=year.group_id, booked_on__lte=year.ends_on)
    content = {
        "year": year.year,
        "ends_on": year.ends_on.isoformat(),
        "entries": entries.count(),
        "balances": [[code, holder, amount] for (code, holder), amount in sorted(balances.items())],
    }
    return hashlib.sha256(TAG + json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _require_closable(year: AccountYear) -> None:
    if AccountYear.objects.filter(pk=year.pk, closing__isnull=False).exists():
        raise YearClosed(year=year.year)
    if not is_over(year):
        raise YearNotOver(year=year.year, day=format_date(year.ends_on, "long", active_language()))
    if (earlier := year_before(year)) is not None:
        raise YearBefore(year=earlier.year)


def _require_green(year: AccountYear) -> list[CheckLine]:
    lines = checklist(year)
    if missing := [line.label for line in lines if not line.is_green]:
        raise ChecklistNotGreen(missing=", ".join(missing))
    return lines


def _locked(closing: YearClosing) -> YearClosing:
    locked = YearClosing.objects.select_for_update(of=("self",)).select_related("year").get(pk=closing.pk)
    if not locked.is_waiting:
        raise ClosingDone
    locked.group = locked.year.group = closing.group
    return locked
