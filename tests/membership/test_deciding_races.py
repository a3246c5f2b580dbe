"""Two officers at the same moment: a settlement, a household's rule, an application. Beside each race its control."""

import time
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from funds.journal import gate
from funds.models import Entry
from members.group_settings import change_setting
from members.models import AdmissionDecision, Household, Member, SavingsGroup
from members.services import add_household, change_member, record_resolution
from members.services import households as moving
from members.services import people as changing
from members.services.households import HouseholdFull
from membership import admission
from membership.admission import Decision, decide_applications
from membership.admission_errors import NotWaiting
from membership.errors import SettlementDone
from membership.models import Leaving, Settlement
from membership.services import approve_settlement, settlements
from savings.errors import HouseholdPledgesFull
from savings.models import PledgePeriod
from savings.services import households as vowing
from savings.services import set_pledge
from tests.meetings.test_races import race
from tests.membership.leavers import Leavers
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DECEMBER = date(2026, 12, 1)
UNIT = 50_00


class Unlocked:
    """A manager whose rows are read without their lock: the guard taken off."""

    def __init__(self, model: Any) -> None:
        self.objects = self
        self.model = model

    def select_for_update(self, **_how: Any) -> Any:
        return self.model._default_manager.all()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.model._default_manager, name, None)
        return getattr(self.model, name) if found is None else found

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.model(*args, **kwargs)


def slowly(monkeypatch: Any, module: Any, name: str) -> None:
    """Let time pass between looking and writing."""
    quick = getattr(module, name)

    def slow(*args: Any, **kwargs: Any) -> Any:
        found = quick(*args, **kwargs)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(module, name, slow)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=True)


# --- one settlement ---------------------------------------------------------------------------------


def approvals(leavers: Leavers) -> list[Any]:
    row = leavers.settle(leavers.ask())

    def approve(by: Any) -> Settlement:
        return approve_settlement(settlement=Settlement.objects.select_related("group").get(pk=row.pk), by=by)

    return race(*(partial(approve, by) for by in (leavers.village.auditor, leavers.village.chair)))


def test_of_two_approvals_one_is_told_that_it_is_settled_already(village: TestVillage, monkeypatch: Any) -> None:
    slowly(monkeypatch, settlements, "plan_settlement")
    results = approvals(Leavers(village))
    assert [type(each) for each in results if isinstance(each, Exception)] == [SettlementDone]
    assert Entry.objects.filter(kind="resignation").count() == 1


def test_control_without_the_locks_both_approvals_post_and_the_last_guard_stops_one(
    village: TestVillage, monkeypatch: Any
) -> None:
    slowly(monkeypatch, settlements, "plan_settlement")
    leavers = Leavers(village)
    for module in (settlements, gate):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    monkeypatch.setattr(settlements, "Settlement", Unlocked(Settlement))
    monkeypatch.setattr(settlements, "Leaving", Unlocked(Leaving))
    results = approvals(leavers)
    failed = [each for each in results if isinstance(each, Exception)]
    assert len(failed) == 1
    assert not isinstance(failed[0], SettlementDone)


# --- one household ----------------------------------------------------------------------------------


@pytest.fixture
def crowded(village: TestVillage) -> TestVillage:
    """A household may pledge five units and have three members; a vow may change in any month."""
    rules = {"household_units_max": 5, "pledge_window_months": 12, "household_members_max": 3}
    for key, value in rules.items():
        change_setting(group=village.group, key=key, value=value, valid_from=date(2020, 1, 1), by=village.chair)
    return village


def vows(village: TestVillage) -> list[Any]:
    def vow(name: str) -> Any:
        return set_pledge(member=village.member(name), satang=3 * UNIT, starts_on=DECEMBER, by=village.treasurer)

    return race(*(partial(vow, name) for name in ("Prani", "Noi")))


def vowed() -> int:
    return int(PledgePeriod.objects.aggregate(total=Sum("satang", default=0))["total"]) // UNIT


def test_two_vows_of_one_household_at_once_keep_its_rule(crowded: TestVillage, monkeypatch: Any) -> None:
    slowly(monkeypatch, vowing, "_vows")
    results = vows(crowded)
    assert [type(each) for each in results if isinstance(each, Exception)] == [HouseholdPledgesFull]
    assert vowed() == 3


def test_control_without_the_households_lock_both_vows_stand(crowded: TestVillage, monkeypatch: Any) -> None:
    slowly(monkeypatch, vowing, "_vows")
    monkeypatch.setattr(vowing, "Household", Unlocked(Household))
    vows(crowded)
    assert vowed() == 6


def moves(village: TestVillage) -> list[Any]:
    household = add_household(group=village.group, code="บ้านใหม่", by=village.secretary)
    for name in ("Somchai", "Kasem"):
        change_member(member=village.member(name), by=village.secretary, household=household)

    def move(name: str) -> Any:
        return change_member(member=village.member(name), by=village.secretary, household=household)

    return race(*(partial(move, name) for name in ("Prani", "Boonmee")))


def living_there() -> int:
    return Member.objects.filter(household__code="บ้านใหม่", status="active").count()


def test_two_who_move_at_once_into_the_last_place_of_a_household_are_one(
    crowded: TestVillage, monkeypatch: Any
) -> None:
    slowly(monkeypatch, moving, "setting")
    results = moves(crowded)
    assert [type(each) for each in results if isinstance(each, Exception)] == [HouseholdFull]
    assert living_there() == 3


def test_control_without_the_households_lock_both_move_in(crowded: TestVillage, monkeypatch: Any) -> None:
    slowly(monkeypatch, moving, "setting")
    monkeypatch.setattr(moving, "Household", Unlocked(Household))
    monkeypatch.setattr(changing, "Member", Unlocked(Member))  # which locks the group's row beside the person's
    results = moves(crowded)
    assert living_there() == 4, results


# --- one application --------------------------------------------------------------------------------


def decisions(village: TestVillage) -> list[Any]:
    fon = village.member("Fon")

    def decide(number: str, by: Any) -> Any:
        one = Decision(fon, "admitted")
        return decide_applications(group=village.group, decisions=[one], resolution=resolved[number], by=by)

    resolved = {
        number: record_resolution(
            group=village.group, number=number, decided_on=date(2026, 11, 20), subject="รับสมาชิก", by=village.secretary
        )
        for number in ("7/2569", "8/2569")
    }

    return race(
        partial(decide, "7/2569", village.secretary),
        partial(decide, "8/2569", village.chair),
    )


def test_two_officers_who_decide_one_application_at_once_decide_it_once(village: TestVillage, monkeypatch: Any) -> None:
    slowly(monkeypatch, admission, "_decided_before")
    results = decisions(village)
    assert [type(each) for each in results if isinstance(each, Exception)] == [NotWaiting]
    assert AdmissionDecision.objects.count() == 1


def test_control_without_the_locks_both_decide_and_the_last_guard_stops_one(
    village: TestVillage, monkeypatch: Any
) -> None:
    monkeypatch.setattr(admission, "SavingsGroup", Unlocked(SavingsGroup))
    for module in (admission, changing):
        monkeypatch.setattr(module, "Member", Unlocked(Member))
    slow_change(monkeypatch)
    assert [type(each) for each in decisions(village) if isinstance(each, Exception)] == [IntegrityError]


def slow_change(monkeypatch: Any) -> None:
    """Time passes between the look at the application and the change of the member."""
    change = admission.change_member

    def later(**how: Any) -> Any:
        time.sleep(0.4)
        return change(**how)

    monkeypatch.setattr(admission, "change_member", later)
