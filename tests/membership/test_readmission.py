"""Who left comes back with a new number, after the group's time, after an expulsion by the general meeting alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from members.access import Right, has_right, passbooks_of
from members.models import Member, MemberChange
from members.national_ids import FormerMember, NationalIdTaken, national_id
from members.selectors.homes import homes_of
from members.services import add_member, change_member
from membership.errors import NotReadmitted, ReadmissionByGeneralMeeting, ReadmissionTooEarly, ResolutionMissing
from membership.services import Heir, readmit_member
from membership.services.readmission import ReadmissionInput
from tests.membership.leavers import Leavers
from tests.village import TestVillage

ID = "1231007728376"


@pytest.fixture
def clock(time_machine: Any) -> Any:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def leavers(village: TestVillage, clock: Any) -> Leavers:
    found = Leavers(village)
    change_member(member=found["Kasem"], by=village.secretary, national_id=ID)
    return found


def back(leavers: Leavers, on: date, number: str = "9/2569", body: str = "committee", units: int = 2) -> Member:
    how = ReadmissionInput(admitted_on=on, resolution=leavers.resolve(number, body), pledge_units=units)
    return readmit_member(former=Member.objects.get(pk=leavers["Kasem"].pk), readmission=how, by=leavers.village.chair)


def test_after_a_year_the_person_is_back_with_a_new_number(leavers: Leavers, clock: Any) -> None:
    leavers.leave()
    clock.move_to("2027-11-19T03:00:00+00:00", tick=False)
    with pytest.raises(ReadmissionTooEarly):
        back(leavers, date(2027, 11, 19))
    clock.move_to("2027-11-20T03:00:00+00:00", tick=False)
    member = back(leavers, date(2027, 11, 20))
    former = Member.objects.get(pk=leavers["Kasem"].pk)
    assert (member.former, former.status, former.number) == (former, "resigned", 8)
    assert member.number == max(leavers.group.members.values_list("number", flat=True)) != 8
    assert national_id(member) == national_id(former) == ID
    assert member.pledges.get().satang == 100_00
    assert member.openers.get().user == leavers.village.user("Kasem")
    assert back(leavers, date(2027, 11, 20)) == member
    with pytest.raises(NotReadmitted):
        back(leavers, date(2027, 11, 19))


def test_after_an_expulsion_the_general_meeting_decides(leavers: Leavers) -> None:
    leavers.leave("Kasem", "expulsion")
    with pytest.raises(ReadmissionByGeneralMeeting):
        back(leavers, date(2026, 11, 22))
    assert back(leavers, date(2026, 11, 22), "ญ1/2569", "general").status == "active"


def test_members_and_the_deceased_are_not_admitted_again(leavers: Leavers) -> None:
    with pytest.raises(NotReadmitted):
        back(leavers, date(2026, 11, 22))
    leavers.leave("Kasem", "death", heirs=(Heir("นางราตรี ฉิมพลี", "", 100),))
    with pytest.raises(NotReadmitted):
        back(leavers, date(2026, 11, 22))


def test_without_a_resolution_nobody_comes_back(leavers: Leavers) -> None:
    leavers.leave("Kasem", "expulsion")
    former = Member.objects.get(pk=leavers["Kasem"].pk)
    how = ReadmissionInput(admitted_on=date(2026, 11, 22), resolution=None)
    with pytest.raises(ResolutionMissing):
        readmit_member(former=former, readmission=how, by=leavers.village.chair)


def test_a_national_id_is_one_members_only_and_a_leavers_only_by_admission_again(leavers: Leavers) -> None:
    how: dict[str, Any] = {"group": leavers.group, "by": leavers.village.secretary, "national_id": ID}
    with pytest.raises(NationalIdTaken):
        add_member(first_name="ซ้ำ", **how)
    leavers.leave("Kasem", "expulsion")
    with pytest.raises(FormerMember):
        add_member(first_name="ซ้ำ", **how)
    member = back(leavers, date(2026, 11, 22), "ญ1/2569", "general")
    change_member(member=member, by=leavers.village.secretary, national_id=ID)
    change_member(member=Member.objects.get(pk=leavers["Kasem"].pk), by=leavers.village.secretary, national_id=ID)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Member.objects.filter(pk=leavers["Prani"].pk).update(
            national_id_index=member.national_id_index, national_id_sealed=member.national_id_sealed
        )


def test_a_leaver_reads_the_settled_passbook_for_a_year_a_deceaseds_is_closed(leavers: Leavers, clock: Any) -> None:
    user = leavers.village.user("Kasem")
    leavers.leave()
    assert [member.number for member in passbooks_of(user, leavers.group)] == [8]
    Member.objects.filter(pk=leavers["Kasem"].pk).update(status="deceased")
    assert not has_right(user, leavers.group, Right.OWN_WINDOW)
    assert homes_of(user) == []
    Member.objects.filter(pk=leavers["Kasem"].pk).update(status="resigned")
    clock.shift(timedelta(days=367))
    assert not passbooks_of(user, leavers.group).exists()


def test_who_admitted_the_person_again_stands_in_the_history(leavers: Leavers, clock: Any) -> None:
    leavers.leave()
    clock.move_to("2027-11-20T03:00:00+00:00", tick=False)
    member = back(leavers, date(2027, 11, 20))
    told = {row.field: (row.before, row.after) for row in MemberChange.objects.filter(member=member)}
    assert told["entered"] == ("", member.full_name)
    assert told["status"] == ("resigned", "active")
    assert told["left_on"] == ("2026-11-20", "")
    assert "beneficiaries" not in told
    assert set(MemberChange.objects.filter(member=member).values_list("changed_by", flat=True)) == {
        leavers.village.chair.pk
    }
