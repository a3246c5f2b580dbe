"""I4, I11: what the bank's rows say agrees with the journal, adds up, and was written by those who may."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Sum

from funds.chart import BANK
from funds.findings import Finding
from funds.models import (
    BankLine,
    BankMatch,
    BankMove,
    BankPage,
    Entry,
    EntryDetails,
    MatchedLine,
    MatchedPosting,
    Posting,
    Reconciliation,
)
from members.models import Office, SavingsGroup

SEALED = {
    "book": "book_satang",
    "ledger": "ledger_satang",
    "open_lines": "open_lines_satang",
    "open_postings": "open_postings_satang",
    "beginning": "beginning_satang",
}


def check_bank(group: SavingsGroup) -> Iterator[Finding]:
    """Signed months say what their entries sealed and the ledger held; months add up; the treasurer typed none."""
    yield from _signed_months(group)
    yield from _typed_months(group)
    yield from _matches(group)
    yield from _moves(group)


def _signed_months(group: SavingsGroup) -> Iterator[Finding]:
    rows = Reconciliation.objects.filter(group=group).select_related("entry", "page", "finished_by", "signed_by")
    found = list(rows.select_related("account"))
    details = {each.entry_id: each.data for each in EntryDetails.objects.filter(entry__reconciliation__in=found)}
    held = _bank_postings(group) if found else {}
    for row in found:
        sealed = details.get(row.entry_id, {})
        wrong = [name for name, field in SEALED.items() if sealed.get(name) != getattr(row, field)]
        if row.entry.kind != "bank_reconciled" or wrong or sealed.get("through") != row.through.isoformat():
            yield Finding("I4", row.entry.n, f"sealed other figures than the bank's month {row.month:%Y-%m} says")
        postings = held.get(row.account.holder, [])
        ledger = sum(satang for entry, on, satang in postings if entry < row.entry_id and on <= row.through)
        if ledger != row.ledger_satang or row.page.closing_satang != row.book_satang:
            yield Finding("I4", row.entry.n, f"says another balance of {row.month:%Y-%m} than ledger or bank book")
        if row.entry.maker != row.finished_by.code or list(row.entry.approvers) != [row.signed_by.code]:
            yield Finding("I11", row.entry.n, f"was not signed by those whom {row.month:%Y-%m} names")
    lost = Entry.objects.filter(group=group, kind="bank_reconciled", reconciliation__isnull=True)
    for n in lost.values_list("n", flat=True):
        yield Finding("I4", n, "signs a month of a bank book that is gone")


def _bank_postings(group: SavingsGroup) -> dict[str, list[tuple[int, date, int]]]:
    """Entry, day and satang of every posting at a bank, by the bank account's holder; one query."""
    held: dict[str, list[tuple[int, date, int]]] = defaultdict(list)
    rows = Posting.objects.filter(group=group, account__code__in=BANK).order_by()
    for holder, entry, on, satang in rows.values_list("account__holder", "entry_id", "booked_on", "amount"):
        held[holder].append((entry, on, satang))
    return held


def _typed_months(group: SavingsGroup) -> Iterator[Finding]:
    office = Office.objects.filter(
        group=group, user=OuterRef("typed_by"), role=Office.Role.TREASURER, starts_on__lte=OuterRef("typed_on")
    )
    held = Exists(office.exclude(ends_on__lte=OuterRef("typed_on")))
    pages = BankPage.objects.filter(group=group).annotate(by_treasurer=held).select_related("account")
    lines = BankLine.objects.order_by("place")
    for page in pages.prefetch_related(Prefetch("lines", queryset=lines)):
        name = f"{page.account}, {page.month:%Y-%m}"
        if page.by_treasurer:
            yield Finding("I11", 0, f"{name} was typed by the treasurer")
        if page.state != BankPage.State.TYPED:
            continue
        balance = page.opening_satang or 0
        for line in page.lines.all():
            balance += line.satang
            if balance != line.balance_satang:
                yield Finding("I4", 0, f"{name}: line {line.place} does not add up")
                break
        else:
            if balance != page.closing_satang:
                yield Finding("I4", 0, f"{name} does not end with its last line")


def _matches(group: SavingsGroup) -> Iterator[Finding]:
    lines = MatchedLine.objects.filter(match__group=group).order_by().values_list("match")
    book = dict(lines.annotate(satang=Sum("line__in_satang") - Sum("line__out_satang")))
    postings = list(MatchedPosting.objects.filter(match__group=group).values_list("match", "entry_id", "line"))
    amounts = {
        (entry, line): amount
        for entry, line, amount in Posting.objects.filter(
            group=group, account__code__in=BANK, entry__in={entry for _match, entry, _line in postings}
        ).values_list("entry_id", "line", "amount")
    }
    ledger: dict[int, int] = defaultdict(int)
    for match, entry, line in postings:
        ledger[match] += amounts.get((entry, line), 0)
    for pk, account in BankMatch.objects.filter(group=group).values_list("pk", "account__number"):
        if book.get(pk, 0) != ledger[pk]:
            yield Finding(
                "I4", 0, f"{account}: match {pk} has {book.get(pk, 0)} in the book, {ledger[pk]} in the ledger"
            )


def _moves(group: SavingsGroup) -> Iterator[Finding]:
    moves = BankMove.objects.filter(group=group, entry__isnull=False).select_related("entry", "source", "target")
    posted: dict[int, set[tuple[str, str, int]]] = defaultdict(set)
    rows = Posting.objects.filter(group=group, entry__in=moves.values("entry")).order_by()
    for entry, code, holder, amount in rows.values_list("entry_id", "account__code", "account__holder", "amount"):
        posted[entry].add((code, holder, amount))
    for move in moves:
        assert move.entry is not None
        places = ((move.target, move.satang), (move.source, -move.satang))
        said = {
            (f"{move.pool}1100", "", satang) if bank is None else (f"{move.pool}1200", bank.holder, satang)
            for bank, satang in places
        }
        if move.entry.kind != move.kind or said != posted[move.entry.pk]:
            yield Finding("I4", move.entry.n, f"is not what bank move {move.pk} says")
    lost = Entry.objects.filter(group=group, kind="bank_transfer", bank_move__isnull=True, reverses__isnull=True)
    for n in lost.values_list("n", flat=True):
        yield Finding("I4", n, "moves money between bank accounts and has no row")
