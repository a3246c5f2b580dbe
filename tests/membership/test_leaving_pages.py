"""The pages of leaving: from the request to the signed slip in the browser, the list with its files."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Member
from membership.models import Leaving, Settlement
from tests.meetings.evening import Evening
from tests.membership.leavers import Leavers
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


@pytest.fixture
def leavers(village: TestVillage) -> Leavers:
    return Leavers(village)


def client_of(user: Any, language: str = "th") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


def url(leavers: Leavers, name: str, *args: Any) -> str:
    return reverse(f"membership:{name}", args=[leavers.group.code, *args])


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u2060", "")


def test_a_member_leaves_from_the_request_to_the_slip(leavers: Leavers) -> None:
    village, number = leavers.village, leavers["Kasem"].number
    secretary, auditor = client_of(village.secretary), client_of(village.auditor)
    asked = {"operation": uuid4(), "reason": "resignation", "begun_on": "20/11/2569"}
    assert secretary.post(url(leavers, "leaving-new", number), asked).status_code == 302
    page = text_of(secretary.get(url(leavers, "leaving", number)))
    assert "เหลืออีก 58 วัน" in page
    assert "1,271" in page
    typed = {"operation": uuid4(), "on": "22/11/2569", "way": "cash", "resolution": leavers.resolve().pk}
    answer = secretary.post(url(leavers, "settle", number), typed)
    row = Settlement.objects.get()
    assert answer["Location"] == url(leavers, "settlement", row.pk)
    waiting = text_of(auditor.get(reverse("funds:approvals", args=[leavers.group.code])))
    assert url(leavers, "settlement", row.pk) in waiting
    auditor.post(url(leavers, "settlement", row.pk), {"act": "approve"})
    row.refresh_from_db()
    assert row.entry is not None
    assert Member.objects.get(pk=leavers["Kasem"].pk).status == "resigned"
    slip = auditor.get(url(leavers, "settlement-pdf", row.pk))
    assert slip.content.startswith(b"%PDF")
    paper = auditor.get(reverse("reports:receipt", args=[leavers.group.code, row.entry.n]))
    assert "เกษม" in text_of(paper)


def test_what_is_refused_stands_beside_its_field(leavers: Leavers) -> None:
    secretary, number = client_of(leavers.village.secretary), leavers["Kasem"].number
    asked = {"operation": uuid4(), "reason": "expulsion", "begun_on": "20/11/2569"}
    page = secretary.post(url(leavers, "leaving-new", number), asked)
    assert "explanation" in page.context["form"].errors
    leavers.ask()
    typed = {"operation": uuid4(), "on": "22/11/2569", "way": "cash"}
    page = secretary.post(url(leavers, "settle", number), typed)
    assert "resolution" in page.context["form"].errors


def test_heirs_are_asked_for_only_where_nobody_is_on_file(leavers: Leavers) -> None:
    secretary, number = client_of(leavers.village.secretary), leavers["Kasem"].number
    leaving = leavers.ask("Kasem", "death")
    typed = {
        "operation": uuid4(), "on": "22/11/2569", "way": "cash", "resolution": leavers.resolve().pk,
        "name_1": "นางราตรี ฉิมพลี", "relation_1": "มารดา", "percent_1": "60", "name_2": "นายบุญ ฉิมพลี",
    }  # fmt: skip
    page = secretary.post(url(leavers, "settle", number), typed)
    assert "percent_2" in page.context["form"].errors
    secretary.post(url(leavers, "settle", number), {**typed, "percent_2": "40"})
    assert [payee.percent for payee in leaving.settlements.get().payees.all()] == [60, 40]


def test_a_leaving_and_a_settlement_are_taken_back(leavers: Leavers) -> None:
    secretary = client_of(leavers.village.secretary)
    row = leavers.settle(leavers.ask())
    secretary.post(url(leavers, "leaving", 8))
    assert Leaving.objects.get().is_under_way
    secretary.post(url(leavers, "settlement", row.pk), {"act": "cancel"})
    secretary.post(url(leavers, "leaving", 8))
    assert not Leaving.objects.get().is_under_way
    assert secretary.get(url(leavers, "settlement", row.pk)).status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_list_is_searched_totalled_and_sent(leavers: Leavers, language: str) -> None:
    client = client_of(leavers.village.auditor, language)
    page = url(leavers, "leavings")
    assert client.get(page).status_code == 200
    leavers.leave()
    assert "1,271" not in text_of(client.get(page))
    assert "1,271" in text_of(client.get(page, {"show": "settled"}))
    assert "1,271" in text_of(client.get(page, {"show": "all", "q": "เกษม"}))
    assert "1,271" not in text_of(client.get(page, {"show": "all", "q": "ปราณี"}))
    sent = client.get(page, {"show": "all", "format": "csv"})
    assert sent.content.decode("utf-8-sig").count("1271.00") == 4
    assert client.get(page, {"show": "all", "format": "xlsx"}).status_code == 200


def test_what_stands_in_the_way_links_to_where_it_is_put_in_order(leavers: Leavers) -> None:
    client = client_of(leavers.village.auditor)
    page = text_of(client.get(url(leavers, "leaving", leavers["Malee"].number)))
    assert reverse("people:offices", args=[leavers.group.code]) in page


def test_the_list_asks_the_same_questions_for_many_as_for_one(
    leavers: Leavers, django_assert_max_num_queries: Any
) -> None:
    client = client_of(leavers.village.auditor)
    for name in ("Kasem", "Somchai", "Boonmee", "Women"):
        leavers.ask(name)
    with django_assert_max_num_queries(16):
        client.get(url(leavers, "leavings"))


def test_a_line_of_tonights_meeting_stands_in_the_way_and_every_officer_can_look(leavers: Leavers) -> None:
    evening = Evening(leavers.village, held_on=date(2026, 11, 22))
    evening.receive("Kasem", pledge=100_00)
    there = reverse("meetings:meeting", args=[leavers.group.code, evening.meeting.pk])
    for officer in (leavers.village.treasurer, leavers.village.chair, leavers.village.auditor):
        client = client_of(officer)
        assert there in text_of(client.get(url(leavers, "leaving", leavers["Kasem"].number)))
        assert client.get(there, follow=True).status_code == 200
