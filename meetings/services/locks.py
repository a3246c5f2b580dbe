"""Taking a meeting for writing: its row is locked, so that saving a line and closing never pass each other."""

from meetings.errors import MeetingClosed, MeetingCounting
from meetings.models import Meeting


def lock_meeting(meeting: Meeting) -> Meeting:
    """Lock the meeting's row and read it again. Inside a transaction; after the book's row where both are taken."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    locked.group = meeting.group
    return locked


def lock_open_meeting(meeting: Meeting) -> Meeting:
    """Lock the meeting and refuse unless lines may be entered. Raises MeetingCounting, MeetingClosed."""
    locked = lock_meeting(meeting)
    if locked.is_counting:
        raise MeetingCounting
    if locked.is_closed:
        raise MeetingClosed
    return locked
