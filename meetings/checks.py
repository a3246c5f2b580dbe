"""I8: every closed meeting has its whole batch, and the batch says what rows, payments and count say.

Each check yields (name of the rule, journal number or 0, what is wrong); the command that verifies the books runs them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from funds.models import Entry, Hold, Posting
from meetings.models import CashCount, Meeting, PaymentLine, SheetRow
from members import queries
from members.models import SavingsGroup
from thai.money import format_baht

Finding = tuple[str, int, str]
RULE = "I8"
RECEIPTS = ("receipt", "paper_receipt")
TOTAL = F("pledge_satang") + F("special_satang") + F("fee_satang") + F("fine_satang") + F("loan_satang")


def check_batches_are_whole(group: SavingsGroup) -> Iterator[Finding]:
    """From its first entry to its close a meeting's batch has no gap, and holds its own receipts and vouchers only."""
    found_of, wanted_of = _kinds_of_batches(group), _wanted_kinds(group)
    for meeting in _closed(group):
        assert meeting.close_entry is not None
        close, first = meeting.close_entry, meeting.first_entry
        if close.plain_kind != "meeting_close" or close.booked_on != meeting.held_on:
            yield RULE, close.n, f"meeting {meeting} names an entry that is not its close"
        if meeting.from_paper or first is None:
            continue
        found, wanted = found_of[meeting.pk], wanted_of[meeting.pk]
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
    lines = Posting.objects.filter(entry=OuterRef("entry"), amount__gt=0).order_by().values("entry")
    debits = Coalesce(Subquery(lines.annotate(total=Sum("amount")).values("total")), 0)
    receipts = rows.filter(entry__isnull=False).filter(~own | ~Exact(debits, TOTAL)).values("pk")
    for row in whole.filter(pk__in=receipts).annotate(debits=debits):
        assert row.entry is not None
        if row.entry.operation != row.operation or row.entry.kind not in RECEIPTS:
            yield RULE, row.entry.n, f"the row of {row.member.holder} names another entry"
        else:
            sums = f"{format_baht(row.debits)}, its row {format_baht(row.total_satang)}"
            yield RULE, row.entry.n, f"the receipt of {row.member.holder} says {sums}"


def check_payments_are_vouchers(group: SavingsGroup) -> Iterator[Finding]:
    """Each approved payment of a closed meeting is posted with its sum and holds nothing any more."""
    lines = PaymentLine.objects.filter(meeting__group=group, meeting__status=Meeting.Status.CLOSED)
    waiting = lines.filter(state__in=[PaymentLine.State.REQUESTED, PaymentLine.State.COSIGNED])
    for line in waiting.select_related("meeting"):
        yield RULE, 0, f"meeting {line.meeting} is closed without its payment {line.operation}"
    entries = lines.filter(entry__isnull=False).values("entry")
    debits = _debits(Posting.objects.filter(group=group, entry__in=entries))
    for line in lines.filter(state=PaymentLine.State.POSTED).select_related("entry"):
        assert line.entry is not None
        if debits.get(line.entry.pk, 0) != line.satang or line.entry.operation != line.operation:
            yield RULE, line.entry.n, f"the voucher is not the payment {line.operation}"
    ended = lines.filter(hold__in=Hold.objects.filter(released_at__isnull=True))
    for line in ended.select_related("meeting"):
        yield RULE, 0, f"meeting {line.meeting} is closed, its payment {line.operation} still holds money"


def check_declared_cash_is_the_count(group: SavingsGroup) -> Iterator[Finding]:
    """What a close declared is what was counted."""
    counts = _valid_counts(group)
    for meeting in _closed(group).filter(from_paper=False):
        assert meeting.close_entry is not None
        count, declared = counts.get(meeting.pk), sum(meeting.close_entry.declared.values())
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


def _kinds_of_batches(group: SavingsGroup) -> defaultdict[int, Counter[str]]:
    """How many entries of each kind stand from each meeting's (its id) first entry to its close."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    kinds = queries.rows(
        "SELECT m.id, e.kind, count(*) FROM meetings_meeting m"
        # + 0: among many groups PostgreSQL would look for the meetings of each entry there is, by their index.
        " JOIN funds_entry e ON e.id BETWEEN m.first_entry_id + 0 AND m.close_entry_id + 0"
        " WHERE m.group_id = %s GROUP BY m.id, e.kind",
        [group.pk],
    )
    for meeting, kind, count in kinds:
        found[meeting][kind] = count
    return found


def _wanted_kinds(group: SavingsGroup) -> defaultdict[int, Counter[str]]:
    """How many entries of each kind each meeting (by id) ought to have made."""
    wanted: defaultdict[int, Counter[str]] = defaultdict(lambda: Counter(["meeting_close"]))
    rows = SheetRow.objects.filter(meeting__group=group, entry__isnull=False).order_by().values_list("meeting")
    for meeting, receipts in rows.annotate(Count("pk")):
        wanted[meeting]["receipt"] = receipts
    for line in PaymentLine.objects.filter(meeting__group=group, state=PaymentLine.State.POSTED):
        wanted[line.meeting_id][line.entry_kind] += 1
    for meeting, count in _valid_counts(group).items():
        if count.difference_satang:
            wanted[meeting]["cash_over" if count.difference_satang > 0 else "cash_short"] = 1
    return wanted


def _valid_counts(group: SavingsGroup) -> dict[int, CashCount]:
    """The count that stands of each meeting, by its id."""
    counts = CashCount.objects.filter(meeting__group=group, set_aside_at__isnull=True).defer("denominations")
    return {count.meeting_id: count for count in counts.order_by("-number")}


def _debits(postings: QuerySet[Posting]) -> dict[int, int]:
    """What each entry (its id) debits, together."""
    sums: dict[int, int] = {}
    for entry_id, amount in postings.filter(amount__gt=0).order_by().values_list("entry_id", "amount"):
        sums[entry_id] = sums.get(entry_id, 0) + amount
    return sums


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
