"""Offices: who holds what, from when to when, and what decided it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import District, DistrictOffice, Member, Office, PassbookAccess, Resolution, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language

APART = ((Office.Role.TREASURER, Office.Role.LOAN),)


class TermsOverlap(DomainError):
    """The office is held already in that time."""

    sentence = _("%(name)s holds this office from %(since)s already. End that term first.")


class OfficesApart(DomainError):
    """One person cannot hold these offices together: an auditor sits on no other part of the committee."""

    sentence = _("%(name)s holds another office in this time. An auditor sits on no other part of the committee.")


class TreasurerOnLoans(DomainError):
    """The one who takes the money does not approve loans."""

    sentence = _("%(name)s holds another office in this time. The treasurer does not sit on the loan committee.")


class DecisionMissing(DomainError):
    """An office changes by a resolution or with a second officer's signature."""

    sentence = _("Give the resolution, or let a second officer sign.")


class SignsForOneself(DomainError):
    """Nobody approves their own office."""

    sentence = _("%(name)s gets this office and cannot sign for it. Please let another officer sign.")


class TermTurned(DomainError):
    """A term cannot end before it begins."""

    sentence = _("The term cannot end before it begins.")


class TermEnded(DomainError):
    """The term has ended already."""

    sentence = _("This term has ended already.")


class NotOfThisGroup(DomainError):
    """A resolution or a member of another group."""

    sentence = _("This belongs to another group.")


class GroupHasOfficers(DomainError):
    """First officers are appointed once, when the group is founded."""

    sentence = _("This group has officers already.")


@dataclass(frozen=True)
class FirstOfficer:
    """One of the officers with whom a group begins."""

    user: User
    role: str
    member: Member | None = None


@transaction.atomic
def start_office(
    *,
    group: SavingsGroup,
    user: User,
    role: str,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    member: Member | None = None,
    resolution: Resolution | None = None,
    cosigned_by: User | None = None,
) -> Office:
    """Begin a term, by resolution or with a second officer's signature.

    Raises DecisionMissing, SignsForOneself, TermsOverlap, OfficesApart, TreasurerOnLoans, TermTurned, NotOfThisGroup.
    """
    _refuse_undecided(resolution, cosigned_by, by)
    if cosigned_by is not None and cosigned_by.pk == user.pk:
        raise SignsForOneself(name=user.display_name)
    _lock(group)
    return _begin(
        Office(
            group=group,
            user=user,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            member=member,
            resolution=resolution,
            started_by=by,
            cosigned_by=cosigned_by,
        )
    )


@transaction.atomic
def end_office(
    *,
    office: Office,
    ends_on: date,
    by: User,
    resolution: Resolution | None = None,
    cosigned_by: User | None = None,
) -> Office:
    """End a term; `ends_on` is the first day without the office, so a term ended today gives nothing any more.

    Raises DecisionMissing, TermTurned, TermEnded, NotOfThisGroup.
    """
    _refuse_undecided(resolution, cosigned_by, by)
    _lock(office.group)
    office.refresh_from_db()
    if office.ends_on is not None and office.ends_on <= timezone.localdate():
        raise TermEnded()
    if ends_on < office.starts_on:
        raise TermTurned()
    if resolution is not None and resolution.group_id != office.group_id:
        raise NotOfThisGroup()
    office.ends_on = ends_on
    office.end_resolution = resolution
    office.ended_by = by
    office.save(update_fields=["ends_on", "end_resolution", "ended_by"])
    return office


@transaction.atomic
def appoint_first_officers(
    *, group: SavingsGroup, officers: Sequence[FirstOfficer], starts_on: date, by: User
) -> list[Office]:
    """Put the officers in place with whom a group is founded; only a group that never had an officer takes them.

    Raises GroupHasOfficers, and what `start_office` raises about the terms.
    """
    _lock(group)
    if Office.objects.filter(group=group).exists():
        raise GroupHasOfficers()
    return [
        _begin(
            Office(
                group=group,
                user=officer.user,
                role=officer.role,
                member=officer.member,
                starts_on=starts_on,
                started_by=by,
            )
        )
        for officer in officers
    ]


class MemberHasUser(DomainError):
    """The member signs in with another user already."""

    sentence = _("Member %(number)s has another user already.")


@transaction.atomic
def link_officer(*, office: Office, member: Member, by: User) -> Office:
    """Say which member of the register an officer is; the officer's user then opens that member's passbook.

    Raises NotOfThisGroup, MemberHasUser.
    """
    if member.group_id != office.group_id or member.body_name:
        raise NotOfThisGroup()
    owner = PassbookAccess.objects.filter(member=member, relation=PassbookAccess.Relation.OWN).first()
    if owner is not None and owner.user_id != office.user_id:
        raise MemberHasUser(number=member.number)
    PassbookAccess.objects.get_or_create(user=office.user, member=member)
    Office.objects.filter(group=office.group, user=office.user).update(member=member)
    office.refresh_from_db()
    return office


def appoint_district_officer(*, user: User, district: District, starts_on: date, by: User) -> DistrictOffice:
    """Give a user the reading of a district from a day on."""
    return DistrictOffice.objects.create(user=user, district=district, starts_on=starts_on)


def overlapping(office: Office) -> QuerySet[Office]:
    """The other terms of the same group that share a day with a term; terms of no day share none."""
    terms = Office.objects.filter(group=office.group).exclude(pk=office.pk)
    terms = terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=office.starts_on))
    terms = terms.exclude(starts_on=F("ends_on"))
    return terms.filter(starts_on__lt=office.ends_on) if office.ends_on else terms


def _begin(office: Office) -> Office:
    if office.ends_on is not None and office.ends_on <= office.starts_on:
        raise TermTurned()
    for row in (office.member, office.resolution):
        if row is not None and row.group_id != office.group_id:
            raise NotOfThisGroup()
    _refuse_overlap(office)
    office.save()
    return office


def _refuse_overlap(office: Office) -> None:
    for term in overlapping(office).select_related("user").order_by("starts_on"):
        same_role = term.role == office.role
        same_user = term.user_id == office.user_id
        if same_role and (same_user or office.role in Office.SINGLE):
            raise TermsOverlap(name=term.user.display_name, since=_day(term.starts_on))
        if same_user and Office.Role.AUDIT in (term.role, office.role):
            raise OfficesApart(name=term.user.display_name)
        if same_user and any({term.role, office.role} == set(pair) for pair in APART):
            raise TreasurerOnLoans(name=term.user.display_name)


def _refuse_undecided(resolution: Resolution | None, cosigned_by: User | None, by: User) -> None:
    signed = cosigned_by is not None and cosigned_by.pk != by.pk
    if resolution is None and not signed:
        raise DecisionMissing()


def _lock(group: SavingsGroup) -> None:
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)


def _day(day: date) -> str:
    return format_date(day, "long", active_language())
