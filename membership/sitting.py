"""Whose new slip takes a seat on the committee, and therefore a second officer's signature."""

from django.db.models import Q
from django.utils import timezone

from members.access import Right, officers_with
from members.models import ActivationSlip, DistrictOffice, Office, SavingsGroup, User


def had_slip(user: User) -> bool:
    """Whether a password was set or a slip made before: a further slip is handed out again."""
    return user.activated_on is not None or ActivationSlip.objects.filter(user=user).exists()


def needs_second_officer(*, group: SavingsGroup, user: User | None, by: User) -> bool:
    """Whether a slip handed out again needs a second officer's signature: whoever uses it sits in an office.

    Offices of every group count, those about to begin too, and a district's and the machine's; also one that was ended
    by a resolution alone, or one officer could end a term, take a slip and begin the term again (docs/adr/0011). Left
    out is only an officer who never had a password while nobody else of this group's officers could sign: else a
    founding whose slips were lost would stand still.
    """
    if user is None or not had_slip(user) or not _sits(user):
        return False
    return user.activated_on is not None or _others_with_password(group, user, by)


def _sits(user: User) -> bool:
    unended = Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate())
    return (
        user.is_administrator
        or Office.objects.filter(unended | Q(end_resolution__isnull=False), user=user).exists()
        or DistrictOffice.objects.filter(unended, user=user).exists()
    )


def _others_with_password(group: SavingsGroup, user: User, by: User) -> bool:
    others = officers_with(group, Right.COSIGN).exclude(pk__in=[user.pk, by.pk])
    return others.filter(activated_on__isnull=False).exists()
