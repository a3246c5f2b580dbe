"""The bank book typed in a real browser by keyboard alone; every state of its pages accessible at both widths."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from funds.models import BankPage
from tests.funds.test_bank_rooms import JANUARY, Bank, bank  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = "2026-01"


@pytest.fixture
def open_page(page: Page, bank: Bank, live_server: Any) -> Any:  # noqa: F811 - a fixture
    """The secretary's browser at one of the bank's pages."""
    client = Client()
    client.force_login(bank.village.secretary)
    values = {"sessionid": client.cookies["sessionid"].value, "django_language": "en"}
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in values.items()])

    def opened(name: str, *args: Any) -> Page:
        page.goto(live_server.url + reverse(f"funds:{name}", args=[bank.group.code, *args]))
        return page

    return opened


def type_line(page: Page, *cells: str) -> None:
    for cell in cells:
        page.keyboard.type(cell)
        page.keyboard.press("Enter")


def test_a_month_is_typed_by_keyboard_alone_and_kept_as_it_is_typed(
    open_page: Any,
    bank: Bank,  # noqa: F811
    watch_console: Any,
) -> None:
    page = open_page("bank-book", bank.account.pk, MONTH)
    errors = watch_console(page)
    before = page.locator("[data-line]").count()
    page.locator("#opening").focus()
    type_line(page, "1100")
    type_line(page, "21", "ฝาก S-777", "300", "1500")  # a deposit needs no withdrawal: Enter goes to the balance
    type_line(page, "25", "ค่าธรรมเนียม", "", "2", "1498", "26")
    sentence = page.locator('[data-fault="1"]')
    sentence.wait_for(state="visible")
    assert "1,400.00" in sentence.inner_text()
    assert page.locator('[data-fault="2"]').is_hidden()
    for _line in range(before - 2):
        page.keyboard.press("ArrowDown")
        page.keyboard.type("x")
    assert page.locator("[data-line]").count() > before
    page.wait_for_function("document.querySelector('[data-sync]').textContent === 'Saved'")
    page.wait_for_timeout(1200)
    draft = BankPage.objects.get().draft
    assert draft["rows"][0] == {"on": "21", "words": "ฝาก S-777", "in": "300", "out": "", "balance": "1500"}
    assert draft["rows"][1]["out"] == "2"
    assert errors == []


def test_every_state_of_the_months_pages_is_accessible(
    open_page: Any,
    bank: Bank,  # noqa: F811
    assert_accessible: Any,
) -> None:
    page = open_page("bank-book", bank.account.pk, MONTH)
    states = [("bank-book", "empty"), ("bank-book", "typed"), ("bank-compare", "typed"), ("bank-compare", "signed")]
    for name, state in [*states, ("bank-account", "signed")]:
        if state == "typed" and not BankPage.objects.exists():
            bank.type(JANUARY, "1,100", ("21", "ฝาก S-777", "300", "", "1400"))
            bank.books.post("income", ("O1200", bank.account.holder, 7_00), ("O4300", "", -7_00))
        if state == "signed" and not hasattr(BankPage.objects.get(), "reconciliation"):
            bank.sign()
            bank.books.post("income", ("O1200", bank.account.holder, 9_00), ("O4300", "", -9_00))
        page = open_page(name, bank.account.pk, *([] if name == "bank-account" else [MONTH]))
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert_accessible(page)
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), (name, state, width)


def test_a_session_that_ends_while_typing_leads_to_the_sign_in_and_what_was_typed_comes_back(
    open_page: Any,
    bank: Bank,  # noqa: F811
) -> None:
    page = open_page("bank-book", bank.account.pk, MONTH)
    page.locator("#opening").focus()
    type_line(page, "1100")
    page.locator("[data-sync]", has_text="Saved").wait_for()
    bank.village.secretary.session_epoch += 1
    bank.village.secretary.save(update_fields=["session_epoch"])
    type_line(page, "21", "ฝาก S-777", "300", "1400")
    page.wait_for_url("**/sign-in/?next=**")
    page.locator("[name=username]").fill(bank.village.secretary.username)
    page.locator("[name=password]").fill("satcha-test-1")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/bank/" in answer.url):
        page.locator("main form button[type=submit]").click()
    assert page.locator("[name=words-1]").input_value() == "ฝาก S-777"
    assert BankPage.objects.get().draft["rows"][0]["balance"] == "1400"
