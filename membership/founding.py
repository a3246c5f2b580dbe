"""A new group: its row, its empty books, its first officers, and the one decision that stands behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from funds.journal import open_book, post_entry
from members.access import Right, has_district_right
from members.errors import DomainError
from members.models import ActivationSlip, Office, SavingsGroup, User, Village
from members.services import appoint_first_officers
from members.services.offices import FirstOfficer
from membership.first_slips import FOUNDING, named
from membership.slips import IssuedSlip, make_slip

NEEDED = (Office.Role.TREASURER, Office.Role.SECRETARY, Office.Role.AUDIT)


class GroupCodeTaken(DomainError):
    """The code stands in addresses and must be one group's only."""

    sentence = _("The code %(code)s is taken. Please choose another.")


class GroupCodeUnfit(DomainError):
    """The code stands in addresses."""

    sentence = _("The code has small Latin letters, figures and hyphens only, such as nong-bua.")


class OfficerMissing(DomainError):
    """Two people stand behind every payment, and a third keeps the papers."""

    sentence = _("A group begins with a treasurer, a secretary and an auditor, three different people.")


class BirthDateMissing(DomainError):
    """The birth date is what a first officer adds to the slip."""

    sentence = _("Give the birth date of %(name)s. It is asked for when the slip is used.")


class MayNotFound(DomainError):
    """An administrator founds groups anywhere, a district officer in the own district."""

    sentence = _("You cannot found a group in this district.")


@dataclass(frozen=True)
class Seat:
    """One of the first officers: the name with title, the office, the birth date."""

    name: str
    role: str
    birth_on: date


@dataclass(frozen=True)
class FoundedGroup:
    """The new group and its officers' slips, to be printed now."""

    group: SavingsGroup
    slips: list[IssuedSlip]


@transaction.atomic
def found_group(
    *,
    village: Village,
    name: str,
    code: str,
    officers: Sequence[Seat],
    by: User,
    first_year_starts_on: date | None = None,
    founded_on: date | None = None,
    operation: UUID | None = None,
) -> FoundedGroup:
    """Make a group with open, empty books, its first officers' users and one slip each.

    Posts group_founding, the only kind of entry that its maker (administrator or district officer) ever writes there;
    the slips have no decision of their own (`first_slips` prints fresh ones). `first_year_starts_on`: the first of
    January of this year unless told. Raises MayNotFound, GroupCodeUnfit, GroupCodeTaken, OfficerMissing,
    BirthDateMissing.
    """
    if not has_district_right(by, village.tambon.district, Right.FOUND_GROUP):
        raise MayNotFound()
    _refuse_unfit(code, officers)
    today = timezone.localdate()
    group = _new_group(village, name, code, first_year_starts_on or today.replace(month=1, day=1), founded_on)
    users = [
        User.objects.create_user(f"{code}-{position}", display_name=seat.name, birth_on=seat.birth_on)
        for position, seat in enumerate(officers, start=1)
    ]
    operation = operation or uuid4()
    seats = appoint_first_officers(
        group=group,
        officers=[FirstOfficer(user=user, role=seat.role) for user, seat in zip(users, officers, strict=True)],
        starts_on=min(group.first_year_starts_on, today),
        by=by,
    )
    slips = [
        make_slip(group=group, user=user, by=by, proof=ActivationSlip.Proof.BIRTH, founding=operation) for user in users
    ]
    post_entry(
        group=group,
        kind=FOUNDING,
        on=today,
        by=by,
        lines=[],
        operation=operation,
        details={"group": name, "officers": named(seats)},
    )
    return FoundedGroup(group=group, slips=slips)


def _new_group(
    village: Village, name: str, code: str, first_year_starts_on: date, founded_on: date | None
) -> SavingsGroup:
    group = SavingsGroup.objects.create(
        code=code, name=name, village=village, founded_on=founded_on, first_year_starts_on=first_year_starts_on
    )
    open_book(group=group)
    return group


def _refuse_unfit(code: str, officers: Sequence[Seat]) -> None:
    if code != slugify(code) or code != code.strip("-_") or "_" in code or len(code) > 40 or not code:
        raise GroupCodeUnfit()
    if SavingsGroup.objects.filter(code=code).exists():
        raise GroupCodeTaken(code=code)
    if not set(NEEDED) <= {seat.role for seat in officers} or len({seat.name for seat in officers}) < len(NEEDED):
        raise OfficerMissing()
    for seat in officers:
        if seat.birth_on is None:
            raise BirthDateMissing(name=seat.name)
