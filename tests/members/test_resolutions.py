"""Resolutions: votes that carry them, what rests on them whichever app it belongs to, the list."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.group_settings import change_setting
from members.models import Resolution
from members.selectors.resolutions import key_of, pointing_fields, what_rests_on
from members.services import change_member, record_resolution, start_office
from members.services.resolutions import (
    MoreVotesThanPresent,
    NoQuorum,
    NotCarried,
    PresentMissing,
    VotesIncomplete,
)
from savings.services import set_pledge
from tests.village import TestVillage

DAY = date(2026, 2, 1)


def _record(village: TestVillage, number: str = "1/2569", **fields: Any) -> Resolution:
    said = {"decided_on": DAY, "subject": "รับสมาชิก", "by": village.secretary, **fields}
    return record_resolution(group=village.group, number=number, **said)


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("votes", "refusal"),
    [
        ({"votes_for": 5, "votes_against": 5, "votes_abstained": 0}, NotCarried),
        ({"votes_for": 5}, VotesIncomplete),
        ({"present": 6, "votes_for": 5, "votes_against": 2, "votes_abstained": 0}, MoreVotesThanPresent),
        ({"present": 7, "quorum": 8}, NoQuorum),
        ({"quorum": 8}, PresentMissing),
    ],
)
def test_only_what_a_meeting_with_its_quorum_carried_is_a_resolution(
    village: TestVillage, votes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _record(village, **votes)
    assert not Resolution.objects.exists()


def test_votes_may_be_unknown_and_stand_once_recorded(village: TestVillage) -> None:
    assert not _record(village).has_votes
    voted = _record(village, "2/2569", present=9, quorum=8, votes_for=6, votes_against=2, votes_abstained=1)
    assert voted.has_votes
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE members_resolution SET votes_for = 7 WHERE id = %s", [voted.pk])


@pytest.mark.parametrize(
    "fields",
    [
        {"votes_for": 1, "votes_against": 1, "votes_abstained": 0},
        {"votes_for": 1},
        {"quorum": 5},
        {"present": 4, "quorum": 5},
        {"present": 1, "votes_for": 2, "votes_against": 0, "votes_abstained": 0},
    ],
)
def test_the_database_itself_refuses_votes_that_carry_nothing(village: TestVillage, fields: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.create(
            group=village.group, number="9/2569", decided_on=DAY, subject="x", recorded_by=village.secretary, **fields
        )


def test_everything_that_names_a_resolution_is_found_without_knowing_its_app(village: TestVillage) -> None:
    resolution = _record(village)
    today = timezone.localdate()
    change_setting(
        group=village.group, key="meeting_day", value=7, valid_from=today, by=village.chair, resolution=resolution
    )
    change_member(member=village.member("Kasem"), by=village.secretary, admission=resolution)
    start_office(
        group=village.group, user=village.user("Kasem"), role="promotion", starts_on=DAY, by=village.chair,
        member=village.member("Kasem"), resolution=resolution,
    )  # fmt: skip
    set_pledge(
        member=village.member("Kasem"), satang=200_00, starts_on=today, by=village.treasurer, resolution=resolution
    )
    grounds = {ground.label: ground.rows for ground in what_rests_on(resolution)}
    assert len(grounds) == 4
    page = (
        _client(village.auditor)
        .get(reverse("people:resolution", args=[village.group.code, resolution.pk]))
        .content.decode()
    )
    assert "Day of the month on which the group meets: 7" in page
    assert page.count("สุขสำราญ") >= 3
    assert "200.00" in page.replace('<span class="money__satang">', "").replace("</span>", "")


def test_every_key_that_names_a_resolution_is_told_in_words() -> None:
    keys = {key_of(field) for field in pointing_fields()}
    assert keys == set(settings.RESTS_ON_RESOLUTION), "config/resting.py and the models differ"


def test_the_list_is_narrowed_by_words_body_and_year_and_comes_as_a_file(village: TestVillage) -> None:
    _record(village, text="ให้ตั้งค่าปรับใหม่")
    _record(village, "2/2569", body="general", subject="จัดสรรกำไร")
    _record(village, "1/2568", decided_on=date(2025, 3, 1), subject="เลือกกรรมการ")
    client, address = _client(village.auditor), reverse("people:resolutions", args=[village.group.code])

    def shown(query: str) -> list[str]:
        return [one.number for one in client.get(f"{address}?{query}").context["page"]]

    assert shown("") == ["2/2569", "1/2569", "1/2568"]
    assert shown("q=ค่าปรับ") == ["1/2569"]
    assert shown("body=general") == ["2/2569"]
    assert shown("year=2568") == ["1/2568"]
    assert shown("year=abc&body=nonsense") == ["2/2569", "1/2569", "1/2568"]
    lines = client.get(f"{address}?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4


def test_a_refusal_stands_beside_what_was_typed(village: TestVillage) -> None:
    typed = {
        "number": "3/2569", "body": "committee", "decided_on": "1/2/2569", "subject": "ตั้งกรรมการ", "votes_for": "2",
        "votes_against": "3", "votes_abstained": "0",
    }  # fmt: skip
    answer = _client(village.secretary).post(reverse("people:resolution-new", args=[village.group.code]), typed)
    assert b"was not carried" in answer.content
    assert "ตั้งกรรมการ" in answer.content.decode()
