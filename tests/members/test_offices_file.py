"""The committee's page: found by name, and as a file of its own."""

from django.test import Client
from django.urls import reverse

from tests.village import TestVillage


def test_the_committee_is_found_by_name_and_comes_as_a_file(village: TestVillage, client: Client) -> None:
    client.force_login(village.auditor)
    page = reverse("people:offices", args=[village.group.code])
    found = client.get(page, {"q": village.treasurer.display_name})
    assert [term.role for term in found.context["running"]] == ["treasurer"]
    lines = client.get(page, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(client.get(page).context["running"]) + len(client.get(page).context["past"])
    assert client.get(page, {"format": "xlsx"}).content[:2] == b"PK"
