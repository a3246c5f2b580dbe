"""The form of an application in a browser: what may be borrowed and what it comes to follow the typing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from loans.models import LoanApplication
from tests.loans.applying import open_product
from tests.loans.cast import Lending
from tests.village import TestVillage

pytestmark = pytest.mark.browser


@pytest.fixture
def lending(live_server: Any, village: TestVillage) -> Lending:
    """Prani has saved 10,000 baht."""
    lending = Lending(village)
    lending.save("Prani", 10_000_00)
    lending.kind = open_product(lending)  # type: ignore[attr-defined]
    return lending


def open_as(lending: Lending, phone: Page, live_server: Any) -> None:
    client = Client()
    client.force_login(lending.village.user("Prani"))
    phone.context.add_cookies([
        {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url},
        {"name": "django_language", "value": "en", "url": live_server.url},
    ])  # fmt: skip
    phone.goto(live_server.url + reverse("window:loan-apply", args=[lending.group.code]))


def test_figures_follow_the_typing_and_nothing_complains(lending, phone, live_server, watch_console, assert_accessible):
    errors = watch_console(phone)
    open_as(lending, phone, live_server)
    asked = phone.locator("[data-asked]")
    expect(asked).to_contain_text("30,000")
    phone.get_by_label("Amount asked for").fill("12,000")
    expect(asked).to_contain_text("1,120")
    expect(asked).to_contain_text("12.00%")
    phone.get_by_label("Term in months").fill("10")
    expect(asked).to_contain_text("1,320")
    phone.get_by_label("Amount asked for").fill("30,000.01")
    expect(asked.get_by_role("status")).to_contain_text("More than may be borrowed")
    assert_accessible(phone)
    assert errors == []


def test_a_member_asks_by_phone_and_keyboard(lending, phone, live_server):
    open_as(lending, phone, live_server)
    phone.get_by_label("Amount asked for").fill("๑๒,๐๐๐")
    phone.get_by_label("Amount asked for").press("Enter")
    expect(phone.get_by_role("heading", name="Guarantors")).to_be_visible()
    row = LoanApplication.objects.get()
    assert (row.satang, row.status, row.by_member) == (12_000_00, "submitted", True)
