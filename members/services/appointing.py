"""A member of the register takes an office, whether or not they can sign in yet."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import Member, Office, Resolution, SavingsGroup, User
from members.services.offices import NotOfThisGroup, start_office
from members.services.users import user_for_member


class UnfitForOffice(DomainError):
    """An office is held by a grown person who is a member now."""

    sentence = _("%(name)s cannot hold an office: only an active member who is neither a child nor a body can.")


def is_fit_for_office(member: Member) -> bool:
    """Whether a member may hold an office: active, a person, not a child saving through a parent."""
    return member.status == Member.Status.ACTIVE and not member.body_name and not member.is_child


@transaction.atomic
def appoint_member(
    *,
    group: SavingsGroup,
    member: Member,
    role: str,
    starts_on: date,
    by: User,
    resolution: Resolution | None = None,
    cosigned_by: User | None = None,
) -> Office:
    """Begin a member's term; who cannot sign in yet gets a user without a password, to be set with a slip.

    Raises NotOfThisGroup, UnfitForOffice, and what `start_office` raises; no user is left behind then.
    """
    if member.group_id != group.pk:
        raise NotOfThisGroup()
    if not is_fit_for_office(member):
        raise UnfitForOffice(name=member.full_name)
    return start_office(
        group=group,
        user=user_for_member(member=member, by=by),
        role=role,
        starts_on=starts_on,
        by=by,
        member=member,
        resolution=resolution,
        cosigned_by=cosigned_by,
    )
