"""The bar names the village and opens only the rooms that are one's own."""

import re

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from members.models import PassbookAccess
from reports.navigation import initials, navigation
from tests.village import YEAR_START, enrol


def bar(user, path):
    request = RequestFactory().get(path)
    request.user = user
    request.resolver_match = resolve(path)
    with translation.override("en"):
        return navigation(request)


def labels(found):
    return [door.label for door in found.menu]


def test_nobody_signed_in_sees_no_bar(client, db):
    page = client.get("/sign-in/").content.decode()
    assert "appbar" not in page
    assert "tabbar" not in page


def test_an_officer_has_the_groups_rooms_and_the_own_passbook(village):
    found = bar(village.treasurer, "/g/nong-ruang-khao/")
    assert labels(found) == ["Home", "Meetings", "Members", "Money", "Books", "My account"]
    assert found.menu[-1].short == "Passbook"  # five doors share the width of a phone
    assert found.role == "treasurer"
    assert [door.label for door in found.menu if door.is_current] == ["Home"]
    assert found.place is not None
    assert found.place.name == "บ้านหนองรวงข้าว, moo 1"


def test_a_member_has_the_own_window_and_nothing_of_the_groups(village):
    found = bar(village.user("Prani"), "/g/nong-ruang-khao/me/")
    assert labels(found) == ["My account", "Passbook", "Receipts"]
    assert found.role == "member"


def test_a_district_officer_has_the_villages(village):
    found = bar(village.district_officer, "/d/9901/")
    assert labels(found) == ["Villages", "Founded groups", "New group"]
    assert found.place is not None
    assert found.place.name == "District ทดสอบ"


def test_somebody_without_any_role_has_no_rooms(village):
    found = bar(village.stranger, "/profile/")
    assert found.menu == ()
    assert found.person is not None


def test_the_switcher_offers_every_place_that_one_may_enter(village):
    other = enrol(village.neighbour.group, village.administrator, first_name="สมพร", last_name="แก้วใส")
    PassbookAccess.objects.create(user=village.treasurer, member=other, relation="own")
    found = bar(village.treasurer, "/g/don-sai-ngam/me/")
    assert [(place.sub, place.is_current) for place in found.places] == [
        (village.neighbour.group.name, True),
        (village.group.name, False),
    ]
    assert labels(found)[0] == "My account"


def test_an_office_that_ended_opens_nothing_on_the_next_page(village):
    village.group.offices.filter(user=village.treasurer).update(ends_on=YEAR_START)
    assert labels(bar(village.treasurer, "/g/nong-ruang-khao/me/")) == ["My account", "Passbook", "Receipts"]


def test_a_strange_group_in_the_address_gives_no_menu(village):
    assert bar(village.stranger, "/g/nong-ruang-khao/").menu == ()
    assert bar(village.user("Prani"), "/g/don-sai-ngam/").group is None


@pytest.mark.parametrize(
    ("name", "mark"),
    [("นางสมพร แก้วใส", "สม"), ("นายเกษม", "กษ"), ("อนงค์", "อน"), ("ด.ญ.น้อย นาคำ", "นอ"), ("Thawee", "T"), ("", "")],
)
def test_the_round_mark_holds_letters_that_can_stand_alone(name, mark):
    assert initials(name) == mark


def test_every_door_of_every_menu_leads_somewhere(village, client):
    people = [village.treasurer, village.user("Prani"), village.district_officer, village.administrator]
    for user in people:
        client.force_login(user)
        page = client.get("/", follow=True).content.decode()
        nav = page[page.index('class="appbar__nav"') : page.index('class="appbar__end"')]
        for address in re.findall(r'href="([^"]+)"', nav):
            assert client.get(address).status_code == 200, (user.username, address)


def test_the_bar_asks_three_questions_whatever_one_belongs_to(village, django_assert_num_queries):
    with django_assert_num_queries(3):
        bar(village.treasurer, "/g/nong-ruang-khao/")
    with django_assert_num_queries(3):
        bar(village.user("Prani"), "/g/nong-ruang-khao/me/")


@pytest.mark.parametrize("path", ["people/", "people/5/", "people/5/slip/", "people/slips/", "savings/5/"])
def test_a_members_pages_stand_under_members(village, path):
    found = bar(village.secretary, f"/g/nong-ruang-khao/{path}")
    assert [door.label for door in found.menu if door.is_current] == ["Members"]
