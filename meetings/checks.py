"""I8: every closed meeting has its whole batch, and the batch says what rows, payments and count say.

Each check yields (name of the rule, journal number or 0, what is wrong); the command that verifies the books runs them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from funds.models import Entry, Hold, Posting
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.selectors.meetings import valid_count
from members.models import SavingsGroup
from thai.money import format_baht

Finding = tuple[str, int, str]
RULE = "I8"
RECEIPTS = ("receipt", "paper_receipt")
TOTAL = F("pledge_satang") + F("special_satang") + F("fee_satang") + F("fine_satang") + F("loan_satang")


def check_batches_are_whole(group: SavingsGroup) -> Iterator[Finding]:
    """From its first entry to its close a meeting's batch has no gap, and holds its own receipts and vouchers only."""
    for meeting in _closed(group):
        assert meeting.close_entry is not None
        close, first = meeting.close_entry, meeting.first_entry
        if close.plain_kind != "meeting_close" or close.booked_on != meeting.held_on:
            yield RULE, close.n, f"meeting {meeting} names an entry that is not its close"
        if meeting.from_paper or first is None:
            continue
        batch = Entry.objects.filter(group=group, n__gte=first.n, n__lte=close.n)
        found, wanted = Counter(_kinds(batch)), _wanted_kinds(meeting)
        if found != wanted:
            missing, extra = dict(wanted - found), dict(found - wanted)
            yield RULE, close.n, f"the batch of meeting {meeting} lacks {missing}, has besides {extra}"


def check_rows_are_receipts(group: SavingsGroup) -> Iterator[Finding]:
    """Each paying row of a closed meeting has its receipt of the same sum; no other row has one."""
    closed = {"group": group, "status": Meeting.Status.CLOSED, "from_paper": False}
    rows = SheetRow.objects.filter(**{f"meeting__{name}": value for name, value in closed.items()})
    whole = rows.annotate(total=TOTAL).select_related("entry", "member", "meeting").order_by("pk")  # for those at fault
    for row in whole.filter(entry__isnull=True, received=True, total__gt=0):
        yield RULE, 0, f"meeting {row.meeting}: the row of {row.member.holder} has no receipt"
    own = Q(entry__operation=F("operation"), entry__kind__in=RECEIPTS)
    for row in whole.filter(entry__isnull=False).exclude(own):
        assert row.entry is not None
        yield RULE, row.entry.n, f"the row of {row.member.holder} names another entry"
    debits = _debits(rows.filter(entry__isnull=False).values("entry"))
    sums = rows.filter(own).annotate(total=TOTAL).order_by().values_list("entry_id", "total")
    for row in whole.filter(entry__in=[entry for entry, total in sums if debits.get(entry, 0) != total]):
        assert row.entry is not None
        said = f"{format_baht(debits.get(row.entry.pk, 0))}, its row {format_baht(row.total_satang)}"
        yield RULE, row.entry.n, f"the receipt of {row.member.holder} says {said}"


def check_payments_are_vouchers(group: SavingsGroup) -> Iterator[Finding]:
    """Each approved payment of a closed meeting is posted with its sum and holds nothing any more."""
    lines = PaymentLine.objects.filter(meeting__group=group, meeting__status=Meeting.Status.CLOSED)
    waiting = lines.filter(state__in=[PaymentLine.State.REQUESTED, PaymentLine.State.COSIGNED])
    for line in waiting.select_related("meeting"):
        yield RULE, 0, f"meeting {line.meeting} is closed without its payment {line.operation}"
    debits = _debits(lines.filter(entry__isnull=False).values("entry"))
    for line in lines.filter(state=PaymentLine.State.POSTED).select_related("entry"):
        assert line.entry is not None
        if debits.get(line.entry.pk, 0) != line.satang or line.entry.operation != line.operation:
            yield RULE, line.entry.n, f"the voucher is not the payment {line.operation}"
    ended = lines.filter(hold__in=Hold.objects.filter(released_at__isnull=True))
    for line in ended.select_related("meeting"):
        yield RULE, 0, f"meeting {line.meeting} is closed, its payment {line.operation} still holds money"


def check_declared_cash_is_the_count(group: SavingsGroup) -> Iterator[Finding]:
    """What a close declared is what was counted."""
    for meeting in _closed(group).filter(from_paper=False):
        assert meeting.close_entry is not None
        count, declared = valid_count(meeting), sum(meeting.close_entry.declared.values())
        if count is None:
            yield RULE, meeting.close_entry.n, f"meeting {meeting} is closed without a count"
        elif count.counted_satang != declared and not _booked_later(meeting):
            sums = f"{format_baht(declared)} declared, {format_baht(count.counted_satang)} counted"
            yield RULE, meeting.close_entry.n, f"meeting {meeting}: {sums}"


def check_closes_have_meetings(group: SavingsGroup) -> Iterator[Finding]:
    """No close stands in the books without its meeting."""
    closes = Entry.objects.filter(group=group, kind__in=["meeting_close", "paper_meeting_close"])
    for entry in closes.filter(meeting_closed__isnull=True):
        yield RULE, entry.n, "a close without a meeting"


CHECKS = (
    check_batches_are_whole,
    check_rows_are_receipts,
    check_payments_are_vouchers,
    check_declared_cash_is_the_count,
    check_closes_have_meetings,
)


def _closed(group: SavingsGroup) -> QuerySet[Meeting]:
    closed = Meeting.objects.filter(group=group, status=Meeting.Status.CLOSED)
    return closed.select_related("close_entry", "first_entry").order_by("close_entry_id")


def _kinds(entries: QuerySet[Entry]) -> Iterator[str]:
    yield from entries.values_list("kind", flat=True)


def _wanted_kinds(meeting: Meeting) -> Counter[str]:
    kinds = Counter(["meeting_close"])
    kinds["receipt"] = SheetRow.objects.filter(meeting=meeting, entry__isnull=False).count()
    posted = PaymentLine.objects.filter(meeting=meeting, state=PaymentLine.State.POSTED)
    kinds.update(line.entry_kind for line in posted.only("kind"))
    count = valid_count(meeting)
    if count is not None and count.difference_satang:
        kinds["cash_over" if count.difference_satang > 0 else "cash_short"] = 1
    return +kinds


def _debits(entries: Any) -> dict[int, int]:
    sums: Counter[int] = Counter()
    rows = Posting.objects.filter(entry__in=entries, amount__gt=0)
    for entry_id, amount in rows.values_list("entry_id", "amount"):
        sums[entry_id] += amount
    return dict(sums)


def _booked_later(meeting: Meeting) -> bool:
    """Whether cash of a later day stood in the books before the close: it lay in the box, not in that day's balance."""
    assert meeting.close_entry is not None
    later = Posting.objects.filter(
        group=meeting.group_id,
        account__code__in=["O1100", "A1100"],
        booked_on__gt=meeting.held_on,
        entry__lt=meeting.close_entry.pk,
    )
    return later.exists()
