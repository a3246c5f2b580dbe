"""Admission: who becomes a member vows at once what the application says, from the first month still to be closed."""

from typing import Any

from django.db import transaction

from members.models import Member, SavingsGroup, User
from members.services import add_member, change_member
from savings.selectors import applied_pledge, first_pledge_month
from savings.services import set_pledge


@transaction.atomic
def enter_member(*, group: SavingsGroup, by: User, **particulars: Any) -> Member:
    """Enter an applicant, or a member, who then also vows the units given.

    Raises what add_member and set_pledge raise.
    """
    member = add_member(group=group, by=by, **particulars)
    _vow_first_pledge(member, by)
    return member


@transaction.atomic
def correct_member(*, member: Member, by: User, **particulars: Any) -> Member:
    """Correct a person's particulars; an applicant who is thereby admitted vows the units of the application.

    Raises what change_member and set_pledge raise.
    """
    was_applicant = member.status == Member.Status.APPLICANT
    changed = change_member(member=member, by=by, **particulars)
    if was_applicant:
        _vow_first_pledge(changed, by)
    return changed


def _vow_first_pledge(member: Member, by: User) -> None:
    if member.status != Member.Status.ACTIVE or member.pledges.exists():
        return
    month = first_pledge_month(member)
    satang = applied_pledge(member, month)
    if satang is not None:
        set_pledge(member=member, satang=satang, starts_on=month, by=by, resolution=member.admission)
