"""The committee's terms: who was in office on a day, whose term runs out, the paper."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members import queries
from members.access import roles_of
from members.group_settings import change_setting
from members.models import Office
from members.models.offices import RUNS_ON
from members.selectors.terms import in_office, terms_due
from tests.village import TestVillage


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def _names(village: TestVillage, on: date) -> dict[str, str]:
    return {term.role: term.user.display_name for term in in_office(village.group, on)}


def test_who_was_in_office_is_known_for_any_day(village: TestVillage) -> None:
    assert _names(village, date(2024, 12, 31)) == {"treasurer": "เดชา"}
    assert list(_names(village, date(2025, 1, 1))) == ["chair", "secretary", "treasurer", "audit"]
    assert _names(village, date(2019, 1, 1)) == {}


def test_a_term_is_two_years_unless_the_group_set_one(village: TestVillage) -> None:
    assert terms_due(village.group, date(2026, 11, 1)) == []
    soon = terms_due(village.group, date(2026, 11, 15))
    assert {(term.due_on, term.is_over) for term in soon} == {(date(2027, 1, 1), False)}
    assert len(soon) == 4
    assert all(term.is_over for term in terms_due(village.group, date(2027, 1, 1)))
    change_setting(group=village.group, key="office_term_years", value=1, valid_from=date(2025, 1, 1), by=village.chair)
    assert {term.due_on for term in terms_due(village.group, date(2026, 2, 1))} == {date(2026, 1, 1)}


def test_a_length_set_later_leaves_the_terms_begun_before(village: TestVillage) -> None:
    change_setting(group=village.group, key="office_term_years", value=1, valid_from=date(2025, 6, 1), by=village.chair)
    assert terms_due(village.group, date(2026, 2, 1)) == []


def test_a_term_with_an_end_of_its_own_ends_with_it(village: TestVillage) -> None:
    Office.objects.filter(group=village.group, role="chair").update(ends_on=date(2026, 3, 1))
    [due] = terms_due(village.group, date(2026, 2, 1))
    assert (due.office.role, due.due_on) == ("chair", date(2026, 3, 1))


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1)])
def test_a_term_runs_on_the_same_days_however_it_is_asked(village: TestVillage, day: date) -> None:
    """By queryset, by a row, in SQL, by the door and by the bar: the first day counts, the end is a day without."""
    term = Office.objects.create(
        group=village.group, user=village.chair, role="promotion", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 1)
    )
    runs = date(2026, 1, 1) <= day < date(2026, 3, 1)
    in_sql = queries.rows(f"SELECT id FROM members_office WHERE id = %s AND {RUNS_ON}", [term.pk, day, day])
    assert term.runs_on(day) is Office.objects.held_on(day).filter(pk=term.pk).exists() is bool(in_sql) is runs
    with time_machine.travel(f"{day}T12:00:00+07:00", tick=False):
        assert ("promotion" in roles_of(village.chair, village.group)) is runs
        bar = _client(village.chair).get(reverse("members:profile")).context["nav"]
        assert ("Promotion committee" in bar.person.role) is runs


@pytest.mark.parametrize(
    ("query", "count"), [("", 5), ("on=31/12/2567", 1), ("on=1/1/2568", 4), ("role=treasurer", 2), ("q=เดชา", 1)]
)
def test_the_history_is_narrowed_by_day_office_and_name(village: TestVillage, query: str, count: int) -> None:
    address = reverse("people:office-history", args=[village.group.code])
    client = _client(village.auditor)
    assert len(client.get(f"{address}?{query}").context["page"]) == count
    lines = client.get(f"{address}?{query}&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == count + 1


def test_a_day_that_cannot_be_read_is_said_so(village: TestVillage) -> None:
    page = _client(village.auditor).get(reverse("people:office-history", args=[village.group.code]) + "?on=32/1/2569")
    assert b"Type the day as in" in page.content


def test_the_committee_of_a_day_is_a_paper_to_sign(village: TestVillage) -> None:
    answer = _client(village.auditor).get(reverse("people:committee-pdf", args=[village.group.code]) + "?on=1/1/2568")
    assert answer.content.startswith(b"%PDF")
    assert "2025-01-01" in answer["Content-Disposition"]


def test_home_and_the_committees_page_warn_before_and_after(village: TestVillage) -> None:
    client = _client(village.chair)
    for day, words in ((date(2026, 12, 1), "runs out"), (date(2027, 1, 2), "over")):
        with time_machine.travel(day):
            client.force_login(village.chair)
            for name in ("people:offices", "reports:home"):
                assert words in client.get(reverse(name, args=[village.group.code])).content.decode()
