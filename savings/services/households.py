"""The rule of the most units that one household may pledge a month."""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from members.group_settings import settings_on
from members.models import Household, Member
from savings.errors import HouseholdPledgesFull
from savings.models import PledgePeriod
from savings.schedule import Period, pledged_in
from thai.language import active_language
from thai.months import format_month, month_of


def refuse_household_pledges(member: Member, *, new: Period | None = None) -> None:
    """Hold the group's rule for the household of a member, with a new vow of theirs or, without one, with those made.

    From the new vow's month (or this one) on, in each month in which a vow of the household begins. The household's row
    is locked, so that two vows at once are counted together. Raises HouseholdPledgesFull.
    """
    if member.household_id is None or member.status != Member.Status.ACTIVE:
        return
    first = new.starts_on if new else month_of(timezone.localdate())
    values = settings_on(member.group, first)
    most, unit = values["household_units_max"], values["pledge_unit_satang"]
    if not most:
        return
    household = Household.objects.select_for_update().get(pk=member.household_id)
    vows = _vows(member)
    if new is not None:
        vows[member.pk].append(new)
    months = {first} | {period.starts_on for own in vows.values() for period in own if period.starts_on > first}
    for month in sorted(months):
        satang = sum(pledged_in(own, month) for own in vows.values())
        if satang > most * unit:
            raise HouseholdPledgesFull(code=household.code, units=-(-satang // unit), most=most, month=_named(month))


def _vows(member: Member) -> defaultdict[int, list[Period]]:
    """The vows of everybody active in the household, in order, the member's own among them; two queries."""
    people = Member.objects.filter(household=member.household_id, status=Member.Status.ACTIVE)
    ids = {*people.values_list("pk", flat=True), member.pk}
    vows: defaultdict[int, list[Period]] = defaultdict(list)
    rows = PledgePeriod.objects.filter(group_id=member.group_id, member__in=ids).order_by("starts_on")
    for member_id, starts_on, satang in rows.values_list("member_id", "starts_on", "satang"):
        vows[member_id].append(Period(starts_on, satang))
    return vows


def _named(month: date) -> str:
    return format_month(month, "long", active_language())
