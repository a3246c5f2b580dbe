"""The collection list: by household, what each member brings; the same sums on the page, in the file and on paper."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members.group_settings import change_setting
from members.models import Household, Member
from reports.selectors.collection import collection, collection_day, collection_totals
from savings.services import set_pledge
from tests.loans.cast import AUGUST_5, Lending
from tests.village import TestVillage

OCTOBER_5, SEPTEMBER = date(2026, 10, 5), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def early_october() -> Any:
    with time_machine.travel(date(2026, 10, 1), tick=False):
        yield


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def _vow(village: TestVillage, name: str, satang: int, starts_on: date = SEPTEMBER) -> None:
    set_pledge(member=village.member(name), satang=satang, starts_on=starts_on, by=village.treasurer)


def test_each_house_brings_this_month_the_months_owed_the_fine_and_the_fees(village: TestVillage) -> None:
    change_setting(
        group=village.group, key="missed_month_fine_satang", value=5_00, valid_from=date(2026, 1, 1), by=village.chair
    )
    _vow(village, "Prani", 200_00)
    _vow(village, "Noi", 50_00, date(2026, 10, 1))
    Member.objects.filter(pk=village.member("Noi").pk).update(admitted_on=OCTOBER_5)
    houses = {house.code: house for house in collection(group=village.group, on=OCTOBER_5)}
    prani, noi = houses["H001"].lines
    assert (prani.this_month, prani.owed, prani.owed_months, prani.fee, prani.fine) == (
        200_00, 200_00, (SEPTEMBER,), 0, 5_00,
    )  # fmt: skip
    assert (noi.this_month, noi.owed, noi.fee, noi.fine) == (50_00, 0, 30_00, 0)
    assert houses["H001"].total == 485_00


def test_what_is_due_on_loans_is_collected_too(village: TestVillage) -> None:
    lending = Lending(village)
    loan = lending.lend("Prani", 12_000_00, on=AUGUST_5)
    lending.pay_instalments(loan, 1)
    totals = collection_totals(collection(group=village.group, on=OCTOBER_5))
    line = next(line for house in collection(group=village.group, on=OCTOBER_5) for line in house.lines if line.loans)
    assert line.member == village.member("Prani")
    assert (line.loans, totals.loans) == (1_110_00, 1_110_00)
    assert totals.total >= line.total >= 1_110_00
    address = reverse("reports:collection", args=[village.group.code])
    page = _client(village.secretary).get(address)
    assert "Due on loans" in page.content.decode()
    assert page.context["totals"] == totals
    assert ",1110.00," in _client(village.secretary).get(f"{address}?format=csv").content.decode()


def test_houses_stand_by_code_and_those_without_one_last(village: TestVillage) -> None:
    houses = collection(group=village.group, on=OCTOBER_5)
    assert [house.code for house in houses] == ["H001", "H002", "H003", ""]
    assert (
        sum(len(house.lines) for house in houses) == Member.objects.filter(group=village.group, status="active").count()
    )


def test_the_list_is_narrowed_by_house_person_and_to_those_who_pay(village: TestVillage) -> None:
    _vow(village, "Prani", 200_00)
    found = [
        {line.member.number for house in collection(group=village.group, on=OCTOBER_5, **asked) for line in house.lines}
        for asked in ({"q": "h002"}, {"q": "ปราณี"}, {"due_only": True})
    ]
    prani = village.member("Prani").number
    assert found == [{village.member("Somchai").number, village.member("Kasem").number}, {prani}, {prani}]


def test_the_day_is_the_next_usual_meeting_day(village: TestVillage) -> None:
    assert collection_day(village.group, date(2026, 10, 5)) == OCTOBER_5
    assert collection_day(village.group, date(2026, 10, 6)) == date(2026, 11, 5)


def test_page_file_and_paper_say_the_same_sum(village: TestVillage) -> None:
    _vow(village, "Prani", 200_00)
    client, address = _client(village.secretary), reverse("reports:collection", args=[village.group.code])
    totals = collection_totals(collection(group=village.group, on=OCTOBER_5))
    assert totals.total == 400_00
    assert client.get(address).context["totals"] == totals
    lines = client.get(f"{address}?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[-1].endswith(",400.00")
    assert client.get(f"{address}?format=xlsx").content.startswith(b"PK")
    paper = client.get(reverse("reports:collection-pdf", args=[village.group.code]))
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["collection", "collection-pdf"])
def test_five_hundred_members_take_the_same_queries(
    village: TestVillage, name: str, django_assert_max_num_queries: Any
) -> None:
    client, address = _client(village.secretary), reverse(f"reports:{name}", args=[village.group.code])
    client.get(address)
    members = village.add_members(487)
    houses = Household.objects.bulk_create(
        Household(group=village.group, code=f"K{number:03d}") for number in range(150)
    )
    for number, member in enumerate(members):
        member.household = houses[number % 150]
    Member.objects.bulk_update(members, ["household"])
    with django_assert_max_num_queries(24):
        assert len(client.get(address).content) > 5_000


def test_a_group_without_members_is_told_so(village: TestVillage) -> None:
    Member.objects.filter(group=village.group, status="active").update(status="resigned", left_on=OCTOBER_5)
    page = _client(village.secretary).get(reverse("reports:collection", args=[village.group.code]))
    assert b"No members yet" in page.content
