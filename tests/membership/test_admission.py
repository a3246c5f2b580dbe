"""Who is admitted in the browser vows at once what the application says, and goes on to the pledge."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members.models import Member
from membership.admission import Decision, NewResolution, decide_applications
from savings.models import PledgePeriod
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


FIELDS = {
    "kind": "ordinary",
    "first_name": "ทองใบ",
    "status": "active",
    "admitted_on": "5/6/2569",
    "pledge_units": "4",
}


def send(village: TestVillage, name: str, fields: dict[str, str], number: int | None = None):
    client = Client()
    client.force_login(village.secretary)
    place = [village.group.code] if number is None else [village.group.code, number]
    return client.post(reverse(name, args=place), fields)


def test_an_admitted_member_has_a_pledge_at_once(village: TestVillage) -> None:
    answer = send(village, "people:new", FIELDS)
    member = Member.objects.get(first_name="ทองใบ")
    vow = PledgePeriod.objects.get(member=member)
    assert (vow.satang, vow.starts_on, vow.set_by) == (200_00, date(2026, 6, 1), village.secretary)
    assert answer["Location"] == reverse("savings:pledge", args=[village.group.code, member.number])


def test_an_applicant_has_none_before_the_admission(village: TestVillage) -> None:
    send(village, "people:new", FIELDS | {"status": "applicant"})
    member = Member.objects.get(first_name="ทองใบ")
    assert not member.pledges.exists()
    send(village, "people:edit", FIELDS | {"version": str(member.version)}, member.number)
    member.refresh_from_db()
    assert member.status == "applicant"  # the form corrects; the committee admits
    new = NewResolution(number="7/2569", decided_on=date(2026, 6, 5), subject="รับสมาชิก")
    decisions = [Decision(member, "admitted")]
    decide_applications(group=village.group, decisions=decisions, resolution=new, by=village.secretary)
    assert [vow.satang for vow in member.pledges.all()] == [200_00]


def test_without_units_the_officer_is_led_to_the_pledge(village: TestVillage) -> None:
    answer = send(village, "people:new", FIELDS | {"pledge_units": ""})
    member = Member.objects.get(first_name="ทองใบ")
    assert answer["Location"] == reverse("savings:pledge", args=[village.group.code, member.number])
    assert not member.pledges.exists()


def test_too_many_units_admit_nobody(village: TestVillage) -> None:
    answer = send(village, "people:new", FIELDS | {"pledge_units": "21"})
    assert answer.context["form"].errors["pledge_units"]
    assert 'value="21"' in answer.content.decode()
    assert not Member.objects.filter(first_name="ทองใบ").exists()


def test_correcting_a_member_changes_no_pledge(village: TestVillage) -> None:
    send(village, "people:new", FIELDS)
    member = Member.objects.get(first_name="ทองใบ")
    send(village, "people:edit", FIELDS | {"version": "0", "pledge_units": "9", "phone": "1"}, member.number)
    member.refresh_from_db()
    assert (member.phone, member.pledge_units, member.pledges.count()) == ("1", 4, 1)
