"""What is built once and put back is what would have been built; and nobody sees what another did to it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.db.models import BooleanField, CharField, DateField, DateTimeField, IntegerField, Value

from members.models import Member, Province, SavingsGroup, User
from reports.verification import damage_of
from savings.models import PledgePeriod
from savings.services import set_pledge
from tests.kept import WRITTEN, Kept, upon
from tests.shareout.sharing import NOW, Sharing
from tests.village import BUILT_AT, TestVillage, build_village

YESTERDAY = datetime(2026, 1, 1, tzinfo=UTC)
DRAWN = {"code", "username", "uuid", "operation", "hash", "prev", "memo_hash", "salt", "password"}  # at random


def _written() -> dict[str, list[tuple[Any, ...]]]:
    """What stands in each table, without keys, moments and what is drawn at random."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        plain = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | IntegerField | BooleanField | DateField)
            and not isinstance(field, DateTimeField)
            and not (field.primary_key or field.is_relation or field.attname in DRAWN)
        ]
        found[model._meta.db_table] = sorted(model._default_manager.values_list(Value(1), *plain), key=repr)
    return found


def _undone(make: Any) -> Any:
    """What `make` gives, without its rows."""
    with transaction.atomic():
        made = make()
        transaction.set_rollback(True)
    return made


def test_the_village_put_back_is_the_village_built(db):
    def built():
        with time_machine.travel(BUILT_AT, tick=False):
            build_village()
        return _written()

    kept = Kept(build_village, moment=BUILT_AT)
    expected = _undone(built)
    assert len(expected["members_member"]) > 20
    for _time in ("kept", "put back"):
        assert _undone(lambda: (kept.again(), _written())[1]) == expected


def test_the_objects_are_those_of_the_database(village: TestVillage):
    for one in [*village.members.values(), *village.users.values(), village.group, village.faraway.treasurer]:
        stored = type(one)._default_manager.get(pk=one.pk)
        assert {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields} == {
            f.attname: getattr(stored, f.attname) for f in one._meta.concrete_fields
        }
    assert village.members["Noi"].parent is village.members["Prani"]


def test_its_books_are_whole(village: TestVillage):
    assert [str(damage) for damage in damage_of(village.group, [])] == []


class OneProvince:
    """Makes a province, and counts how often."""

    times = 0

    def __call__(self) -> Province:
        self.times += 1
        return Province.objects.create(code="99", name_th="ทดสอบ", name_en="Test")


@pytest.fixture
def built() -> OneProvince:
    """How often the province was built."""
    return OneProvince()


@pytest.fixture
def kept(db: None, built: OneProvince) -> Kept:
    """A province that was built once, for another test than this."""
    found = Kept(built, moment=YESTERDAY)
    _undone(found.again)
    return found


def test_it_is_built_once(kept: Kept, built: OneProvince):
    put_back = kept.again()
    assert built.times == 1
    assert Province.objects.get() == put_back


def test_what_one_does_to_it_the_next_does_not_see(kept: Kept):
    def spoil():
        kept.again().name_th = "อื่น"

    _undone(spoil)
    assert kept.again().name_th == "ทดสอบ"


def test_beside_other_rows_it_is_built(kept: Kept, built: OneProvince):
    Province.objects.create(code="10", name_th="อื่น", name_en="Other")
    kept.again()
    assert built.times == 2


def test_before_its_moment_it_is_built(kept: Kept, built: OneProvince):
    with time_machine.travel(date(2025, 12, 31)):
        kept.again()
    assert built.times == 2


def test_new_rows_get_keys_of_their_own(village: TestVillage):
    newcomer = User.objects.create_user("newcomer", display_name="ใหม่")
    assert newcomer.pk > max(user.pk for user in village.users.values())
    assert village.add_members(1)[0].pk > max(Member.objects.exclude(number__gt=13).values_list("pk", flat=True))


# --- scenes upon the village --------------------------------------------------------------------------------


class Pledged:
    """Prani pledges; counts how often she had to be asked."""

    times = 0

    def __call__(self, village: TestVillage) -> dict[str, Any]:
        self.times += 1
        period = set_pledge(
            member=village.member("Prani"), satang=200_00, starts_on=date(2026, 1, 1), by=village.treasurer
        )
        return {"village": village, "prani": village.member("Prani"), "period": period}


@pytest.fixture
def pledged() -> Pledged:
    """How often the pledge was made."""
    return Pledged()


@pytest.fixture
def _after_the_year() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def played(_after_the_year: None, village: TestVillage, pledged: Pledged) -> Any:
    """Upon the village, as its fixture hands it out: the scene was built once before, and undone."""

    def play(key: str) -> dict[str, Any]:
        def fresh() -> dict[str, Any]:
            WRITTEN.anything = False
            found: dict[str, Any] = upon(village, key, lambda: pledged(village))
            return found

        _undone(fresh)
        return fresh()

    return play


def test_a_scene_is_built_once_and_points_at_the_village_of_its_test(village, played, pledged):
    found = played("pledged once")
    assert pledged.times == 1
    assert found["village"] is village
    assert found["prani"] is village.members["Prani"]
    assert PledgePeriod.objects.get() == found["period"]


@pytest.mark.usefixtures("_after_the_year")
def test_a_scene_put_back_is_the_scene_built(village):
    def built():
        WRITTEN.anything = True
        Sharing(village)
        return _written()

    def put_back():
        WRITTEN.anything = False
        Sharing(village)
        return _written()

    expected = _undone(built)
    assert len(expected["funds_entry"]) > 8
    assert _undone(put_back) == expected
    assert _undone(put_back) == expected


def test_upon_a_village_to_which_something_was_done_a_scene_is_built(village, played, pledged):
    _undone(lambda: played("pledged upon another"))
    before = pledged.times
    village.group.name = "อื่น"
    WRITTEN.anything = False
    with connection.execute_wrapper(WRITTEN):
        village.group.save(update_fields=["name"])
    upon(village, "pledged upon another", lambda: pledged(village))
    assert pledged.times == before + 1


@pytest.mark.usefixtures("_after_the_year")
def test_what_changes_the_village_itself_is_built_each_time(village):
    times = []

    def rename() -> str:
        times.append(1)
        SavingsGroup.objects.filter(pk=village.group.pk).update(name="อื่น")
        return "renamed"

    def fresh() -> Any:
        WRITTEN.anything = False
        return upon(village, "renamed", rename)

    for _time in range(2):
        _undone(lambda: (fresh(), SavingsGroup.objects.get(pk=village.group.pk).name == "อื่น" or pytest.fail("lost")))
    assert len(times) == 2
