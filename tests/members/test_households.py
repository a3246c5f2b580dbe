"""Households: the village's coverage, the rule of how many members, the list and its files."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.group_settings import change_setting
from members.models import Household, Member
from members.selectors.households import Coverage, coverage, household_rows
from members.services import add_household, add_member, change_household, change_member
from members.services.households import HouseholdFull, HouseholdTaken
from tests.village import TestVillage


def _set(village: TestVillage, key: str, value: int) -> None:
    change_setting(group=village.group, key=key, value=value, valid_from=timezone.localdate(), by=village.chair)


def _enter(village: TestVillage, code: str, **fields: Any) -> Member:
    said = {"first_name": "ใหม่", "status": "active", "admitted_on": date(2026, 1, 5), **fields}
    return add_member(group=village.group, by=village.secretary, household_code=code, **said)


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def test_coverage_counts_households_with_a_member_of_today(village: TestVillage) -> None:
    add_household(group=village.group, code="H900", by=village.secretary)
    found = coverage(village.group, household_rows(village.group))
    assert (found.households, found.with_members, found.members, found.village) == (4, 3, 5, 0)
    assert found.percent == ""
    _set(village, "village_households", 7)
    assert coverage(village.group, household_rows(village.group)).percent == "42.9"
    leaver = village.member("Boonmee")
    Member.objects.filter(pk=leaver.pk).update(status="resigned", left_on=date(2026, 2, 1))
    assert coverage(village.group, household_rows(village.group)).with_members == 2


def test_a_village_cannot_have_fewer_households_than_save() -> None:
    found = Coverage(households=4, with_members=4, members=9, without_household=0, village=3)
    assert found.is_contradicted
    assert found.tenths is None
    assert Coverage(3, 3, 3, 0, 3).percent == "100.0"


def test_a_household_holds_no_more_members_than_the_rule(village: TestVillage) -> None:
    _enter(village, "H001")
    _set(village, "household_members_max", 3)
    with pytest.raises(HouseholdFull) as refusal:
        _enter(village, "H001")
    assert "H001" in str(refusal.value.message)
    assert "3" in str(refusal.value.message)
    _enter(village, "H003")


def test_the_rule_counts_at_admission_and_when_moving_and_lets_everything_else_be(village: TestVillage) -> None:
    _set(village, "household_members_max", 2)
    applicant = _enter(village, "H002", status="applicant", admitted_on=None)
    with pytest.raises(HouseholdFull):
        change_member(member=applicant, by=village.secretary, status="active", admitted_on=date(2026, 1, 5))
    with pytest.raises(HouseholdFull):
        change_member(member=village.member("Boonmee"), by=village.secretary, household_code="H001")
    _set(village, "household_members_max", 1)
    assert change_member(member=village.member("Kasem"), by=village.secretary, phone="081").phone == "081"
    moved = change_member(member=village.member("Kasem"), by=village.secretary, household_code="H777")
    assert moved.household is not None
    assert moved.household.code == "H777"


def test_a_code_is_one_household_of_the_group(village: TestVillage) -> None:
    with pytest.raises(HouseholdTaken):
        add_household(group=village.group, code=" H001 ", by=village.secretary)
    one, other = Household.objects.filter(group=village.group)[:2]
    with pytest.raises(HouseholdTaken):
        change_household(household=one, code=other.code, by=village.secretary)
    assert change_household(household=one, code=one.code, house_no="12/3", by=village.secretary).house_no == "12/3"
    add_household(group=village.neighbour.group, code="H001", by=village.secretary)


def test_a_household_never_changes_its_group(village: TestVillage) -> None:
    household = Household.objects.filter(group=village.group).first()
    assert household is not None
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_household SET group_id = %s WHERE id = %s", [village.neighbour.group.pk, household.pk]
        )


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["H001", "H002", "H003"]),
        ("q=h002", ["H002"]),
        ("q=ปราณี", ["H001"]),
        ("q=๗", ["H003"]),
        ("show=empty", []),
        ("show=full", ["H001", "H002"]),
        ("q=ไม่มี", []),
    ],
)
def test_households_are_found_by_code_member_and_rule(village: TestVillage, query: str, codes: list[str]) -> None:
    _set(village, "household_members_max", 1)
    answer = _client(village.auditor).get(f"{reverse('people:households', args=[village.group.code])}?{query}")
    assert [row.household.code for row in answer.context["page"]] == codes


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_of_households_comes_as_a_file_with_its_total(village: TestVillage, form: str) -> None:
    answer = _client(village.auditor).get(f"{reverse('people:households', args=[village.group.code])}?format={form}")
    assert answer["Content-Disposition"].endswith(f'households.{form}"')
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 5
        assert lines[-1] == "Total,,5,"


def test_households_take_the_same_queries_for_three_and_for_five_hundred(
    village: TestVillage, django_assert_max_num_queries: Any
) -> None:
    client, address = _client(village.secretary), reverse("people:households", args=[village.group.code])
    client.get(address)
    members = village.add_members(487)
    houses = Household.objects.bulk_create(
        Household(group=village.group, code=f"K{number:03d}") for number in range(250)
    )
    for number, member in enumerate(members):
        member.household = houses[number % 250]
    Member.objects.bulk_update(members, ["household"])
    with django_assert_max_num_queries(16):
        assert client.get(address).context["coverage"].with_members == 253


def test_the_secretary_enters_and_corrects_a_household(village: TestVillage) -> None:
    client = _client(village.secretary)
    client.post(reverse("people:household-new", args=[village.group.code]), {"code": "H050", "house_no": "50"})
    household = Household.objects.get(group=village.group, code="H050")
    address = reverse("people:household", args=[village.group.code, household.pk])
    assert b"H001 is entered already" in client.post(address, {"code": "H001", "house_no": "50"}).content
    client.post(address, {"code": "H051", "house_no": "51"})
    household.refresh_from_db()
    assert (household.code, household.house_no) == ("H051", "51")


def test_the_form_of_a_member_offers_the_households(village: TestVillage) -> None:
    page = _client(village.secretary).get(reverse("people:new", args=[village.group.code])).content.decode()
    assert '<option value="H002">' in page


def test_the_register_on_paper_shows_everybody_and_each_look_is_recorded(village: TestVillage) -> None:
    client, address = _client(village.auditor), reverse("people:register-pdf", args=[village.group.code])
    assert client.get(address).content.startswith(b"%PDF")
    assert village.member("Prani").access_records.filter(page="people:register-pdf").count() == 1


def test_the_register_on_paper_takes_the_same_queries_for_five_hundred(
    village: TestVillage, django_assert_max_num_queries: Any
) -> None:
    client, address = _client(village.auditor), reverse("people:register-pdf", args=[village.group.code])
    client.get(address)
    village.add_members(487)
    with django_assert_max_num_queries(14):
        assert len(client.get(address).content) > 20_000
