"""The register's rules: numbers, shares, national IDs, settings, places, keys."""

import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.door import keep_totp_secret, new_totp_secret
from members.group_settings import (
    SETTINGS,
    SettingBackdated,
    SettingRefused,
    UnknownSetting,
    change_setting,
    setting,
    settings_on,
)
from members.models import District, Member, Province, Tambon, User
from members.national_ids import NationalIdTaken, masked_national_id, member_with_national_id, national_id
from members.sealing import is_current
from members.services import add_member, change_member, set_beneficiaries
from members.services.people import (
    ChangedMeanwhile,
    ForeignPerson,
    NumberTaken,
    Share,
    SharesNotWhole,
    TooManyBeneficiaries,
)
from tests.village import TestVillage, enrol
from thai.national_id import NationalIdError

GOOD_ID = "1-2310-07728-37-6"


def test_the_next_number_follows_the_highest_ever_given(village: TestVillage) -> None:
    assert enrol(village.group, village.secretary, first_name="ก").number == 14
    with pytest.raises(NumberTaken) as refusal:
        enrol(village.group, village.secretary, number=12, first_name="ก")
    assert refusal.value.values == {"number": 12, "free": 15}


def test_beneficiaries_sum_to_exactly_100_or_there_are_none(village: TestVillage) -> None:
    prani = village.member("Prani")
    for percents in ([50, 49], [100, 1], [60, 40, 0], [-1, 101]):
        with pytest.raises(SharesNotWhole):
            set_beneficiaries(member=prani, shares=[Share("x", "", one) for one in percents], by=village.secretary)
    with pytest.raises(TooManyBeneficiaries):
        set_beneficiaries(member=prani, shares=[Share("x", "", 25)] * 4, by=village.secretary)
    set_beneficiaries(member=prani, shares=[Share("ก", "บุตร", 34), Share("ข", "", 66)], by=village.secretary)
    set_beneficiaries(member=prani, shares=[], by=village.secretary)
    assert not prani.beneficiaries.exists()


def test_a_refused_correction_changes_nothing(village: TestVillage) -> None:
    prani = village.member("Prani")
    with pytest.raises(SharesNotWhole):
        change_member(member=prani, by=village.secretary, phone="1", beneficiaries=[Share("x", "", 1)])
    prani.refresh_from_db()
    assert (prani.phone, prani.version) == ("", 0)


def test_a_stale_form_is_refused(village: TestVillage) -> None:
    prani = village.member("Prani")
    change_member(member=prani, by=village.secretary, version=0, phone="1")
    with pytest.raises(ChangedMeanwhile):
        change_member(member=prani, by=village.treasurer, version=0, phone="2")


def test_a_spouse_or_parent_is_of_the_same_group(village: TestVillage) -> None:
    with pytest.raises(ForeignPerson):
        change_member(member=village.member("Prani"), by=village.secretary, spouse=village.neighbour.member)


def test_a_national_id_is_sealed_indexed_and_masked(village: TestVillage) -> None:
    member = add_member(group=village.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    stored = Member.objects.filter(pk=member.pk).values().get()
    assert "1231007728376" not in str(stored)
    assert national_id(member) == "1231007728376"
    assert masked_national_id(member) == "x-xxxx-xxxxx-37-6"
    assert member_with_national_id(village.group, "1231007728376") == member


def test_the_same_national_id_is_sealed_differently_each_time(village: TestVillage) -> None:
    first = add_member(group=village.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    second = add_member(group=village.neighbour.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    assert first.national_id_sealed != second.national_id_sealed


def test_a_national_id_is_unique_in_the_group_and_optional(village: TestVillage) -> None:
    add_member(group=village.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    with pytest.raises(NationalIdTaken):
        add_member(group=village.group, by=village.secretary, first_name="ข", national_id="1231007728376")
    with pytest.raises(NationalIdError):
        add_member(group=village.group, by=village.secretary, first_name="ข", national_id="1231007728377")
    add_member(group=village.group, by=village.secretary, first_name="ค")
    add_member(group=village.group, by=village.secretary, first_name="ง")


def test_keys_are_rotated_and_the_old_one_can_then_go(village: TestVillage, settings) -> None:
    member = add_member(group=village.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    keep_totp_secret(user=village.auditor, secret=new_totp_secret())
    old, new = settings.SATCHA_ID_KEYS[0], secrets.token_bytes(32)
    settings.SATCHA_ID_KEYS = [new, old]
    assert national_id(member) == "1231007728376"
    call_command("rotate_keys", verbosity=0)
    settings.SATCHA_ID_KEYS = [new]
    member.refresh_from_db()
    assert is_current(member.national_id_sealed)
    assert is_current(User.objects.get(pk=village.auditor.pk).totp_sealed)
    assert national_id(member) == "1231007728376"


def test_keys_are_not_rotated_halfway_in_silence(village: TestVillage, settings) -> None:
    add_member(group=village.group, by=village.secretary, first_name="ก", national_id=GOOD_ID)
    settings.SATCHA_ID_KEYS = [secrets.token_bytes(32)]
    with pytest.raises(CommandError):
        call_command("rotate_keys", verbosity=0)


def test_a_setting_holds_from_its_day_on_and_what_held_before_stays(village: TestVillage) -> None:
    today = timezone.localdate()
    group, chair = village.group, village.chair
    assert setting(group, "entrance_fee_satang") == SETTINGS["entrance_fee_satang"].default
    change_setting(group=group, key="entrance_fee_satang", value=50_00, valid_from=date(2026, 1, 1), by=chair)
    change_setting(group=group, key="entrance_fee_satang", value=80_00, valid_from=today + timedelta(days=9), by=chair)
    assert setting(group, "entrance_fee_satang", on=date(2025, 12, 31)) == 20_00
    assert setting(group, "entrance_fee_satang") == 50_00
    assert setting(group, "entrance_fee_satang", on=today + timedelta(days=9)) == 80_00
    assert settings_on(group)["entrance_fee_satang"] == 50_00
    assert setting(village.neighbour.group, "entrance_fee_satang") == 20_00


def test_a_setting_is_known_possible_and_not_backdated(village: TestVillage) -> None:
    today = timezone.localdate()
    fields: dict[str, Any] = {"group": village.group, "valid_from": today, "by": village.chair}
    with pytest.raises(UnknownSetting):
        change_setting(key="colour", value=1, **fields)
    for value in (0, 29, "5"):
        with pytest.raises(SettingRefused):
            change_setting(key="meeting_day", value=value, **fields)
    change_setting(key="meeting_day", value=6, **fields)
    with pytest.raises(SettingBackdated):
        change_setting(key="meeting_day", value=7, **fields | {"valid_from": today - timedelta(days=1)})


def test_the_places_of_thailand_come_with_their_official_codes(db: None, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(80):
        call_command("load_places", verbosity=0)
    assert (Province.objects.count(), District.objects.count(), Tambon.objects.count()) == (77, 928, 7436)
    bangkok = Tambon.objects.select_related("district__province").get(code="100101")
    assert (bangkok.name_th, bangkok.district.province.name_en) == ("พระบรมมหาราชวัง", "Bangkok")
    call_command("load_places", verbosity=0)
    assert Tambon.objects.count() == 7436
