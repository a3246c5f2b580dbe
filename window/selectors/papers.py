"""A member's receipts and vouchers with their codes, and the decisions about the own sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from funds.chain import paper_code
from funds.chart import MONEY
from funds.kinds import PAPER, is_from_paper
from funds.models import Entry, Posting
from loans.models import Repayment
from meetings.models import SheetRow
from members.models import ActivationSlip, Member, User
from reports.selectors.journal import kind_label, reversal_numbers
from reports.words import say_month
from savings.models import PledgeMonth

SLIP_KINDS = ("slip_issue", "slip_reissue", "slip_use")


@dataclass(frozen=True)
class Paper:
    """A receipt (`came_in`) or a voucher of the member; `satang` is what was paid, > 0."""

    n: int
    on: date
    kind: Any
    what: str
    satang: int
    came_in: bool
    blocks: tuple[str, ...]
    is_from_paper: bool
    reversed_by: int | None


@dataclass(frozen=True)
class Decision:
    """An entry without money that concerns the member."""

    n: int
    on: date
    kind: Any
    by: str


def papers_of(*, member: Member) -> QuerySet[Entry]:
    """The entries by which the member paid or was paid, the latest first: own accounts, own line of a sheet, a loan."""
    own = Q(code="O2100", holder=member.holder) | Q(code="O2200", holder__startswith=f"{member.holder}-")
    accounts = member.group.accounts.filter(own).values("pk")
    touched = Posting.objects.filter(group=member.group_id, account__in=accounts).order_by().values_list("entry")
    rows = SheetRow.objects.filter(member=member, entry__isnull=False).order_by().values_list("entry")
    repaid = Repayment.objects.filter(payer=member).order_by().values_list("entry")
    kinds = ("receipt", "withdrawal", "resignation", "reversal")
    together = touched.union(rows, repaid)  # one set: the key finds each
    own_ones = Entry.objects.filter(group=member.group_id, pk__in=together)
    return own_ones.filter(kind__in=[*kinds, *(f"{PAPER}{kind}" for kind in kinds)]).order_by("-id")


def in_words(*, member: Member, entries: Sequence[Entry]) -> list[Paper]:
    """Say of each entry what it paid and how much; three queries for all. A loan's line names its contract."""
    ids = [entry.pk for entry in entries]
    months: dict[int, list[str]] = {}
    paid = PledgeMonth.objects.filter(group=member.group_id, member=member, entry__in=ids).order_by("month")
    for entry_id, month in paid.values_list("entry_id", "month"):
        months.setdefault(entry_id, []).append(say_month(month))
    lines: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(entry__in=ids).select_related("account").order_by("entry_id", "line"):
        lines.setdefault(posting.entry_id, []).append(posting)
    reversals = reversal_numbers(entries)
    return [
        _paper(entry, lines.get(entry.pk, []), months.get(entry.pk, []), reversals.get(entry.pk)) for entry in entries
    ]


def _paper(entry: Entry, lines: Sequence[Posting], months: Sequence[str], reversed_by: int | None) -> Paper:
    money = sum(line.amount for line in lines if line.account.code in MONEY)
    parts = dict.fromkeys(_said(line, months) for line in lines if line.account.code not in MONEY)
    return Paper(
        n=entry.n,
        on=entry.booked_on,
        kind=kind_label(entry.kind),
        what=" · ".join(parts),
        satang=abs(money),
        came_in=money > 0,
        blocks=tuple(paper_code(entry.hash).split(" ")),
        is_from_paper=is_from_paper(entry.kind),
        reversed_by=reversed_by,
    )


def _said(line: Posting, months: Sequence[str]) -> str:
    account = line.account
    if account.code == "O2100":
        return f"{account.name} {', '.join(months)}".strip()
    return f"{account.name} {account.holder}" if account.code == "O1300" else str(account.name)


def decisions_of(*, member: Member) -> list[Decision]:
    """Slips handed out and used for the member's sign-in, the latest first; three queries."""
    slips = ActivationSlip.objects.filter(group=member.group_id, member=member)
    operations = [operation for pair in slips.values_list("operation", "use_operation") for operation in pair]
    entries = list(
        Entry.objects.filter(group=member.group_id, operation__in=operations, kind__in=SLIP_KINDS).order_by("-id")
    )
    return [Decision(entry.n, entry.booked_on, kind_label(entry.kind), name) for entry, name in _with_makers(entries)]


def _with_makers(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    names = dict(User.objects.filter(code__in={entry.maker for entry in entries}).values_list("code", "display_name"))
    return [(entry, names.get(entry.maker, entry.maker)) for entry in entries]
