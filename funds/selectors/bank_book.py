"""The typed bank book beside the ledger: what is open on each side, and how that explains the difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from funds import kinds
from funds.bankbook import last_day
from funds.chart import BANK, OPERATING
from funds.matching import OpenLine, OpenPosting, Proposal, propose
from funds.models import (
    BankAccount,
    BankLine,
    BankMatch,
    BankPage,
    EarlierPosting,
    Entry,
    EntryDetails,
    MatchedLine,
    MatchedPosting,
    Posting,
    Reconciliation,
)

EARLIER_DAYS = 62


@dataclass(frozen=True)
class LedgerItem:
    """A posting on one of the bank's accounts, with its entry's kind and slip."""

    posting: OpenPosting
    n: int
    kind: str
    pool: str
    days: int = 0

    @property
    def label(self) -> Any:
        """The kind's name in the reader's language."""
        return kinds.kind_of(self.kind).label if kinds.is_kind(self.kind) else self.kind

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return f"{self.posting.entry}-{self.posting.line}"


@dataclass(frozen=True)
class BookItem:
    """A line of the bank book, with its age in days."""

    line: OpenLine
    days: int = 0


@dataclass(frozen=True)
class Comparison:
    """Book and ledger at the end of a month; satang.

    book - ledger = open lines - open postings + beginning: what the first typed balance leaves unexplained.
    """

    through: date
    book: int
    ledger: int
    lines: tuple[BookItem, ...]
    postings: tuple[LedgerItem, ...]
    beginning: int
    matched: int

    @property
    def difference(self) -> int:
        """What the bank's book says more than the ledger."""
        return self.book - self.ledger

    @property
    def open_lines(self) -> int:
        """The sum of the book's open lines."""
        return sum(item.line.satang for item in self.lines)

    @property
    def open_postings(self) -> int:
        """The sum of the ledger's open postings."""
        return sum(item.posting.satang for item in self.postings)

    @property
    def explained(self) -> int:
        """The difference worked out from the open items; always the difference."""
        return self.open_lines - self.open_postings + self.beginning


def page_of(account: BankAccount, month: date) -> BankPage | None:
    """The month's page, typed or being typed."""
    pages = BankPage.objects.filter(account=account, month=month).exclude(state=BankPage.State.SET_ASIDE)
    return pages.select_related("typed_by", "reconciliation").first()


def typed_before(account: BankAccount, month: date) -> BankPage | None:
    """The last typed month before a month."""
    pages = BankPage.objects.filter(account=account, state=BankPage.State.TYPED, month__lt=month)
    return pages.order_by("-month").first()


def months_of(account: BankAccount) -> QuerySet[BankPage]:
    """Every month of the account's book that counts, newest first, each with its reconciliation."""
    pages = BankPage.objects.filter(account=account).exclude(state=BankPage.State.SET_ASIDE)
    return pages.select_related("typed_by", "reconciliation__signed_by", "reconciliation__entry").order_by("-month")


def bank_postings(account: BankAccount) -> QuerySet[Posting]:
    """The postings on the ledger's accounts behind a bank account, both pools'."""
    return Posting.objects.filter(
        group=account.group_id, account__code__in=BANK, account__holder=account.holder, account__group=account.group_id
    )


def ledger_balance(account: BankAccount, through: date, *, up_to: int | None = None) -> int:
    """What the ledger says stands in the account at the end of a day; up_to: of entries no later than this id."""
    rows = bank_postings(account).filter(booked_on__lte=through)
    if up_to is not None:
        rows = rows.filter(entry_id__lte=up_to)
    total: int | None = rows.order_by().aggregate(total=Sum("amount"))["total"]
    return total or 0


def first_page(account: BankAccount) -> BankPage | None:
    """The first typed month: where the comparison begins."""
    return BankPage.objects.filter(account=account, state=BankPage.State.TYPED).order_by("month").first()


def compare(account: BankAccount, month: date) -> Comparison | None:
    """Book and ledger at the end of a typed month; None where it is not typed. Nine queries at most."""
    page = page_of(account, month)
    begin = first_page(account)
    if page is None or page.is_draft or begin is None or page.closing_satang is None:
        return None
    through = last_day(month)
    lines = tuple(open_lines(account, through))
    postings = tuple(open_postings(account, begin.month, through))
    ledger = ledger_balance(account, through)
    before = ledger_balance(account, begin.month - timedelta(days=1))
    earlier = _earlier(account).aggregate(total=Sum("amount"))["total"] or 0
    return Comparison(
        through=through,
        book=page.closing_satang,
        ledger=ledger,
        lines=lines,
        postings=postings,
        beginning=(begin.opening_satang or 0) - before + earlier,
        matched=MatchedLine.objects.filter(line__page=page, match__through__lte=through).count(),
    )


