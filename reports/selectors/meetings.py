"""What a home page says about meetings: the one under way, the last one that was closed, the next one due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from funds.models import Entry, Posting
from meetings.models import CashCount, Meeting, SheetRow
from members.group_settings import setting
from members.models import Member, SavingsGroup
from thai.months import add_months


@dataclass(frozen=True)
class Attendance:
    """How far the sheet of a meeting is filled."""

    entered: int
    present: int
    received: int
    of: int

    @property
    def left(self) -> int:
        """Members whose row is still in pencil."""
        return max(self.of - self.entered, 0)


@dataclass(frozen=True)
class ClosedMeeting:
    """A closed meeting in figures, from its own batch; amounts in satang, what came in."""

    meeting: Meeting
    attendance: Attendance | None
    pledge: int
    special: int
    loans: int
    fees: int
    fines: int
    receipts: int
    vouchers: int
    count: CashCount | None
    declared: int

    @property
    def fees_and_fines(self) -> int:
        """What came in besides savings and loans."""
        return self.fees + self.fines


def open_meeting(*, group: SavingsGroup) -> Meeting | None:
    """The meeting under way, if there is one."""
    return Meeting.objects.filter(group=group).exclude(status=Meeting.Status.CLOSED).first()


def closed_meetings(*, group: SavingsGroup) -> QuerySet[Meeting]:
    """Closed meetings, the latest first."""
    closed = Meeting.objects.filter(group=group, status=Meeting.Status.CLOSED)
    return closed.select_related("close_entry", "closed_by", "verified_by")


def attendance(*, meeting: Meeting, active: int | None = None) -> Attendance:
    """Count the sheet of a meeting; one query, two without the number of active members."""
    rows = SheetRow.objects.filter(meeting=meeting).aggregate(
        entered=Count("pk"), present=Count("pk", filter=Q(present=True)), received=Count("pk", filter=Q(received=True))
    )
    return Attendance(**rows, of=active_members(group=meeting.group) if active is None else active)


def active_members(*, group: SavingsGroup) -> int:
    """Members who are active today."""
    return Member.objects.filter(group=group, status=Member.Status.ACTIVE).count()


def last_closed(*, group: SavingsGroup, active: int | None = None) -> ClosedMeeting | None:
    """The last closed meeting with its figures; five queries, two more without the number of active members."""
    meeting = closed_meetings(group=group).first()
    return None if meeting is None else closed_in_figures(meeting=meeting, active=active)


def closed_in_figures(*, meeting: Meeting, active: int | None = None) -> ClosedMeeting:
    """The figures of one closed meeting, summed from the entries of its batch."""
    close = meeting.close_entry
    first = meeting.first_entry_id or (close.pk if close else 0)
    last = close.pk if close else 0
    batch = Posting.objects.filter(group=meeting.group_id, entry__gte=first, entry__lte=last, amount__lt=0)
    came_in = dict(
        batch.filter(entry__kind__in=("receipt", "paper_receipt"))
        .order_by()
        .values_list("account__code")
        .annotate(Sum("amount"))
    )
    kinds = Entry.objects.filter(group=meeting.group_id, pk__gte=first, pk__lt=last).aggregate(
        receipts=Count("pk", filter=Q(kind__in=("receipt", "paper_receipt"))), all=Count("pk")
    )
    rows = attendance(meeting=meeting, active=active)
    return ClosedMeeting(
        meeting=meeting,
        attendance=rows if rows.entered else None,
        pledge=-came_in.get("O2100", 0),
        special=-came_in.get("O2200", 0),
        loans=-came_in.get("O1300", 0) - came_in.get("O4100", 0),
        fees=-came_in.get("A4100", 0),
        fines=-came_in.get("O4200", 0),
        receipts=kinds["receipts"],
        vouchers=kinds["all"] - kinds["receipts"],
        count=CashCount.objects.filter(meeting=meeting, set_aside_at__isnull=True).select_related("counted_by").first(),
        declared=sum(close.declared.values()) if close else 0,
    )


def due_on(*, group: SavingsGroup, after: date) -> date:
    """The group's next meeting day later than `after`."""
    day: int = setting(group, "meeting_day", after)
    this_month = after.replace(day=day)
    return this_month if this_month > after else add_months(after, 1).replace(day=day)
