"""The smaller lists of people: searched, empty in words, sent as files."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.group_settings import SETTINGS, change_setting
from members.services import record_access
from membership.slips import issue_slips
from tests.village import TestVillage


def _client(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def _lines(client: Client, address: str) -> list[str]:
    return client.get(f"{address}{'&' if '?' in address else '?'}format=csv").content.decode("utf-8-sig").splitlines()


def test_settings_are_found_by_name_and_their_file_has_every_dated_value(village: TestVillage) -> None:
    change_setting(
        group=village.group, key="cash_limit_satang", value=30_000_00, valid_from=timezone.localdate(), by=village.chair
    )
    client, address = _client(village.auditor), reverse("people:settings", args=[village.group.code])
    assert len(client.get(f"{address}?q=most cash").context["found"]) == 1
    assert b"No setting of this name" in client.get(f"{address}?q=nothing").content
    lines = _lines(client, address)
    assert len(lines) == 1 + len(SETTINGS) + 1
    assert sum("30000.00" in line for line in lines) == 2


def test_who_looked_is_found_by_name_and_comes_as_a_file(village: TestVillage) -> None:
    prani = village.member("Prani")
    for user in (village.secretary, village.treasurer):
        record_access(user=user, members=[prani], page="people:member")
    client = _client(village.auditor)
    address = reverse("people:seen-by", args=[village.group.code, prani.number])
    assert len(client.get(f"{address}?q=สมพร").context["page"]) == 1
    assert len(_lines(client, address)) == 3


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_slips_are_found_by_name_and_come_as_a_file_without_their_codes(village: TestVillage, form: str) -> None:
    issue_slips(group=village.group, members=[village.member("Kasem"), village.member("Noi")], by=village.secretary)
    client, address = _client(village.secretary), reverse("membership:slips", args=[village.group.code])
    everyone = len(client.get(address).context["page"])
    assert client.get(f"{address}?format={form}")["Content-Disposition"].endswith(f'slips.{form}"')
    assert len(_lines(client, address)) == 1 + everyone
    assert b"Nobody of this name has a slip" in client.get(f"{address}?q=nobody").content
