"""The five switches of each kind of member, as a group sets them from a day on."""

from datetime import date

import pytest
import time_machine

from members.ages import adult_on, age_on, is_minor
from members.group_settings import SETTINGS, change_setting
from members.kinds import SWITCHES, Switches, setting_key
from members.models import Member
from members.switches import all_switches, switches_of, switches_of_member
from tests.village import TestVillage

MAY_1, MAY_2 = date(2026, 5, 1), date(2026, 5, 2)


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel("2026-05-01 12:00+07:00", tick=False):
        yield


def test_the_switches_are_as_usual_until_the_group_decides(village: TestVillage) -> None:
    assert all_switches(village.group) == SWITCHES
    assert switches_of(village.group, "associate") == Switches(False, False, True, False, True)
    assert switches_of(village.group, "honorary") == Switches(True, False, False, False, False)


def test_every_switch_of_every_kind_is_a_setting() -> None:
    assert all(SETTINGS[setting_key(kind, name)].kind == "flag" for kind in SWITCHES for name in Switches.names())


def test_a_switch_turns_on_its_day_for_its_kind_only(village: TestVillage) -> None:
    change_setting(group=village.group, key="honorary_may_vote", value=1, valid_from=MAY_2, by=village.chair)
    assert not switches_of(village.group, "honorary", MAY_1).may_vote
    assert switches_of(village.group, "honorary", MAY_2).may_vote
    assert not switches_of(village.group, "honorary", MAY_2).may_borrow
    assert not switches_of(village.neighbour.group, "honorary", MAY_2).may_vote


def test_children_neither_borrow_nor_vote_nor_guarantee(village: TestVillage) -> None:
    noi = village.member("Noi")
    found = switches_of_member(noi)
    assert (found.may_borrow, found.may_vote, found.may_guarantee, found.earns_dividend) == (False, False, False, True)
    assert switches_of_member(village.member("Kasem")).may_borrow


def test_without_a_birth_date_who_has_a_parent_is_a_child(village: TestVillage) -> None:
    boonmee = village.member("Boonmee")
    assert switches_of_member(boonmee).may_vote
    Member.objects.filter(pk=boonmee.pk).update(parent=village.member("Prani"))
    assert not switches_of_member(Member.objects.get(pk=boonmee.pk)).may_vote


@pytest.mark.parametrize(
    ("birth_on", "marital", "on", "minor"),
    [
        (date(2006, 5, 2), "", date(2026, 5, 1), True),
        (date(2006, 5, 1), "", date(2026, 5, 1), False),
        (date(2006, 5, 2), "married", date(2026, 5, 1), False),
        (date(2006, 5, 2), "widowed", date(2026, 5, 1), False),
        (date(2006, 5, 2), "single", date(2026, 5, 1), True),
        (None, "", date(2026, 5, 1), False),
    ],
)
def test_a_minor_is_under_age_and_was_never_married(birth_on: date | None, marital: str, on: date, minor: bool) -> None:
    assert is_minor(birth_on=birth_on, marital_status=marital, adult_age=20, on=on) is minor


def test_who_was_born_on_the_last_of_february_is_older_on_the_first_of_march() -> None:
    assert adult_on(date(2004, 2, 29), 21) == date(2025, 3, 1)
    assert adult_on(date(2004, 2, 29), 20) == date(2024, 2, 29)
    assert (age_on(date(2004, 2, 29), date(2025, 2, 28)), age_on(date(2004, 2, 29), date(2025, 3, 1))) == (20, 21)
