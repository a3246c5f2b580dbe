"""Application and entrance fee: who owes them on a meeting day, read from the receipts that stand."""

from datetime import date

from django.db.models import Max

from funds.models import ENTRIES_PER_GROUP, Entry
from meetings.models import Correction, Meeting, SheetRow
from members.group_settings import settings_on
from members.models import AdmissionDecision, Member, SavingsGroup
from savings.models import Deposit


def fees_due(meeting: Meeting) -> dict[int, int]:
    """Both fees (satang, as set on the meeting's day) by the id of each new member who has not paid them.

    Constant queries. New is who was admitted after all that came from paper: those before paid in the paper books. Whom
    the committee let off the fees owes none.
    """
    return fees_due_on(meeting.group, meeting.held_on)


def fees_due_on(group: SavingsGroup, on: date) -> dict[int, int]:
    """The same for a day, whether or not there is a meeting yet. Nobody is new before the books begin."""
    members = Member.objects.filter(group_id=group.pk, status=Member.Status.ACTIVE)
    since = members.filter(admitted_on__range=(group.first_year_starts_on, on)).order_by()
    admitted = dict(since.values_list("pk", "admitted_on"))
    if not admitted:
        return {}
    first_day = _first_day(group)
    new = {pk for pk, admitted_on in admitted.items() if admitted_on is not None and admitted_on >= first_day}
    if not new:
        return {}
    values = settings_on(group, on)
    fees = values["application_fee_satang"] + values["entrance_fee_satang"]
    return dict.fromkeys(new - _paid_or_waived(group, new), fees) if fees else {}


def _first_day(group: SavingsGroup) -> date:
    """The first day on which whoever was admitted pays here: after the last day from paper, within the books.

    What came from paper stands before the first entry of the group's own, so a long history is not read.
    """
    first = group.pk * ENTRIES_PER_GROUP
    own = Entry.objects.filter(id__gt=first, id__lt=first + ENTRIES_PER_GROUP, lines__gt=0)
    began = own.exclude(kind__startswith="paper_").order_by("id").values_list("id", flat=True).first()
    paper = Entry.objects.filter(id__gt=first, id__lt=began or first + ENTRIES_PER_GROUP, kind__startswith="paper_")
    last = paper.exclude(kind="paper_opening").aggregate(last=Max("booked_on"))["last"]
    return group.first_year_starts_on if last is None else date.fromordinal(last.toordinal() + 1)


def _paid_or_waived(group: SavingsGroup, members: set[int]) -> set[int]:
    """The members of whom a receipt with a fee stands: not reversed, or put right by another one with a fee.

    Or whom the committee let off.
    """
    first = group.pk * ENTRIES_PER_GROUP
    reversed_ids = Entry.objects.filter(reverses__gt=first, reverses__lt=first + ENTRIES_PER_GROUP).values("reverses")
    rows = SheetRow.objects.filter(meeting__group=group, member__in=members, fee_satang__gt=0, entry__isnull=False)
    beside = Deposit.objects.filter(group=group, member__in=members, fee_satang__gt=0)
    mended = Correction.objects.filter(row__member__in=members, fee_satang__gt=0, replacement__isnull=False)
    waived = AdmissionDecision.objects.filter(group=group, member__in=members, waives_fees=True)
    found = [
        rows.exclude(entry__in=reversed_ids).order_by().values_list("member_id"),
        beside.exclude(entry__in=reversed_ids).order_by().values_list("member_id"),
        mended.exclude(replacement__in=reversed_ids).order_by().values_list("row__member_id"),
        waived.order_by().values_list("member_id"),
    ]
    return {member for (member,) in found[0].union(*found[1:])}
