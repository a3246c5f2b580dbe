"""Who left comes back: a new number, a new membership, linked to the one that ended."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.models import Beneficiary, Member, PassbookAccess, Resolution, SavingsGroup, User
from members.services import give_passbook
from members.services.history import record_changes, record_entering, told
from members.services.people import ForeignPerson, next_number
from membership.errors import (
    LeavingDayWrong,
    NotReadmitted,
    ReadmissionByGeneralMeeting,
    ReadmissionTooEarly,
    ResolutionMissing,
)
from membership.selectors.readmission import readmission_of
from savings.selectors import applied_pledge, first_pledge_month
from savings.services import set_pledge
from thai.dates import format_date
from thai.language import active_language

KEPT = (
    "kind", "title", "first_name", "last_name", "body_name", "sex", "national_id_sealed", "national_id_index",
    "birth_on", "representative_name", "representative_birth_on", "parent", "marital_status", "spouse_name", "spouse",
    "household", "house_no", "moo", "tambon", "phone", "occupation", "income_satang", "second_occupation",
    "second_income_satang", "other_groups",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReadmissionInput:
    """From when, by which resolution, with how many units pledged a month."""

    admitted_on: date
    resolution: Resolution | None
    pledge_units: int | None = None


@transaction.atomic
def readmit_member(*, former: Member, readmission: ReadmissionInput, by: User) -> Member:
    """Admit a person again who left: the next free number, the particulars as they were, the pledge anew.

    Sent twice it is one admission. Raises NotReadmitted, ResolutionMissing, ReadmissionByGeneralMeeting,
    ReadmissionTooEarly, LeavingDayWrong and what set_pledge raises.
    """
    group = SavingsGroup.objects.select_for_update().get(pk=former.group_id)
    locked = Member.objects.select_for_update().get(pk=former.pk)
    known = Member.objects.filter(former=locked).first()
    if known is not None and (known.admitted_on, known.admission) == (readmission.admitted_on, readmission.resolution):
        return known
    _require_readmissible(locked, readmission)
    member = Member(
        group=group,
        number=next_number(group),
        status=Member.Status.ACTIVE,
        admitted_on=readmission.admitted_on,
        admission=readmission.resolution,
        pledge_units=readmission.pledge_units,
        promised_on=readmission.admitted_on,
        former=locked,
        **{name: getattr(locked, name) for name in KEPT},
    )
    member.save()
    Beneficiary.objects.bulk_create(
        Beneficiary(member=member, position=each.position, name=each.name, relation=each.relation, percent=each.percent)
        for each in locked.beneficiaries.all()
    )
    for access in PassbookAccess.objects.filter(member=locked).select_related("user"):
        give_passbook(user=access.user, member=member, relation=access.relation, by=by)
    record_entering(member=member, by=by)
    record_changes(member=member, before=told(locked), by=by)
    _vow(member, by)
    return member


def _vow(member: Member, by: User) -> None:
    month = first_pledge_month(member)
    satang = applied_pledge(member, month)
    if satang is not None:
        set_pledge(member=member, satang=satang, starts_on=month, by=by, resolution=member.admission)


def _require_readmissible(former: Member, readmission: ReadmissionInput) -> None:
    found = readmission_of(former)
    if found is None:
        raise NotReadmitted(name=former.full_name)
    if readmission.resolution is None:
        raise ResolutionMissing
    if readmission.resolution.group_id != former.group_id:
        raise ForeignPerson
    if found.by_general_meeting:
        if readmission.resolution.body != Resolution.Body.GENERAL:
            raise ReadmissionByGeneralMeeting(name=former.full_name)
    elif readmission.admitted_on < found.possible_from:
        language = active_language()
        assert former.left_on is not None
        raise ReadmissionTooEarly(
            name=former.full_name,
            left=format_date(former.left_on, language=language),
            day=format_date(found.possible_from, language=language),
        )
    assert former.left_on is not None
    if not former.left_on < readmission.admitted_on <= timezone.localdate():
        raise LeavingDayWrong(since=format_date(former.left_on, language=active_language()))
