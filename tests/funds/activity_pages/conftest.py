"""A shop, a rice bank, the treasurer at a browser, and what stands on a page."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.funds.activities import Work, open_rice_bank, open_shop
from tests.village import TestVillage

ON = "5/3/2569"


@pytest.fixture
def shop(village: TestVillage) -> Work:
    return open_shop(village.group, village.treasurer, village.auditor)


@pytest.fixture
def rice(village: TestVillage) -> Work:
    return open_rice_bank(village.group, village.treasurer, village.auditor)


@pytest.fixture
def treasurer(client: Client, village: TestVillage) -> Client:
    client.force_login(village.treasurer)
    return client


def read(response: Any) -> str:
    """What stands on a page: no tags of letters, so that an amount is in one piece."""
    spaced = response.content.decode().replace('<span class="money__unit">', " ")
    plain = re.sub(r"</?span[^>]*>", "", spaced)
    return plain.replace("\u2060", "").replace("\u00a0", " ")


def page(client: Client, work: Work | TestVillage, name: str, *args: Any, query: str = "", language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(reverse(name, args=[work.group.code, *args]) + query)
    assert response.status_code == 200, name
    return read(response)


def send(client: Client, work: Work | TestVillage, address: str, *args: Any, **data: Any) -> str:
    client.cookies["django_language"] = "en"
    data = {"operation": str(uuid.uuid4()), "on": ON, "way": "cash", **data}
    response = client.post(reverse(address, args=[work.group.code, *args]), data, follow=True)
    assert response.status_code == 200
    return read(response)


def second(work: Work) -> Client:
    other = Client()
    other.force_login(work.ok)
    return other
