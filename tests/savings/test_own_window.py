"""A member reads in the own window what was asked back, the terms of the book, and how its interest came about."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from savings.selectors.own import interest_entries, withdrawals_of
from savings.services.products import approve_interest
from savings.services.withdrawals import approve_withdrawal, cancel_withdrawal
from tests.savings.asked import interest_of_june, withdrawal_of


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


def own(savers, client, name, who="Prani"):
    client.force_login(savers.village.users[who])
    return client.get(reverse(f"window:{name}", args=[savers.group.code]))


@pytest.mark.parametrize("page", ["home", "passbook"])
def test_a_withdrawal_shows_its_state_until_a_month_after_the_decision(savers, client, page):
    assert own(savers, client, page).context["withdrawals"] == []
    row = withdrawal_of(savers, "Prani", 500_00)
    shown = own(savers, client, page)
    assert [each.is_waiting for each in shown.context["withdrawals"]] == [True]
    assert "500" in shown.content.decode()
    assert own(savers, client, page, who="Kasem").context["withdrawals"] == []
    approve_withdrawal(withdrawal=row, by=savers.village.auditor)
    assert [each.is_waiting for each in own(savers, client, page).context["withdrawals"]] == [False]
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert withdrawals_of(savers["Prani"]) == []


def test_a_cancelled_withdrawal_says_so(savers):
    cancel_withdrawal(withdrawal=withdrawal_of(savers, "Prani", 500_00), by=savers.village.treasurer)
    assert [each.cancelled_by for each in withdrawals_of(savers["Prani"])] == [savers.village.treasurer]


def test_the_passbook_leads_from_a_line_of_interest_to_how_it_came_about(savers, client):
    run = approve_interest(run=interest_of_june(savers, "Prani"), by=savers.village.auditor)
    assert interest_entries(savers["Prani"]) == {run.entry.n: run.pk}
    link = reverse("savings:interest-book", args=[savers.group.code, run.pk, savers["Prani"].number])
    page = own(savers, client, "passbook").content.decode()
    assert link in page
    assert "3%" in page
    assert client.get(link).status_code == 200
    client.force_login(savers.village.treasurer)
    officers = client.get(reverse("savings:passbook", args=[savers.group.code, savers["Prani"].number]))
    assert link in officers.content.decode()
