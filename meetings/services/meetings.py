"""Opening a meeting, ending its entering, going back to it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.journal import lock_book
from funds.selectors import head
from meetings.errors import (
    BooksNotOpened,
    DateInFuture,
    DateLocked,
    MeetingAlreadyOpen,
    MeetingClosed,
    NumberTaken,
    OperationTaken,
    PaymentsWaiting,
)
from meetings.models import CashCount, Meeting, PaymentLine
from meetings.selectors.meetings import next_number, year_of
from meetings.services.locks import lock_meeting
from members.models import SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language


@transaction.atomic
def open_meeting(
    *, group: SavingsGroup, held_on: date, place: str, operation: UUID, by: User, number: int | None = None
) -> Meeting:
    """Open the group's next meeting; its opening cash is what the last close declared.

    number: within the account year of `held_on`, the next free one unless told. The same operation again returns the
    meeting it opened. Raises MeetingAlreadyOpen, DateInFuture, DateLocked (on or before a declared or closed day),
    NumberTaken, BooksNotOpened, OperationTaken.
    """
    lock_book(group)
    opened = Meeting.objects.filter(operation=operation).first()
    if opened is not None:
        if opened.group_id != group.pk or opened.held_on != held_on:
            raise OperationTaken
        return opened
    _refuse_second(group)
    _refuse_date(group, held_on)
    year = year_of(group, held_on)
    if number is not None and Meeting.objects.filter(group=group, year=year, number=number).exists():
        raise NumberTaken(number=f"{number}/{year}")
    return Meeting.objects.create(
        group=group,
        year=year,
        number=number or next_number(group, year),
        held_on=held_on,
        place=place,
        operation=operation,
        opened_by=by,
        opened_at=timezone.now(),
    )


def _refuse_second(group: SavingsGroup) -> None:
    still_open = Meeting.objects.filter(group=group).exclude(status=Meeting.Status.CLOSED).first()
    if still_open is not None:
        raise MeetingAlreadyOpen(number=str(still_open))


def _refuse_date(group: SavingsGroup, held_on: date) -> None:
    if held_on > timezone.localdate():
        raise DateInFuture
    last = head(group)
    if last is None or last.locked_through == date.min:
        raise BooksNotOpened
    through = max(last.locked_through, last.declared_through)
    if held_on <= through:
        raise DateLocked(day=format_date(through, "long", active_language()))


@transaction.atomic
def begin_count(*, meeting: Meeting, by: User) -> Meeting:
    """End the entering: from now on no line moves, so that the count is of one sum. Twice is once.

    Raises PaymentsWaiting (a payment without its second officer), MeetingClosed.
    """
    del by
    locked = lock_meeting(meeting)
    if locked.is_closed:
        raise MeetingClosed
    if PaymentLine.objects.filter(meeting=locked, state=PaymentLine.State.REQUESTED).exists():
        raise PaymentsWaiting
    locked.status = Meeting.Status.COUNTING
    locked.save(update_fields=["status"])
    return locked


@transaction.atomic
def resume_entering(*, meeting: Meeting, by: User) -> Meeting:
    """Go back to entering; a count already made is set aside, for the sum it was made against may change.

    Raises MeetingClosed.
    """
    del by
    locked = lock_meeting(meeting)
    if locked.is_closed:
        raise MeetingClosed
    CashCount.objects.filter(meeting=locked, set_aside_at__isnull=True).update(set_aside_at=timezone.now())
    locked.status = Meeting.Status.OPEN
    locked.counter += 1
    locked.save(update_fields=["status", "counter"])
    return locked
