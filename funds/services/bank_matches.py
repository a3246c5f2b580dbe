"""Lines of the bank book and entries of the ledger are put together by hand, taken apart, and signed month by month."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from funds.bank_errors import (
    MatchEmpty,
    MatcherIsTreasurer,
    MatchSealed,
    MatchTaken,
    MatchUneven,
    MonthBeforeOpen,
    MonthNotOver,
    MonthNotTyped,
)
from funds.bankbook import last_day, month_name
from funds.chart import BANK
from funds.journal import lock_book, post_entry
from funds.models import (
    BankAccount,
    BankLine,
    BankMatch,
    BankPage,
    EarlierPosting,
    MatchedLine,
    MatchedPosting,
    Posting,
    Reconciliation,
)
from funds.selectors.bank_book import Comparison, compare, first_page, frozen_items, page_of, reconciled
from funds.services.bank_pages import is_treasurer
from members import cosign
from members.access import Right
from members.models import CoSignature, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

Key = tuple[int, int]
_month = lazy(month_name, str)


@transaction.atomic
def match(*, account: BankAccount, by: User, lines: Sequence[int], postings: Sequence[Key]) -> BankMatch:
    """Say that lines of the book and postings of the ledger are the same money.

    lines: their ids; postings: entry id and line. Without a line an entry is matched with the one that undoes it.
    Raises MatcherIsTreasurer, MatchEmpty, MatchUneven, MatchTaken.
    """
    lock_book(account.group)
    _refuse_treasurer(account, by)
    found_lines = _lines(account, set(lines))
    found_postings = _postings(account, set(postings))
    if not found_lines and len(found_postings) < 2 and not (not found_postings and len(found_lines) > 1):
        raise MatchEmpty
    book, ledger = sum(line.satang for line in found_lines), sum(row.amount for row in found_postings)
    if book != ledger:
        raise MatchUneven(book=format_baht(book), ledger=format_baht(ledger))
    days = [line.on for line in found_lines] + [row.booked_on for row in found_postings]
    made = BankMatch.objects.create(
        group=account.group, account=account, through=max(days), made_by=by, made_at=timezone.now()
    )
    try:
        with transaction.atomic():
            MatchedLine.objects.bulk_create(MatchedLine(match=made, line=line) for line in found_lines)
            MatchedPosting.objects.bulk_create(
                MatchedPosting(match=made, entry_id=row.entry_id, line=row.line) for row in found_postings
            )
    except IntegrityError:
        raise MatchTaken from None
    return made


@transaction.atomic
def match_all(*, account: BankAccount, by: User, pairs: Iterable[tuple[Sequence[int], Sequence[Key]]]) -> int:
    """Confirm several proposals at once, all or none; how many. Raises as `match`."""
    return len([match(account=account, by=by, lines=lines, postings=postings) for lines, postings in pairs])


@transaction.atomic
def unmatch(*, found: BankMatch, by: User) -> None:
    """Take a match apart. Raises MatcherIsTreasurer, MatchSealed, MatchTaken (it is gone already)."""
    lock_book(found.group)
    _refuse_treasurer(found.account, by)
    row = BankMatch.objects.select_for_update().filter(pk=found.pk).first()
    if row is None:
        raise MatchTaken
    if row.sealed_id is not None:
        raise MatchSealed
    row.delete()


@transaction.atomic
def note_earlier(*, account: BankAccount, by: User, postings: Sequence[Key], there: bool = True) -> None:
    """Say which postings from before the first typed month the bank's book did not have yet when it begins.

    there: False takes it back. Raises MatcherIsTreasurer, MatchSealed (the first month is signed), MatchTaken (matched
    already).
    """
    lock_book(account.group)
    _refuse_treasurer(account, by)
    begin = first_page(account)
    if begin is None or reconciled(account, begin.month) is not None:
        raise MatchSealed
    rows = [row for row in _postings(account, set(postings)) if row.booked_on < begin.month]
    for row in rows:
        known = EarlierPosting.objects.filter(entry_id=row.entry_id, line=row.line)
        if there and not known.exists():
            EarlierPosting.objects.create(account=account, entry_id=row.entry_id, line=row.line, noted_by=by)
        elif not there:
            if MatchedPosting.objects.filter(entry_id=row.entry_id, line=row.line).exists():
                raise MatchTaken
            known.delete()


def reconciliation_content(account: BankAccount, found: Comparison) -> dict[Any, Any]:
    """What the audit part signs: the figures and how many items are open."""
    return {
        _("Bank account"): str(account),
        _("Month"): _month(found.through.replace(day=1)),
        _("Balance in the bank book"): format_baht(found.book),
        _("Balance in the ledger"): format_baht(found.ledger),
        _("Difference"): format_baht(found.difference, signed=True),
        _("Open in the bank book"): f"{len(found.lines)} · {format_baht(found.open_lines, signed=True)}",
        _("Open in the ledger"): f"{len(found.postings)} · {format_baht(found.open_postings, signed=True)}",
        _("Not explained since the beginning"): format_baht(found.beginning, signed=True),
    }


def reconciliation_signature(*, account: BankAccount, month: date, by: User) -> CoSignature | None:
    """The signature this officer asked for on the month as it stands now, while it can still be given or used."""
    found = compare(account, month)
    if found is None:
        return None
    wanted = cosign.content_hash(group=account.group, by=by, content=reconciliation_content(account, found))
    asked = CoSignature.objects.filter(
        group=account.group, asked_by=by, content_hash=wanted, right=Right.AUDIT.value, used_at__isnull=True
    )
    return asked.filter(expires_at__gt=timezone.now()).order_by("-pk").first()


def ask_to_reconcile(*, account: BankAccount, month: date, by: User) -> CoSignature:
    """Ask the audit part to sign the month.

    Raises MatcherIsTreasurer, MonthNotTyped, MonthNotOver, MonthBeforeOpen.
    """
    with transaction.atomic():
        lock_book(account.group)
        _refuse_treasurer(account, by)
        found = _require_ready(account, month)
        return reconciliation_signature(account=account, month=month, by=by) or cosign.request_cosign(
            group=account.group,
            by=by,
            right=Right.AUDIT,
            title=_("Sign the comparison of bank book and ledger"),
            content=reconciliation_content(account, found),
        )


def finish_reconciliation(*, account: BankAccount, month: date, by: User) -> Reconciliation:
    """Freeze a month with its figures, signed by the audit part; sent twice, it is one.

    Posts: the decision `bank_reconciled`, without lines, which seals the figures.
    Raises MonthNotTyped, MonthNotOver, MonthBeforeOpen, members.cosign.CoSignRefused.
    """
    with transaction.atomic():
        lock_book(account.group)
        known = reconciled(account, month)
        if known is not None:
            return known
        found = _require_ready(account, month)
        signature = reconciliation_signature(account=account, month=month, by=by)
        if signature is None:
            raise cosign.SignatureMissing
        signer = cosign.use(signature=signature, content=reconciliation_content(account, found), by=by)
        return keep_reconciliation(account=account, month=month, found=found, by=by, signer=signer)


def keep_reconciliation(
    *, account: BankAccount, month: date, found: Comparison, by: User, signer: User
) -> Reconciliation:
    """Write the frozen row and its entry; the caller holds the book's lock and the signature."""
    page = page_of(account, month)
    assert page is not None
    entry = post_entry(
        group=account.group,
        kind="bank_reconciled",
        on=timezone.localdate(),
        by=by,
        ok=[signer],
        lines=[],
        operation=uuid.uuid5(account.group.uuid, f"bank {account.pk} {month:%Y-%m}"),
        details=sealed_figures(account, found),
    )
    row = Reconciliation.objects.create(
        group=account.group,
        account=account,
        page=page,
        month=month,
        through=found.through,
        book_satang=found.book,
        ledger_satang=found.ledger,
        open_lines_satang=found.open_lines,
        open_postings_satang=found.open_postings,
        beginning_satang=found.beginning,
        matched=found.matched,
        items=frozen_items(found),
        finished_by=by,
        signed_by=signer,
        finished_at=timezone.now(),
        entry=entry,
    )
    BankMatch.objects.filter(account=account, through__lte=found.through, sealed__isnull=True).update(sealed=row)
    return row


