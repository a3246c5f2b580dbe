"""Entries put right beside the meeting: what waits, what may be asked for, which rows of a list are void."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from funds import kinds
from funds.chart import Holder, measured
from funds.journal import is_closed_result
from funds.models import Entry, EntryDetails, Posting, ReversalRequest
from funds.reversal_errors import DECISION, WHY, KindStays
from funds.reversing import OwnPage, own_page
from funds.waiting import Waiting
from members.models import Member, SavingsGroup, User

Row = TypeVar("Row", bound=Model)
RELATED = ("requested_by", "approved_by", "cancelled_by", "reversal", "resolution", "signature__signed_by", "entry")


@dataclass(frozen=True)
class Affected:
    """A line of the entry as its reversal will have it; satang, or grams of a unit book."""

    code: str
    name: Any
    holder: str
    amount: int


@dataclass(frozen=True)
class ReversalState:
    """What the page of a reversal shows."""

    entry: Entry
    lines: tuple[Affected, ...]
    reversal: Entry | None
    request: ReversalRequest | None
    elsewhere: OwnPage | None
    stays: str
    needs_resolution: bool

    @property
    def may_ask(self) -> bool:
        """Whether a reversal can be asked for at all."""
        return not (self.reversal or self.request or self.elsewhere or self.stays)

    @property
    def satang(self) -> int:
        """What the entry moved: the sum of its debits."""
        return sum(line.amount for line in self.lines if line.amount < 0) * -1


def with_reversal(rows: QuerySet[Row]) -> Any:
    """Rows that have an `entry`, each with `reversed_n`: the number of the entry that reversed it, if one did."""
    return rows.annotate(reversed_n=Subquery(Entry.objects.filter(reverses=OuterRef("entry")).values("n")[:1]))


def reversal_state(entry: Entry) -> ReversalState:
    """How an entry stands: reversed, asked for, to be put right elsewhere, or open to a request."""
    postings = Posting.objects.filter(entry=entry).select_related("account").order_by("line")
    lines = tuple(
        Affected(row.account.code, row.account.name, row.account.holder, measured(row.account.code, -row.amount))
        for row in postings
    )
    return ReversalState(
        entry=entry,
        lines=lines,
        reversal=Entry.objects.filter(reverses=entry).first(),
        request=waiting_request(entry),
        elsewhere=own_page(entry),
        stays=why_it_stays(entry),
        needs_resolution=is_closed_result(entry),
    )


def why_it_stays(entry: Entry) -> str:
    """The sentence that says why an entry of this kind is never reversed; empty where it may be."""
    if kinds.kind_of(entry.kind).reversible:
        return ""
    return str(WHY.get(entry.plain_kind, DECISION))


def require_reversible_kind(entry: Entry) -> None:
    """Refuse a kind that stays. Raises KindStays."""
    if why := why_it_stays(entry):
        raise KindStays(number=entry.n, why=why)


def waiting_request(entry: Entry) -> ReversalRequest | None:
    """The request that waits for the second officer."""
    found = ReversalRequest.objects.filter(entry=entry, reversal__isnull=True, cancelled_at__isnull=True)
    return found.select_related(*RELATED).first()


def latest_request(entry: Entry) -> ReversalRequest | None:
    """The request that waits or was approved; one that was taken back does not count."""
    return ReversalRequest.objects.filter(entry=entry, cancelled_at__isnull=True).select_related(*RELATED).first()


def member_of(entry: Entry) -> Member | None:
    """The one member whom an entry is about; None where it is about nobody, or about many.

    Neither the officer who asks nor the one who approves is this member.
    """
    numbers = {
        posting.account.holder.partition("-")[0]
        for posting in Posting.objects.filter(entry=entry).select_related("account")
        if posting.account.head.holder in (Holder.MEMBER, Holder.BOOK)
    }
    details = EntryDetails.objects.filter(entry=entry).first()
    if details is not None and isinstance(said := details.data.get("member"), str) and said.isdigit():
        numbers.add(said)
    if len(numbers) != 1:
        return None
    return Member.objects.filter(group=entry.group_id, number=int(numbers.pop())).first()


def waiting_reversals(group: SavingsGroup, user: User) -> list[Waiting]:
    """The reversals that a second officer has to approve."""
    rows = ReversalRequest.objects.filter(group=group, reversal__isnull=True, cancelled_at__isnull=True)
    found = []
    for row in rows.select_related("entry", "requested_by"):
        moved = sum(amount for amount in row.entry.postings.values_list("amount", flat=True) if amount > 0)
        found.append(
            Waiting(
                title=_("Reverse entry %(number)s: %(kind)s") % {"number": row.entry.n, "kind": row.entry.kind_label},
                satang=moved,
                to="",
                asked_by=row.requested_by,
                asked_at=row.requested_at,
                url=reverse("funds:reverse", args=[group.code, row.entry.n]),
                text=row.reason,
            )
        )
    return found
