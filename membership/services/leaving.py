"""A membership comes to its end: the written request, the resolution of expulsion, the report of a death."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.errors import OperationReused
from funds.journal import lock_book
from funds.services.voucher_people import refuse_own_business
from members.group_settings import setting
from members.models import Member, Resolution, User
from members.services.people import ForeignPerson
from membership.errors import (
    DeathUnreported,
    ExpulsionUnexplained,
    LeavingDayWrong,
    LeavingDone,
    LeavingHasSettlement,
    LeavingUnderWay,
    NoMemberToLeave,
)
from membership.models import Leaving
from thai.dates import format_date
from thai.language import active_language

_CONTENT = ("member_id", "reason", "begun_on", "ended_on", "reported_by", "explanation", "resolution_id")


@dataclass(frozen=True, kw_only=True)
class LeavingInput:
    """Why and when. begun_on: request, resolution or report; died_on and reported_by for a death only."""

    reason: str
    begun_on: date
    died_on: date | None = None
    reported_by: str = ""
    explanation: str = ""
    resolution: Resolution | None = None


@transaction.atomic
def record_leaving(*, member: Member, leaving: LeavingInput, operation: UUID, by: User) -> Leaving:
    """Write down that a member leaves. Nothing moves yet; the days within which the savings come back begin to count.

    The same operation with the same content returns the row. Raises OperationReused, NoMemberToLeave, LeavingUnderWay,
    LeavingDayWrong, ExpulsionUnexplained, DeathUnreported, PeopleNotApart (nobody expels oneself out of turn).
    """
    lock_book(member.group)
    row = _row(member, leaving, operation, by)
    known = Leaving.objects.filter(operation=operation).first()
    if known is not None:
        if any(getattr(known, name) != getattr(row, name) for name in _CONTENT):
            raise OperationReused
        return known
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.status != Member.Status.ACTIVE:
        raise NoMemberToLeave(name=locked.full_name)
    refuse_own_business(member=locked, officer=by)
    if Leaving.objects.filter(member=locked, cancelled_at__isnull=True).exists():
        raise LeavingUnderWay(name=locked.full_name)
    _require_sound(row, locked)
    row.save()
    return row


@transaction.atomic
def cancel_leaving(*, leaving: Leaving, by: User) -> Leaving:
    """Take a leaving back: the member stays. Raises LeavingDone, LeavingHasSettlement."""
    lock_book(leaving.group)
    locked = Leaving.objects.select_for_update().get(pk=leaving.pk)
    if not locked.is_under_way:
        raise LeavingDone
    if locked.settlements.filter(cancelled_at__isnull=True).exists():
        raise LeavingHasSettlement
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def _row(member: Member, leaving: LeavingInput, operation: UUID, by: User) -> Leaving:
    is_death = leaving.reason == Leaving.Reason.DEATH
    if leaving.resolution is not None and leaving.resolution.group_id != member.group_id:
        raise ForeignPerson
    if is_death and (leaving.died_on is None or not leaving.reported_by):
        raise DeathUnreported
    days = setting(member.group, "leaving_days", leaving.begun_on)
    return Leaving(
        group_id=member.group_id,
        member=member,
        operation=operation,
        reason=leaving.reason,
        begun_on=leaving.begun_on,
        ended_on=(leaving.died_on if is_death else None) or leaving.begun_on,
        reported_by=leaving.reported_by if is_death else "",
        explanation=leaving.explanation,
        resolution=leaving.resolution,
        due_on=leaving.begun_on + timedelta(days=days),
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _require_sound(row: Leaving, member: Member) -> None:
    if row.reason == Leaving.Reason.EXPULSION and not (row.resolution and row.explanation):
        raise ExpulsionUnexplained
    since = member.admitted_on
    if since is None or not since <= row.ended_on <= row.begun_on <= timezone.localdate():
        said = format_date(since, language=active_language()) if since else "–"
        raise LeavingDayWrong(since=said)
