"""The vow to save: set, and changed from a later month on."""

from datetime import date

from django.db import transaction

from members.group_settings import settings_on
from members.models import Member, Resolution, SavingsGroup, User
from savings.errors import NotAMember, PledgeMonthPaid, PledgeMonthTaken, PledgeOutOfBounds, PledgeWindowClosed
from savings.models import PledgePeriod
from savings.schedule import Period
from savings.selectors import last_paid_month
from savings.selectors.window import is_window_month, pledge_window
from savings.services.households import refuse_household_pledges
from thai.language import active_language
from thai.money import format_baht
from thai.months import add_months, format_month, month_of


@transaction.atomic
def set_pledge(
    *,
    member: Member,
    satang: int,
    starts_on: date,
    by: User | None,
    resolution: Resolution | None = None,
    from_paper: bool = False,
) -> PledgePeriod:
    """Let a member vow an amount a month (satang) from a month on; what held before stays as it was.

    The amount is a whole number of the group's units, from one to the most; 0 lets the vow rest. Figures taken from a
    paper book are kept as written there (`from_paper`). The same vow again, a second click, is the one that stands.
    A first vow begins in any month, a change in a month of the group's yearly window or by a resolution.
    Raises PledgeOutOfBounds, PledgeMonthTaken (vows follow each other), PledgeMonthPaid (an advance payment already
    stands on the month), PledgeWindowClosed, HouseholdPledgesFull, NotAMember.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.status != Member.Status.ACTIVE:
        raise NotAMember(name=locked.full_name)
    month = month_of(starts_on)
    if not from_paper:
        _refuse_amount(locked, satang, month)
    language = active_language()
    latest = PledgePeriod.objects.filter(member=locked).order_by("-starts_on").first()
    if latest is not None and (latest.starts_on, latest.satang, latest.resolution) == (month, satang, resolution):
        return latest
    if latest is not None and latest.starts_on >= month:
        raise PledgeMonthTaken(month=format_month(month, "long", language))
    paid_to = last_paid_month(locked)
    if paid_to is not None and month <= paid_to:
        raise PledgeMonthPaid(
            month=format_month(month, "long", language), next=format_month(add_months(paid_to, 1), "long", language)
        )
    if latest is not None and not from_paper:
        _refuse_outside_window(locked.group, month, resolution)
    if not from_paper and satang > (latest.satang if latest else 0):
        refuse_household_pledges(locked, new=Period(month, satang))
    return PledgePeriod.objects.create(
        group_id=locked.group_id, member=locked, satang=satang, starts_on=month, resolution=resolution, set_by=by
    )


def _refuse_outside_window(group: SavingsGroup, month: date, resolution: Resolution | None) -> None:
    if resolution is None and not is_window_month(group, month):
        window = pledge_window(group, month)
        raise PledgeWindowClosed(month=format_month(window.first, "long", active_language()))


def _refuse_amount(member: Member, satang: int, month: date) -> None:
    values = settings_on(member.group, month)
    unit = values["pledge_unit_satang"]
    most = unit * values["pledge_units_max"]
    if satang != 0 and (satang % unit or not unit <= satang <= most):
        raise PledgeOutOfBounds(unit=format_baht(unit, satang_shown=False), most=format_baht(most, satang_shown=False))
