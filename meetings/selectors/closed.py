"""A closed meeting, summed up from its entries: what came in, what went out, who was there."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from funds.models import Entry
from meetings.denominations import Pieces, from_stored
from meetings.models import CashCount, Correction, Meeting, PaymentLine, SheetRow
from meetings.selectors.meetings import valid_count
from meetings.selectors.payments import payment_lines_of
from members.models import SavingsGroup


@dataclass(frozen=True)
class ClosedMeeting:
    """Amounts in satang; receipts by number."""

    receipts: list[SheetRow]
    payments: list[PaymentLine]
    count: CashCount | None
    pieces: list[Pieces]
    present: int
    pledge: int
    special: int
    fee: int
    fine: int
    loan: int
    transfer: int

    @property
    def received(self) -> int:
        return self.pledge + self.special + self.fee + self.fine + self.loan

    @property
    def operating(self) -> int:
        return self.pledge + self.special + self.fine + self.loan

    @property
    def administrative(self) -> int:
        return self.fee

    @property
    def first_receipt(self) -> int | None:
        return self.receipts[0].entry.n if self.receipts and self.receipts[0].entry else None

    @property
    def last_receipt(self) -> int | None:
        return self.receipts[-1].entry.n if self.receipts and self.receipts[-1].entry else None


def receipts_of(meeting: Meeting) -> QuerySet[SheetRow]:
    """The rows of a closed meeting that became receipts, by number; `reversed_n` is the entry that reverses one."""
    reversals = Entry.objects.filter(reverses=OuterRef("entry"))
    rows = SheetRow.objects.filter(meeting=meeting, entry__isnull=False).select_related("member", "entry", "meeting")
    return rows.annotate(reversed_n=Subquery(reversals.values("n")[:1])).order_by("entry_id")


def closed_summary(meeting: Meeting) -> ClosedMeeting:
    """What a closed meeting brought, in a constant number of queries."""
    sums = SheetRow.objects.filter(meeting=meeting).aggregate(
        present=Count("pk", filter=Q(present=True)),
        pledge=Sum("pledge_satang"),
        special=Sum("special_satang"),
        fee=Sum("fee_satang"),
        fine=Sum("fine_satang"),
        loan=Sum("loan_satang"),
    )
    receipts = list(receipts_of(meeting))
    count = valid_count(meeting)
    return ClosedMeeting(
        receipts=receipts,
        payments=list(payment_lines_of(meeting).filter(state=PaymentLine.State.POSTED)),
        count=count,
        pieces=from_stored(count.denominations) if count else [],
        transfer=sum(row.total_satang for row in receipts if row.method == SheetRow.Method.TRANSFER),
        **{name: amount or 0 for name, amount in sums.items()},
    )


def batch_of(meeting: Meeting) -> QuerySet[Entry]:
    """A closed meeting's entries by number, first to close; `satang` is the sum of the debits."""
    if meeting.first_entry is None or meeting.close_entry is None:
        return Entry.objects.none()
    batch = Entry.objects.filter(id__gte=meeting.first_entry.pk, id__lte=meeting.close_entry.pk, group=meeting.group_id)
    debits = Sum("postings__amount", filter=Q(postings__amount__gt=0))
    return batch.annotate(satang=debits).select_related("details").order_by("id")


def row_of_receipt(group: SavingsGroup, n: int) -> SheetRow | None:
    """The row behind a receipt of a closed meeting, by the number of the receipt that stands for it now."""
    row = row_behind(group, n)
    standing = standing_entry(row) if row is not None else None
    return row if standing is not None and standing.n == n else None


def row_behind(group: SavingsGroup, n: int) -> SheetRow | None:
    """The row behind a receipt of a closed meeting, by the number of any receipt that stands or stood for it."""
    rows = SheetRow.objects.filter(meeting__group=group, meeting__status=Meeting.Status.CLOSED)
    return (
        rows.filter(Q(entry__n=n) | Q(corrections__replacement__n=n))
        .select_related("member", "meeting", "entry")
        .order_by("pk")
        .first()
    )


def corrected_by(group: SavingsGroup, n: int) -> tuple[int | None, int | None]:
    """The number of the entry that reverses receipt n, and of the receipt in its place; None where there is none."""
    reversal = Entry.objects.filter(group=group, reverses__n=n).first()
    done = Correction.objects.filter(reversal=reversal).select_related("replacement").first() if reversal else None
    return reversal.n if reversal else None, done.replacement.n if done and done.replacement else None


def standing_entry(row: SheetRow) -> Entry | None:
    """The receipt that stands for a row: its own, or the last correction's; None where it was undone."""
    last = row.corrections.filter(applied_at__isnull=False).select_related("replacement").order_by("-pk").first()
    entry = row.entry if last is None else last.replacement
    if entry is None or Entry.objects.filter(reverses=entry).exists():
        return None
    return entry


def waiting_correction(row: SheetRow) -> Correction | None:
    """The correction last asked for that is not applied yet."""
    corrections = row.corrections.filter(applied_at__isnull=True)
    return corrections.select_related("signature__signed_by", "entry").order_by("-pk").first()
