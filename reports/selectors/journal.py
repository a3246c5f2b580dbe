"""The journal as a list: found by day, kind, number or word, each entry with its lines and sums."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from funds import kinds
from funds.chain import paper_code
from funds.chart import ADMINISTRATIVE, OPERATING, measured, unit_name, unit_of
from funds.models import ENTRIES_PER_GROUP, Entry, Posting
from meetings.models import Meeting
from meetings.selectors.closed import corrected_by
from members.models import SavingsGroup, User


@dataclass(frozen=True)
class Line:
    """One posting of an entry."""

    account_code: str
    account_name: str
    holder: str
    amount: int
    holder_name: str = ""

    @property
    def debit(self) -> int | None:
        """The amount in the debit column."""
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> int | None:
        """The amount in the credit column."""
        return -self.amount if self.amount < 0 else None

    @property
    def is_admin(self) -> bool:
        """Whether the line belongs to the administrative pool."""
        return unit_of(self.account_code) == ADMINISTRATIVE

    @property
    def unit(self) -> str:
        """The pool, or the unit book, in which the line stands."""
        return str(unit_name(unit_of(self.account_code)))


NO_LINE = Line("", "", "", 0)
IMPORT = "import"


@dataclass(frozen=True)
class JournalRow:
    """An entry with its lines, as a list prints it."""

    entry: Entry
    lines: tuple[Line, ...]
    says: str
    reversed_by: int | None = None

    @property
    def kind(self) -> Any:
        """The kind's name in the reader's language."""
        return kind_label(self.entry.kind)

    @property
    def is_from_paper(self) -> bool:
        """Whether it was taken over from a paper book."""
        return kinds.is_from_paper(self.entry.kind)

    @property
    def is_reversed(self) -> bool:
        """Whether a later entry reversed it."""
        return self.reversed_by is not None

    @property
    def moved(self) -> list[int]:
        """The sums of its debits: of money, and of each unit book that it touches."""
        sums: dict[str, int] = {}
        for line in self.lines:
            unit = unit_of(line.account_code)
            kept = "" if unit in (OPERATING, ADMINISTRATIVE) else unit
            sums[kept] = sums.get(kept, 0) + max(line.amount, 0)
        return [measured(f"{unit}1100" if unit else "O1100", sums[unit]) for unit in sorted(sums)]


@dataclass(frozen=True)
class Totals:
    """Sums over a list of entries: how many, and what moved in each pool (debits)."""

    entries: int = 0
    operating: int = 0
    administrative: int = 0


@dataclass(frozen=True)
class People:
    """Who made an entry and who approved it, by the names of their codes."""

    maker: str
    approvers: tuple[str, ...] = field(default=())


def kind_label(kind: str) -> Any:
    """A kind in the reader's language; one that this version does not know keeps its code name."""
    try:
        return kinds.kind_of(kind).label
    except LookupError:
        return kind


def found_entries(
    *, group: SavingsGroup, words: str = "", kind: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """Entries of a group, the latest first; `words` is a number, or looks in what the entries say."""
    rows = Entry.objects.filter(group=group)
    if kind:
        rows = rows.filter(kind__in=(kind, kinds.PAPER + kind))
    if since:
        rows = rows.filter(booked_on__gte=since)
    if until:
        rows = rows.filter(booked_on__lte=until)
    words = words.strip()
    if words.isascii() and words.isdigit() and len(words) <= 9:
        rows = rows.filter(n=int(words))
    elif words:
        rows = rows.filter(details__text__icontains=words)
    return rows.order_by("-id")


def totals(rows: QuerySet[Entry]) -> Totals:
    """Count entries and sum what moved in each pool; two queries."""
    debits = Posting.objects.filter(entry__in=rows.order_by().values("pk"), amount__gt=0).order_by()
    found = debits.aggregate(
        operating=Sum("amount", filter=Q(account__code__startswith=OPERATING), default=0),
        administrative=Sum("amount", filter=Q(account__code__startswith=ADMINISTRATIVE), default=0),
    )
    return Totals(entries=rows.count(), **found)


def journal_rows(entries: Sequence[Entry]) -> list[JournalRow]:
    """Give entries (with their details) their lines and the numbers of their reversals; two queries for all."""
    reversals = reversal_numbers(entries)
    lines: dict[int, list[Line]] = defaultdict(list)
    postings = Posting.objects.filter(entry__in=[entry.pk for entry in entries]).select_related("account")
    for posting in postings.order_by("entry_id", "line"):
        account = posting.account
        amount = measured(account.code, posting.amount)
        lines[posting.entry_id].append(Line(account.code, str(account.name), account.holder, amount))
    return [
        JournalRow(entry, tuple(lines[entry.pk]), says(details_of(entry)), reversals.get(entry.pk)) for entry in entries
    ]


def reversal_numbers(entries: Sequence[Entry]) -> dict[int, int]:
    """The numbers of the entries that reversed some of these, by the id of the reversed one; one query."""
    found = Entry.objects.filter(reverses__in=[entry.pk for entry in entries])
    return dict(found.values_list("reverses_id", "n"))


def details_of(entry: Entry) -> dict[str, Any]:
    """What an entry says in words; empty once its details were erased."""
    details = getattr(entry, "details", None)
    return details.data if details is not None else {}


def says(details: dict[str, Any]) -> str:
    """The words of an entry's details, in one line."""
    return " · ".join(str(details[key]) for key in ("payer", "payee", "name", "memo", "reason") if details.get(key))


def entry_of(*, group: SavingsGroup, n: int) -> Entry | None:
    """One entry by its number; a number that no entry can have finds none."""
    if not 0 < n < ENTRIES_PER_GROUP:
        return None
    return Entry.objects.filter(group=group, n=n).select_related("details", "reverses").first()


def people_of(entry: Entry) -> People:
    """Names for the codes of an entry; a code without a user (an import by command) stays as it is. One query."""
    codes = [entry.maker, *entry.approvers]
    names = dict(User.objects.filter(code__in=codes).values_list("code", "display_name"))
    names.setdefault(IMPORT, _("taken over by command"))
    return People(names.get(entry.maker, entry.maker), tuple(names.get(code, code) for code in entry.approvers))


def code_blocks(entry: Entry) -> list[str]:
    """The 30 digits of an entry in six blocks."""
    return paper_code(entry.hash).split(" ")


def reversal_of(entry: Entry) -> Entry | None:
    """The entry that reversed this one, if one did."""
    return entry.reversals.first()


def put_right(group: SavingsGroup, n: int) -> dict[str, int | None]:
    """The numbers of the reversal of an entry and of the receipt that a correction put in its place."""
    reversal, receipt = corrected_by(group, n)
    return {"reversal": reversal, "receipt": receipt}


def meeting_of(entry: Entry) -> Meeting | None:
    """The closed meeting in whose batch an entry lies."""
    return Meeting.objects.filter(
        group=entry.group_id, first_entry__lte=entry.pk, close_entry__gte=entry.pk, status=Meeting.Status.CLOSED
    ).first()