def sealed_figures(account: BankAccount, found: Comparison) -> dict[str, Any]:
    """The figures that the entry's details keep, and so its hash."""
    return {
        "bank": str(account),
        "through": found.through.isoformat(),
        "book": found.book,
        "ledger": found.ledger,
        "open_lines": found.open_lines,
        "open_postings": found.open_postings,
        "beginning": found.beginning,
    }


def _refuse_treasurer(account: BankAccount, by: User) -> None:
    if is_treasurer(by, account.group):
        raise MatcherIsTreasurer


def _require_ready(account: BankAccount, month: date) -> Comparison:
    found = compare(account, month)
    if found is None:
        raise MonthNotTyped
    if found.through >= timezone.localdate():
        day = date.fromordinal(last_day(month).toordinal() + 1)
        raise MonthNotOver(day=format_date(day, "long", active_language()))
    before = BankPage.objects.filter(account=account, state=BankPage.State.TYPED, month__lt=month)
    if before.filter(reconciliation__isnull=True).exists():
        raise MonthBeforeOpen
    return found


def _lines(account: BankAccount, wanted: set[int]) -> list[BankLine]:
    rows = BankLine.objects.filter(pk__in=wanted, page__account=account, page__state=BankPage.State.TYPED)
    found = list(rows.order_by("on", "pk"))
    if len(found) != len(wanted):
        raise MatchTaken
    return found


def _postings(account: BankAccount, wanted: set[Key]) -> list[Posting]:
    rows = Posting.objects.filter(
        group=account.group_id,
        entry__in={entry for entry, _line in wanted},
        account__code__in=BANK,
        account__holder=account.holder,
    )
    found = [row for row in rows.order_by("booked_on", "entry_id", "line") if (row.entry_id, row.line) in wanted]
    if len(found) != len(wanted):
        raise MatchTaken
    return found
