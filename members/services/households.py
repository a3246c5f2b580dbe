"""Households: entered once, corrected, and not fuller than the group's rule allows."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.group_settings import setting
from members.models import Household, Member, SavingsGroup, User


class HouseholdTaken(DomainError):
    """Two households cannot have one code."""

    sentence = _("Household %(code)s is entered already.")


class HouseholdFull(DomainError):
    """The group's rule of the most members a household may have."""

    sentence = _(
        "Household %(code)s has %(count)s members. The group's rule is at most %(most)s members of one household."
    )


@transaction.atomic
def add_household(*, group: SavingsGroup, code: str, by: User, house_no: str = "") -> Household:
    """Enter a household under its code. Raises HouseholdTaken."""
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    code = code.strip()
    if Household.objects.filter(group=group, code=code).exists():
        raise HouseholdTaken(code=code)
    return Household.objects.create(group=group, code=code, house_no=house_no.strip())


@transaction.atomic
def change_household(*, household: Household, code: str, by: User, house_no: str = "") -> Household:
    """Correct a household's code or house number; its members stay with it. Raises HouseholdTaken."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    code = code.strip()
    if Household.objects.filter(group_id=household.group_id, code=code).exclude(pk=household.pk).exists():
        raise HouseholdTaken(code=code)
    household.code, household.house_no = code, house_no.strip()
    household.save(update_fields=["code", "house_no"])
    return household


def household_of(*, group: SavingsGroup, code: str, house_no: str = "") -> Household:
    """The group's household of a code; it is entered at its first mention."""
    return Household.objects.get_or_create(group=group, code=code.strip(), defaults={"house_no": house_no})[0]


def refuse_full_household(member: Member) -> None:
    """Hold the rule of the most members of one household for whoever is active in it now; the row is locked.

    Raises HouseholdFull.
    """
    if member.household_id is None or member.status != Member.Status.ACTIVE:
        return
    most = setting(member.group, "household_members_max", timezone.localdate())
    if not most:
        return
    household = Household.objects.select_for_update().get(pk=member.household_id)
    others = Member.objects.filter(household=household, status=Member.Status.ACTIVE).exclude(pk=member.pk).count()
    if others >= most:
        raise HouseholdFull(code=household.code, count=others, most=most)
