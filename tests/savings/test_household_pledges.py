"""The rule of the most units that one household may pledge a month: at a vow, at admission, when moving."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from members.group_settings import change_setting
from members.models import Member
from membership.admission import correct_member, enter_member
from savings.errors import HouseholdPledgesFull
from savings.models import PledgePeriod
from savings.services import set_pledge
from tests.village import TestVillage
from thai.months import add_months, month_of

UNIT = 50_00


@pytest.fixture(autouse=True)
def any_month(village: TestVillage) -> None:
    """A vow may change in any month, so that only the household's rule is asked."""
    _set(village, "pledge_window_months", 12)


def _set(village: TestVillage, key: str, value: int) -> None:
    change_setting(group=village.group, key=key, value=value, valid_from=date(2020, 1, 1), by=village.chair)


def _vow(village: TestVillage, name: str, units: int, *, months: int = 0) -> Any:
    return set_pledge(
        member=village.member(name),
        satang=units * UNIT,
        starts_on=add_months(month_of(timezone.localdate()), months),
        by=village.treasurer,
    )


def test_a_household_pledges_no_more_units_than_the_rule(village: TestVillage) -> None:
    _set(village, "household_units_max", 5)
    _vow(village, "Prani", 3)
    with pytest.raises(HouseholdPledgesFull) as refusal:
        _vow(village, "Noi", 3)
    for word in ("H001", "6", "5"):
        assert word in str(refusal.value.message)
    _vow(village, "Noi", 2)
    _vow(village, "Kasem", 5)


def test_without_a_rule_or_a_household_every_vow_stands(village: TestVillage) -> None:
    _vow(village, "Prani", 20)
    _vow(village, "Noi", 20)
    _set(village, "household_units_max", 5)
    _vow(village, "Somporn", 20)
    assert PledgePeriod.objects.count() == 3


def test_a_vow_is_lowered_even_where_the_household_is_over_the_rule(village: TestVillage) -> None:
    _vow(village, "Prani", 10)
    _vow(village, "Noi", 10)
    _set(village, "household_units_max", 5)
    _vow(village, "Prani", 9, months=1)
    with pytest.raises(HouseholdPledgesFull):
        _vow(village, "Noi", 11, months=1)


def test_a_vow_already_made_for_a_later_month_counts(village: TestVillage) -> None:
    _set(village, "household_units_max", 5)
    _vow(village, "Prani", 1)
    _vow(village, "Prani", 4, months=3)
    with pytest.raises(HouseholdPledgesFull):
        _vow(village, "Noi", 2)
    _vow(village, "Noi", 1)


def test_whoever_moves_brings_the_vow_along(village: TestVillage) -> None:
    _set(village, "household_units_max", 5)
    _vow(village, "Kasem", 4)
    _vow(village, "Prani", 2)
    with pytest.raises(HouseholdPledgesFull):
        correct_member(member=village.member("Kasem"), by=village.secretary, household_code="H001")
    assert Member.objects.get(pk=village.member("Kasem").pk).household == village.member("Kasem").household
    moved = correct_member(member=village.member("Kasem"), by=village.secretary, household_code="H003")
    assert moved.household is not None
    assert moved.household.code == "H003"


def test_an_admission_with_too_many_units_is_refused_whole(village: TestVillage) -> None:
    _set(village, "household_units_max", 5)
    _vow(village, "Prani", 4)
    before = Member.objects.count()
    with pytest.raises(HouseholdPledgesFull):
        enter_member(
            group=village.group, by=village.secretary, first_name="ใหม่", status="active",
            admitted_on=timezone.localdate(), pledge_units=2, household_code="H001",
        )  # fmt: skip
    assert Member.objects.count() == before
