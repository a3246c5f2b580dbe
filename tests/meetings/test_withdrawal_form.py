"""The form of a withdrawal shows whose savings they are and how much of them is free, before an amount is typed."""

from datetime import date

import pytest

from tests.meetings.test_pages import of


@pytest.fixture
def saver(client, evening):
    """Kasem has 100 baht of special savings, 30 of them approved for tonight."""
    evening.receive("Kasem", special=100_00)
    evening.finish()
    evening.meeting = evening.open(date(2026, 11, 6))
    member = evening.village.member("Kasem")
    evening.pay(kind="withdrawal", satang=30_00, code="O2200", holder="0008-1", member=member, payee="Kasem")
    client.force_login(evening.village.treasurer)
    return evening


@pytest.mark.parametrize("typed", ["8", "๘", "0008"])
def test_name_books_and_what_is_free_are_shown(client, saver, typed):
    context = client.get(of(saver, "payments"), {"add": "withdrawal", "member": typed}).context
    assert context["member"] == saver.village.member("Kasem")
    assert [(each.number, each.balance, each.held, each.free) for each in context["books"]] == [
        ("0008-1", 100_00, 30_00, 70_00)
    ]


def test_the_number_looked_up_stands_in_the_form(client, saver):
    form = client.get(of(saver, "payments"), {"add": "withdrawal", "member": "8"}).context["form"]
    assert form["member_number"].value() == "8"


@pytest.mark.parametrize("typed", ["", "x", "999", "9" * 40, "-1", "\x00"])
def test_a_number_of_nobody_shows_nobody(client, saver, typed):
    answer = client.get(of(saver, "payments"), {"add": "withdrawal", "member": typed})
    assert answer.status_code == 200
    assert not answer.context.get("member")
    assert not answer.context.get("books")


def test_other_payments_ask_for_no_member_first(client, saver):
    assert "asks_member" not in client.get(of(saver, "payments"), {"add": "bank_fetch", "member": "8"}).context
