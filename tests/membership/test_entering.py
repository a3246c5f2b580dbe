"""A form sent twice enters one person once; the form is known by the operation made when it opens."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from members.models import Member, User
from members.services.people import ForeignPerson, FormSentTwice
from membership.admission import enter_member
from savings.models import PledgePeriod
from tests.membership.test_races import together
from tests.village import TestVillage

SOMEBODY = {
    "kind": "ordinary", "first_name": "ใหม่", "last_name": "มาแล้ว", "birth_on": "1/2/2520", "status": "active",
    "admitted_on": "5/1/2569", "pledge_units": "2", "beneficiary_1": "ลูก", "percent_1": "100",
}  # fmt: skip


def _client(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="th")
    client.force_login(user)
    return client


def _fields(client: Client, address: str) -> dict[str, Any]:
    operation = client.get(address).context["form"]["operation"].value()
    return SOMEBODY | {"operation": str(operation)}


def _enter(village: TestVillage, operation: UUID, name: str = "ใหม่") -> Member:
    return enter_member(group=village.group, by=village.secretary, operation=operation, first_name=name)


def test_a_double_click_without_a_number_enters_one_person(village: TestVillage) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    fields = _fields(client, address)
    before = Member.objects.count()
    places = {client.post(address, fields)["Location"] for _click in range(3)}
    assert len(places) == 1
    assert Member.objects.count() == before + 1
    assert PledgePeriod.objects.filter(member__first_name="ใหม่").count() == 1


def test_each_opening_of_the_form_is_for_another_person(village: TestVillage) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    before = Member.objects.count()
    for birthday in ("1/2/2520", "3/4/2540"):  # father and son of one name
        assert client.post(address, _fields(client, address) | {"birth_on": birthday}).status_code == 302
    assert Member.objects.count() == before + 2


def test_the_same_words_in_a_fresh_form_after_going_back_enter_nobody_twice(village: TestVillage) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    client.post(address, _fields(client, address))
    before = Member.objects.count()
    page = client.post(address, _fields(client, address))
    entered = Member.objects.get(first_name="ใหม่")
    said = page.context["form"].non_field_errors()[0].replace("\u2060", "")
    assert f"เลขที่ {entered.number} หากเป็นอีกคนที่ชื่อเหมือนกัน" in said
    assert Member.objects.count() == before


def test_going_back_and_typing_somebody_else_says_who_was_entered(village: TestVillage) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    fields = _fields(client, address)
    client.post(address, fields)
    before = Member.objects.count()
    page = client.post(address, fields | {"phone": "0812345678"})
    assert "แบบฟอร์มนี้บันทึก" in page.context["form"].non_field_errors()[0].replace("\u2060", "")
    assert Member.objects.count() == before


def test_a_refused_form_keeps_its_operation_and_goes_through_once_put_right(village: TestVillage) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    fields = _fields(client, address)
    refused = client.post(address, fields | {"first_name": ""})
    assert refused.context["form"]["operation"].value() == fields["operation"]
    assert client.post(address, fields).status_code == 302


@pytest.mark.parametrize("operation", ["", "x", "0", "'; --"])
def test_a_form_without_a_readable_operation_still_enters_its_person(village: TestVillage, operation: str) -> None:
    client, address = _client(village.secretary), reverse("people:new", args=[village.group.code])
    assert client.post(address, SOMEBODY | {"operation": operation}).status_code == 302


def test_the_operation_belongs_to_one_group_one_writer_and_one_content(village: TestVillage) -> None:
    operation = uuid4()
    assert _enter(village, operation) == _enter(village, operation)
    with pytest.raises(FormSentTwice):
        _enter(village, operation, "อื่น")
    with pytest.raises(FormSentTwice):
        enter_member(group=village.group, by=village.treasurer, operation=operation, first_name="ใหม่")
    with pytest.raises(ForeignPerson):
        enter_member(
            group=village.neighbour.group, by=village.neighbour.secretary, operation=operation, first_name="ใหม่"
        )


def test_what_is_kept_of_the_form_cannot_be_read(village: TestVillage) -> None:
    member = _enter(village, uuid4(), "ลับมาก")
    assert len(member.entered_index) == 64
    assert "ลับ" not in member.entered_index


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_enter_one_person(village: TestVillage) -> None:
    operation = uuid4()
    results = together([partial(_enter, village, operation) for _click in range(20)])
    assert len({member.pk for member in results}) == 1, results
    assert Member.objects.filter(group=village.group, first_name="ใหม่").count() == 1


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_database_stops_the_second(
    village: TestVillage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **how: found.all())
    operation = uuid4()
    results = together([partial(_enter, village, operation) for _click in range(20)])
    assert any(isinstance(result, IntegrityError) for result in results), results
    assert Member.objects.filter(group=village.group, first_name="ใหม่").count() == 1
