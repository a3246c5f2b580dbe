"""What the database itself refuses about people, past all Python."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from members.group_settings import change_setting
from members.models import AccessRecord, ActivationSlip, Beneficiary, GroupSetting, Member, Office, SavingsGroup, User
from tests.village import TestVillage


def _refused(sql: str, *values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_persons_code_is_given_once(village: TestVillage) -> None:
    _refused("UPDATE members_user SET code = 'aaaaaaaaaaaa' WHERE id = %s", village.treasurer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=village.treasurer.pk).update(code="Somporn")


def test_a_groups_code_and_uuid_never_change(village: TestVillage) -> None:
    _refused("UPDATE members_savingsgroup SET code = 'other' WHERE id = %s", village.group.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavingsGroup.objects.create(
            code="Not A Slug", name="x", village=village.group.village, first_year_starts_on=date(2026, 1, 1)
        )


def test_a_members_number_never_changes_and_is_theirs_alone(village: TestVillage) -> None:
    prani = village.member("Prani")
    _refused("UPDATE members_member SET number = 99 WHERE id = %s", prani.pk)
    _refused("UPDATE members_member SET group_id = %s WHERE id = %s", village.neighbour.group.pk, prani.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(group=village.group, number=prani.number, first_name="x")


@pytest.mark.parametrize(
    "change",
    [
        "status = 'active', admitted_on = NULL",
        "status = 'applicant'",
        "status = 'resigned'",
        "left_on = '2026-02-01'",
        "status = 'gone'",
        "kind = 'friend'",
        "first_name = '', body_name = ''",
        "national_id_index = 'x'",
        "income_satang = -1",
    ],
)
def test_a_membership_that_contradicts_itself_is_refused(village: TestVillage, change: str) -> None:
    _refused(f"UPDATE members_member SET {change} WHERE id = %s", village.member("Prani").pk)


def test_nobody_leaves_before_joining(village: TestVillage) -> None:
    sql = "UPDATE members_member SET status = 'resigned', left_on = '2019-01-01' WHERE id = %s"
    _refused(sql, village.member("Prani").pk)


def test_two_terms_of_a_single_office_never_overlap(village: TestVillage) -> None:
    for starts, ends in (
        (date(2025, 6, 1), date(2025, 7, 1)),
        (date(2024, 1, 1), date(2025, 1, 2)),
        (date(2026, 6, 1), None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(
                group=village.group, user=village.stranger, role="treasurer", starts_on=starts, ends_on=ends
            )


def test_an_auditor_sits_on_no_other_part(village: TestVillage) -> None:
    for user, role in ((village.auditor, "promotion"), (village.chair, "audit"), (village.treasurer, "loan")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(group=village.group, user=user, role=role, starts_on=date(2026, 1, 1))


def test_terms_that_touch_do_not_overlap(village: TestVillage) -> None:
    Office.objects.filter(user=village.treasurer).update(ends_on=date(2026, 6, 1))
    Office.objects.create(group=village.group, user=village.stranger, role="treasurer", starts_on=date(2026, 6, 1))


def test_a_setting_and_a_look_are_rows_that_are_only_added(village: TestVillage) -> None:
    row = change_setting(
        group=village.group, key="meeting_day", value=7, valid_from=timezone.localdate(), by=village.chair
    )
    AccessRecord.objects.create(group=village.group, member=village.member("Prani"), user=village.chair, page="x")
    _refused("UPDATE members_groupsetting SET value = '9' WHERE id = %s", row.pk)
    _refused("UPDATE members_accessrecord SET user_id = %s", village.treasurer.pk)
    assert GroupSetting.objects.get(pk=row.pk).value == "7"


def test_a_slip_has_one_end_and_five_tries(village: TestVillage) -> None:
    now = timezone.now()
    slip = ActivationSlip.objects.create(
        group=village.group,
        user=village.user("Prani"),
        code_hash="x" * 64,
        issued_by=village.secretary,
        issued_at=now,
        expires_at=now + timedelta(days=14),
    )
    for change in (
        "tries = 6",
        "used_at = issued_at, voided_at = issued_at",
        "issued_by_id = user_id",
        "code_hash = 'y'",
    ):
        _refused(f"UPDATE members_activationslip SET {change} WHERE id = %s", slip.pk)


def test_a_beneficiarys_share_lies_between_1_and_100(village: TestVillage) -> None:
    for percent in (0, 101):
        with pytest.raises(IntegrityError), transaction.atomic():
            Beneficiary.objects.create(member=village.member("Prani"), position=1, name="x", percent=percent)


def test_a_passbook_has_one_owner(village: TestVillage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        village.stranger.passbooks.create(member=village.member("Prani"), relation="own")
