"""A founder prints fresh slips for the first officers until one has a password; the journal tells of each time."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db.models import QuerySet
from django.utils import timezone

from funds.models import Entry
from members.models import ActivationSlip, Office, SavingsGroup, User
from membership import first_slips as room
from membership.checks import CHECKS
from membership.first_slips import (
    MayNotRenew,
    NotAFirstOfficer,
    NotFoundedHere,
    OfficersHaveBegun,
    RenewedMeanwhile,
    first_slips,
    renew_first_slips,
)
from membership.founding import FoundedGroup, Seat, found_group
from membership.slip_errors import ProofWrong, SlipUnknown
from membership.slips import IssuedSlip, look_up_slip, use_slip
from reports.verification import damage_of
from tests.membership.test_races import together
from tests.village import TestVillage

BORN = date(1970, 1, 1)
NEW = "three-easy-words"
SEATS = [
    Seat("นางจันทร์ ดีงาม", Office.Role.SECRETARY, BORN),
    Seat("นายคำ ดีงาม", Office.Role.TREASURER, date(1971, 1, 1)),
    Seat("นายแสง ดีงาม", Office.Role.AUDIT, date(1972, 1, 1)),
]


def _found(village: TestVillage, by: User | None = None) -> FoundedGroup:
    founder = by or village.district_officer
    return found_group(village=village.group.village, name="กลุ่มใหม่", code="ban-mai", officers=SEATS, by=founder)


def _renew(group: SavingsGroup, by: User, seen: int = 1) -> list[IssuedSlip]:
    return renew_first_slips(group=group, by=by, seen=seen, operation=uuid4())


def _findings(group: SavingsGroup) -> list[str]:
    return [rule for check in CHECKS for rule, _n, _text in check(group)]


def test_fresh_slips_void_the_old_ones_and_repeat_the_decision(village: TestVillage) -> None:
    founded = _found(village)
    fresh = _renew(founded.group, village.district_officer)
    assert [one.slip.user for one in fresh] == [one.slip.user for one in founded.slips]
    entries = list(Entry.objects.filter(group=founded.group).order_by("n"))
    assert [(entry.kind, entry.maker, entry.lines) for entry in entries] == [
        ("group_founding", village.district_officer.code, 0)
    ] * 2
    assert entries[1].details.data["reason"] == "พิมพ์ใบตั้งรหัสผ่านชุดใหม่ให้กรรมการชุดแรก ใบชุดเดิมใช้ไม่ได้แล้ว"
    for place, old in enumerate(founded.slips):
        with pytest.raises(SlipUnknown):
            look_up_slip(code=old.code, address=f"10.{place}.0.1")
    secretary = use_slip(slip=fresh[0].slip, birth_on=BORN, password=NEW)
    assert secretary.check_password(NEW)
    assert _findings(founded.group) == []


def test_a_mistyped_birth_date_is_put_right_with_fresh_slips(village: TestVillage) -> None:
    founded = _found(village)
    secretary, treasurer = founded.slips[0].slip.user, founded.slips[1].slip.user
    births = {secretary.pk: date(1970, 10, 1), treasurer.pk: date(1971, 1, 1)}
    fresh = renew_first_slips(group=founded.group, by=village.administrator, seen=1, operation=uuid4(), births=births)
    with pytest.raises(ProofWrong):
        use_slip(slip=fresh[0].slip, birth_on=BORN, password=NEW)
    assert use_slip(slip=fresh[0].slip, birth_on=date(1970, 10, 1), password=NEW) == secretary
    told = Entry.objects.get(group=founded.group, n=2).details.data["reason"]
    assert told.endswith("แก้วันเกิดของ นางจันทร์ ดีงาม")  # the treasurer's was right already
    assert _findings(founded.group) == []


def test_a_founder_changes_nobody_elses_birth_date(village: TestVillage) -> None:
    founded = _found(village)
    births = {founded.slips[0].slip.user_id: date(1970, 10, 1), village.treasurer.pk: BORN}
    with pytest.raises(NotAFirstOfficer):
        renew_first_slips(group=founded.group, by=village.administrator, seen=1, operation=uuid4(), births=births)
    assert User.objects.get(pk=founded.slips[0].slip.user_id).birth_on == BORN
    assert Entry.objects.filter(group=founded.group).count() == 1


def test_after_the_first_password_a_founder_changes_no_birth_date(village: TestVillage) -> None:
    founded = _found(village)
    use_slip(slip=founded.slips[1].slip, birth_on=date(1971, 1, 1), password=NEW)
    births = {founded.slips[0].slip.user_id: date(1970, 10, 1)}
    with pytest.raises(OfficersHaveBegun):
        renew_first_slips(group=founded.group, by=village.administrator, seen=1, operation=uuid4(), births=births)
    assert User.objects.get(pk=founded.slips[0].slip.user_id).birth_on == BORN


def test_expired_slips_are_what_it_is_for(village: TestVillage) -> None:
    founded = _found(village)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert first_slips([founded.group])[0].waiting == ()
        _renew(founded.group, village.administrator)
        state = first_slips([founded.group])[0]
        assert (len(state.waiting), state.last, state.can_be_renewed) == (3, 2, True)
        assert [decision.by for decision in state.decisions] == ["ทวี", "อดิศักดิ์"]


def test_after_the_first_password_never_again(village: TestVillage) -> None:
    founded = _found(village)
    use_slip(slip=founded.slips[1].slip, birth_on=date(1971, 1, 1), password=NEW)
    for founder in (village.district_officer, village.administrator):
        with pytest.raises(OfficersHaveBegun):
            _renew(founded.group, founder)
    assert not first_slips([founded.group])[0].can_be_renewed
    assert Entry.objects.filter(group=founded.group, kind="group_founding").count() == 1
    assert ActivationSlip.objects.filter(group=founded.group, voided_at__isnull=True).count() == 3


@pytest.mark.parametrize("trace", ["password", "slip"])
def test_either_trace_of_a_password_is_enough(village: TestVillage, trace: str) -> None:
    founded = _found(village)
    slip = founded.slips[0].slip
    if trace == "password":
        User.objects.filter(pk=slip.user_id).update(activated_on=timezone.localdate())
    else:
        ActivationSlip.objects.filter(pk=slip.pk).update(used_at=timezone.now())
    with pytest.raises(OfficersHaveBegun):
        _renew(founded.group, village.administrator)


@pytest.mark.parametrize("who", ["other_district_officer", "stranger", "treasurer", "chair"])
def test_nobody_else_prints_them(village: TestVillage, who: str) -> None:
    founded = _found(village)
    with pytest.raises(MayNotRenew):
        _renew(founded.group, getattr(village, who))
    first_officer = founded.slips[0].slip.user
    with pytest.raises(MayNotRenew):
        _renew(founded.group, first_officer)


def test_a_district_officer_whose_term_has_ended_prints_no_more(village: TestVillage) -> None:
    founded = _found(village)
    village.district_officer.district_offices.update(ends_on=timezone.localdate())
    with pytest.raises(MayNotRenew):
        _renew(founded.group, village.district_officer)


def test_a_group_without_a_founding_has_no_first_slips(village: TestVillage) -> None:
    with pytest.raises(NotFoundedHere):
        _renew(village.group, village.administrator, seen=0)


def test_a_page_that_has_not_seen_the_latest_decision_prints_nothing(village: TestVillage) -> None:
    founded = _found(village)
    _renew(founded.group, village.district_officer)
    for late in (village.district_officer, village.administrator):
        with pytest.raises(RenewedMeanwhile):
            _renew(founded.group, late, seen=1)
    assert _renew(founded.group, village.administrator, seen=2)


def test_a_founder_without_a_decision_or_after_the_first_password_is_found(village: TestVillage) -> None:
    founded = _found(village)
    assert _findings(founded.group) == []
    ActivationSlip.objects.filter(pk=founded.slips[0].slip.pk).update(founding=uuid4())
    assert _findings(founded.group) == ["slip-decided"]
    ActivationSlip.objects.filter(pk=founded.slips[0].slip.pk).update(founding=None)
    assert _findings(founded.group) == ["slip-decided"]


def test_a_decision_after_the_first_password_is_found(village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> None:
    founded = _found(village)
    use_slip(slip=founded.slips[1].slip, birth_on=date(1971, 1, 1), password=NEW)
    honest = room.first_slips

    def blind(groups):
        return [room.FirstSlips(**(vars(state) | {"has_begun": False})) for state in honest(groups)]

    monkeypatch.setattr(room, "first_slips", blind)
    _renew(founded.group, village.administrator)
    assert "founding-late" in _findings(founded.group)


def test_the_books_verify_with_two_foundings(village: TestVillage) -> None:
    founded = _found(village)
    _renew(founded.group, village.district_officer)
    assert list(damage_of(founded.group)) == []


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_founders_at_once_one_prints(village: TestVillage) -> None:
    founded = _found(village)
    founders = [village.district_officer, village.administrator] * 2
    results = together([partial(_renew, founded.group, founder) for founder in founders])
    assert sum(isinstance(result, RenewedMeanwhile) for result in results) == 3, results
    assert Entry.objects.filter(group=founded.group, kind="group_founding").count() == 2
    assert ActivationSlip.objects.filter(group=founded.group, voided_at__isnull=True).count() == 3
    assert _findings(founded.group) == []


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_officer_who_sets_the_password_just_then_and_a_founder_never_both_succeed(village: TestVillage) -> None:
    founded = _found(village)
    slip = founded.slips[0].slip
    officer, founder = together(
        [
            lambda: use_slip(slip=slip, birth_on=BORN, password=NEW),
            lambda: _renew(founded.group, village.district_officer),
        ]
    )
    assert isinstance(officer, SlipUnknown) != isinstance(founder, OfficersHaveBegun), (officer, founder)
    assert _findings(founded.group) == []


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_locks_both_succeed(village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    founded = _found(village)
    slip = founded.slips[0].slip
    has_looked, has_used = threading.Event(), threading.Event()
    honest = room.first_slips
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **how: found.all())

    def looks_and_waits(groups):
        state = honest(groups)
        has_looked.set()
        has_used.wait(timeout=20)
        return state

    monkeypatch.setattr(room, "first_slips", looks_and_waits)

    def officer() -> User:
        has_looked.wait(timeout=20)
        try:
            return use_slip(slip=slip, birth_on=BORN, password=NEW)
        finally:
            has_used.set()

    results = together([officer, partial(_renew, founded.group, village.district_officer)])
    assert not any(isinstance(result, Exception) for result in results), results
    assert "founding-late" in _findings(founded.group)
