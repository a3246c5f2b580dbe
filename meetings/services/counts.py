"""Counting the cash: written down before the expected sum is told, then explained where the two differ."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings.denominations import as_stored, counted
from meetings.errors import CountMissing, MeetingClosed, MeetingNotCounting, OperationTaken, ReasonMissing
from meetings.models import CashCount, Meeting
from meetings.selectors.cash import cash_position
from meetings.selectors.meetings import valid_count
from meetings.services.locks import lock_meeting
from members.models import User


@transaction.atomic
def record_count(*, meeting: Meeting, pieces: Mapping[int, int], operation: UUID, by: User) -> CashCount:
    """Write down what is in the box, by notes and coins (value in satang -> pieces).

    Only now is the expected sum reckoned and kept beside it. An earlier count is set aside, never changed. The same
    operation again returns the count it made. Raises MeetingNotCounting, MeetingClosed, OperationTaken.
    """
    locked = _lock_counting(meeting)
    made = CashCount.objects.filter(operation=operation).first()
    if made is not None:
        if made.meeting_id != locked.pk or made.denominations != as_stored(pieces):
            raise OperationTaken
        return made
    now = timezone.now()
    CashCount.objects.filter(meeting=locked, set_aside_at__isnull=True).update(set_aside_at=now)
    number = CashCount.objects.filter(meeting=locked).aggregate(last=Max("number"))["last"] or 0
    position = cash_position(locked)
    return CashCount.objects.create(
        meeting=locked,
        number=number + 1,
        operation=operation,
        denominations=as_stored(pieces),
        counted_satang=counted(pieces),
        expected_satang=position.expected,
        opening_satang=position.opening,
        counted_by=by,
        counted_at=now,
    )


@transaction.atomic
def explain_difference(*, meeting: Meeting, reason: str, recounted: bool, by: User) -> CashCount:
    """Give the reason why counted and expected cash differ; it goes into the books with the difference.

    Raises ReasonMissing, CountMissing, MeetingNotCounting, MeetingClosed.
    """
    del by
    locked = _lock_counting(meeting)
    count = valid_count(locked)
    if count is None:
        raise CountMissing
    if count.difference_satang and not reason:
        raise ReasonMissing
    count.reason = reason if count.difference_satang else ""
    count.recounted = recounted
    count.save(update_fields=["reason", "recounted"])
    return count


def _lock_counting(meeting: Meeting) -> Meeting:
    locked = lock_meeting(meeting)
    if locked.is_closed:
        raise MeetingClosed
    if not locked.is_counting:
        raise MeetingNotCounting
    return locked