def open_lines(account: BankAccount, through: date) -> Iterable[BookItem]:
    """The book's lines up to a day that no posting up to that day is matched with, oldest first."""
    matched = MatchedLine.objects.filter(line=OuterRef("pk"), match__through__lte=through)
    rows = BankLine.objects.filter(
        ~Exists(matched), page__account=account, page__state=BankPage.State.TYPED, on__lte=through
    )
    for row in rows.order_by("on", "page__month", "place"):
        yield BookItem(OpenLine(row.pk, row.on, row.words, row.satang), (through - row.on).days)


def open_postings(account: BankAccount, since: date, through: date) -> list[LedgerItem]:
    """The ledger's postings up to a day that no line up to that day is matched with, oldest first."""
    rows = bank_postings(account).filter(_within(since), booked_on__lte=through)
    return ledger_items(rows.filter(~Exists(_matched_until(through))), through)


def earlier_candidates(account: BankAccount, since: date) -> list[LedgerItem]:
    """Postings shortly before the first typed month: perhaps the bank's book did not have them yet."""
    rows = bank_postings(account).filter(booked_on__lt=since, booked_on__gte=since - timedelta(days=EARLIER_DAYS))
    return ledger_items(rows.exclude(entry__kind__endswith="opening").filter(~Exists(_noted())), since)


def _within(since: date) -> Q:
    return Q(booked_on__gte=since) | Q(Exists(_noted()))


def _noted() -> QuerySet[EarlierPosting]:
    return EarlierPosting.objects.filter(entry=OuterRef("entry_id"), line=OuterRef("line"))


def _matched_until(through: date) -> QuerySet[MatchedPosting]:
    return MatchedPosting.objects.filter(entry=OuterRef("entry_id"), line=OuterRef("line"), match__through__lte=through)


def _earlier(account: BankAccount) -> QuerySet[Posting]:
    return bank_postings(account).filter(Exists(_noted())).order_by()


def ledger_items(rows: QuerySet[Posting], through: date) -> list[LedgerItem]:
    """Postings with what their entries say; two queries."""
    found = list(rows.select_related("entry", "account").order_by("booked_on", "entry_id", "line"))
    details = EntryDetails.objects.filter(entry__in={row.entry_id for row in found})
    slips = {each.entry_id: str(each.data.get("slip", "")) for each in details}
    return [
        LedgerItem(
            OpenPosting(
                row.entry_id, row.line, row.booked_on, row.amount, slips.get(row.entry_id, ""), row.entry.reverses_id
            ),
            n=row.entry.n,
            kind=row.entry.kind,
            pool=row.account.code[0],
            days=(through - row.booked_on).days,
        )
        for row in found
    ]


def proposals(found: Comparison) -> list[Proposal]:
    """What of the open items looks like the same money."""
    return propose([item.line for item in found.lines], [item.posting for item in found.postings])


def matches_in(account: BankAccount, month: date) -> QuerySet[BankMatch]:
    """The matches whose latest day lies in a month, with lines and postings, oldest first."""
    rows = BankMatch.objects.filter(account=account, through__gte=month, through__lte=last_day(month))
    return rows.select_related("made_by").prefetch_related("lines__line", "postings__entry").order_by("through", "pk")


def changes_since(reconciliation: Reconciliation) -> list[LedgerItem]:
    """Postings dated into a reconciled month that were recorded after it was signed."""
    rows = bank_postings(reconciliation.account).filter(
        booked_on__lte=reconciliation.through, entry_id__gt=reconciliation.entry_id
    )
    return ledger_items(rows, reconciliation.through)


def changes_counted(account: BankAccount, signed: Sequence[Reconciliation]) -> dict[int, int]:
    """How many postings came into each signed month, or before it, after it was signed; one query for all months."""
    if not signed:
        return {}
    rows = bank_postings(account).filter(
        entry_id__gt=min(row.entry_id for row in signed), booked_on__lte=max(row.through for row in signed)
    )
    late = list(rows.order_by().values_list("entry_id", "booked_on"))
    return {row.pk: sum(entry > row.entry_id and on <= row.through for entry, on in late) for row in signed}


def reconciled(account: BankAccount, month: date) -> Reconciliation | None:
    """The signed reconciliation of a month."""
    rows = Reconciliation.objects.filter(account=account, month=month)
    return rows.select_related("finished_by", "signed_by", "entry", "page__typed_by", "account").first()


def frozen_items(found: Comparison) -> list[list[Any]]:
    """The open items as a signed reconciliation keeps them: where, day, words, satang, entry number."""
    items: list[list[Any]] = [
        ["book", item.line.on.isoformat(), item.line.words, item.line.satang, 0] for item in found.lines
    ]
    items += [
        ["ledger", item.posting.on.isoformat(), item.kind, item.posting.satang, item.n] for item in found.postings
    ]
    if found.beginning:
        items.append(["beginning", found.through.isoformat(), "", found.beginning, 0])
    return items


def pool_word(pool: str) -> str:
    """Whose money a posting is, in a word."""
    return _("Operating pool") if pool == OPERATING else _("Administrative pool")


def entries_of(keys: Iterable[tuple[int, int]]) -> QuerySet[Entry]:
    """The entries behind postings."""
    return Entry.objects.filter(pk__in={entry for entry, _line in keys}).annotate(number=F("n"))
