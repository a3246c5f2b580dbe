"""What the pages of a meeting share: who may enter, where the evening stands, what was refused."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.selectors.meetings import valid_count
from members.access import (
    Right,
    group_or_404,
    person,  # noqa: F401 - the rooms of this app take it from here
)
from members.errors import DomainError


def meeting_or_404(request: HttpRequest, group_code: str, meeting_id: int, right: Right) -> Meeting:
    """Turn an address into the meeting it names, for someone who has the right in its group."""
    group = group_or_404(request.user, group_code, right)
    meeting = Meeting.objects.filter(group=group, pk=meeting_id).first()
    if meeting is None:
        raise Http404
    meeting.group = group
    return meeting


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The four steps to a closed meeting, and which of them it is at."""
    at = 0
    if meeting.is_counting:
        at = 2 if valid_count(meeting) else 1
    elif meeting.is_closed:
        at = 4
    labels = [_("Enter the lines"), _("Count the cash"), _("The auditor confirms"), _("Close and print the receipts")]
    return [{"label": label, "is_done": i < at, "is_current": i == at} for i, label in enumerate(labels)]


def refuse(request: HttpRequest, error: DomainError) -> None:
    """Show the refusal as a sentence on the next page."""
    messages.error(request, error.message)
