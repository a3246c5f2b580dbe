"""Admission: the committee decides on applications; who becomes a member vows at once what the application says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import AdmissionDecision, Member, Resolution, SavingsGroup, User
from members.services import add_member, change_member, record_resolution
from members.services.people import ForeignPerson
from members.switches import switches_of
from membership.admission_errors import (
    BodyUnrepresented,
    DecidedBeforeApplied,
    NothingDecided,
    NotRefused,
    NotWaiting,
    RefusalUnexplained,
)
from membership.coming_of_age import require_parent
from savings.selectors import applied_pledge, first_pledge_month
from savings.services import set_pledge
from savings.services.households import refuse_household_pledges
from thai.dates import format_date
from thai.language import active_language

ADMITTED, REFUSED = AdmissionDecision.Outcome.ADMITTED, AdmissionDecision.Outcome.REFUSED


@dataclass(frozen=True)
class Decision:
    """What was resolved about one applicant."""

    member: Member
    outcome: str
    reason: str = ""
    waives_fees: bool = False


@dataclass(frozen=True, kw_only=True)
class NewResolution:
    """The resolution behind the decisions, where it is not on file yet."""

    number: str
    decided_on: date
    subject: str
    body: str = Resolution.Body.COMMITTEE


@transaction.atomic
def enter_member(*, group: SavingsGroup, by: User, **particulars: Any) -> Member:
    """Enter an applicant, or a member, who then also vows the units given.

    Raises MinorNeedsParent, ParentUnfit and what add_member and set_pledge raise.
    """
    member = add_member(group=group, by=by, **particulars)
    require_parent(member, member.applied_on or member.admitted_on or timezone.localdate())
    _vow_first_pledge(member, by)
    return member


@transaction.atomic
def correct_member(*, member: Member, by: User, **particulars: Any) -> Member:
    """Correct a person's particulars. An applicant stays one: the committee admits.

    Whoever moves to another household brings their vow along. Raises what change_member raises, HouseholdPledgesFull.
    """
    household = member.household_id
    changed = change_member(member=member, by=by, **particulars)
    if changed.status == Member.Status.ACTIVE and changed.household_id != household:
        refuse_household_pledges(changed)
    return changed


@transaction.atomic
def decide_applications(
    *, group: SavingsGroup, decisions: Sequence[Decision], resolution: Resolution | NewResolution, by: User
) -> list[AdmissionDecision]:
    """Write down what one resolution says about one applicant or several: admitted from its day, or refused.

    Whoever is admitted is a member from the day of the resolution on, vows the units of the application and owes the
    fees, unless the resolution waives them. Sent twice it is decided once. All or none. Raises NothingDecided,
    NotWaiting, DecidedBeforeApplied, RefusalUnexplained, BodyUnrepresented, MinorNeedsParent, ParentUnfit, and what
    record_resolution, change_member, set_pledge raise.
    """
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    if not decisions:
        raise NothingDecided()
    known = _decided_before(group, decisions, resolution.number)
    if known:
        return known
    if isinstance(resolution, NewResolution):
        resolution = record_resolution(group=group, by=by, **vars(resolution))
    if resolution.group_id != group.pk or any(one.member.group_id != group.pk for one in decisions):
        raise ForeignPerson()
    return [_decide(one, resolution, by) for one in decisions]


@transaction.atomic
def apply_again(*, member: Member, by: User, on: date | None = None) -> Member:
    """Let a refused applicant wait for the committee again; what was refused stays on file. Raises NotRefused."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.status != Member.Status.APPLICANT or locked.refused_on is None:
        raise NotRefused(name=locked.full_name)
    return change_member(
        member=locked, by=by, applied_on=on or timezone.localdate(), refused_on=None, refusal_reason=""
    )


def _decided_before(group: SavingsGroup, decisions: Sequence[Decision], number: str) -> list[AdmissionDecision]:
    rows = AdmissionDecision.objects.filter(group=group, resolution__number=number).order_by("pk")
    found = {row.member_id: row for row in rows}
    same = [
        row
        for one in decisions
        if (row := found.get(one.member.pk)) and (row.outcome, row.waives_fees) == (one.outcome, one.waives_fees)
    ]
    return same if len(same) == len(decisions) else []


def _decide(decision: Decision, resolution: Resolution, by: User) -> AdmissionDecision:
    member = Member.objects.select_for_update(of=("self",)).select_related("group", "parent").get(pk=decision.member.pk)
    if member.status != Member.Status.APPLICANT or member.refused_on is not None:
        raise NotWaiting(name=member.full_name)
    if member.applied_on is not None and member.applied_on > resolution.decided_on:
        applied = format_date(member.applied_on, language=active_language())
        raise DecidedBeforeApplied(name=member.full_name, applied=applied)
    if decision.outcome == ADMITTED:
        _admit(member, resolution, by)
    else:
        if not decision.reason.strip():
            raise RefusalUnexplained(name=member.full_name)
        change_member(member=member, by=by, refused_on=resolution.decided_on, refusal_reason=decision.reason.strip())
    return AdmissionDecision.objects.create(
        group_id=member.group_id,
        member=member,
        applied_on=member.applied_on,
        outcome=decision.outcome,
        reason=decision.reason.strip() if decision.outcome == REFUSED else "",
        waives_fees=decision.waives_fees,
        resolution=resolution,
        decided_by=by,
    )


def _admit(member: Member, resolution: Resolution, by: User) -> None:
    day = resolution.decided_on
    if not switches_of(member.group, member.kind, day).is_person and not member.representative_name:
        raise BodyUnrepresented(name=member.full_name)
    require_parent(member, day)
    admitted = change_member(member=member, by=by, status=Member.Status.ACTIVE, admitted_on=day, admission=resolution)
    _vow_first_pledge(admitted, by)


def _vow_first_pledge(member: Member, by: User) -> None:
    if member.status != Member.Status.ACTIVE or member.pledges.exists():
        return
    month = first_pledge_month(member)
    satang = applied_pledge(member, month)
    if satang is not None:
        set_pledge(member=member, satang=satang, starts_on=month, by=by, resolution=member.admission)
