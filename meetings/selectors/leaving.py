"""What an open meeting puts in a leaver's way: money on the sheet that is not posted yet."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting, PaymentLine, SheetRow
from members.models import Member
from membership.obstacles import Obstacle


def lines_of_an_open_meeting(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """A line with money, or a payment to the member, in a meeting that is not closed.

    With `for_update` the meeting's row is locked, as saving a line locks it: whichever comes second sees the other.
    """
    meetings = Meeting.objects.filter(group=member.group_id).exclude(status=Meeting.Status.CLOSED)
    meeting = (meetings.select_for_update() if for_update else meetings).first()
    if meeting is None:
        return []
    found = []
    there = reverse("meetings:meeting", args=[member.group.code, meeting.pk])  # who keeps it goes on to the sheet
    row = SheetRow.objects.filter(meeting=meeting, member=member).first()
    if row is not None and row.total_satang:
        text = _("Meeting %(number)s is open and has a line with money of this member") % {"number": meeting}
        found.append(Obstacle(text, there, row.total_satang))
    waiting = (PaymentLine.State.REQUESTED, PaymentLine.State.COSIGNED)
    for line in PaymentLine.objects.filter(meeting=meeting, member=member, state__in=waiting):
        text = _("Meeting %(number)s is open and has a payment to this member") % {"number": meeting}
        found.append(Obstacle(text, there, line.satang))
    return found
