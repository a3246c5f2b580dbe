"""Cash beside the meeting: refused while a meeting is open, whose count would be of another sum."""

from datetime import date

from funds.money_errors import CashBusy
from meetings.selectors.meetings import open_meeting_of
from members.models import SavingsGroup


def refuse_beside_meeting(group: SavingsGroup, on: date) -> None:
    """Refuse cash beside a meeting that is not closed. Raises CashBusy."""
    meeting = open_meeting_of(group)
    if meeting is not None:
        raise CashBusy(number=str(meeting))
