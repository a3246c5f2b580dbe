"""A member's own loans in the own window, and nothing of anybody else's."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.models import Loan
from members.models import User
from tests.loans.cast import AUGUST_5, Lending

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SEPTEMBER_5 = date(2026, 9, 5)


@pytest.fixture
def lending(village: Any) -> Lending:
    """Prani has borrowed 6,000 baht and paid once; Boonmee stands guarantor for her."""
    found = Lending(village)
    found.save("Prani", 2_000_00)
    found.save("Boonmee", 10_000_00)
    return found


@pytest.fixture
def loan(lending: Lending) -> Loan:
    found = lending.lend("Prani", 6_000_00, on=AUGUST_5)
    lending.pay_instalments(found, 1)
    return found


def window(lending: Lending, user: User, name: str = "window:loans") -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=[lending.group.code]), headers=ENGLISH)


def test_the_own_loan_stands_with_its_picture_what_is_owed_and_what_comes_next(lending, loan):
    response = window(lending, lending.village.user("Prani"))
    shown = response.context["live"]
    assert [each["loan"] for each in shown] == [loan]
    assert len(shown[0]["picture"].columns) == 12
    page = response.content.decode()
    assert loan.number in page
    assert 'role="img"' in page


def test_the_home_leads_there_and_names_the_loan(lending, loan):
    page = window(lending, lending.village.user("Prani"), "window:home").content.decode()
    assert reverse("window:loans", args=[lending.group.code]) in page
    assert loan.number in page


def test_nothing_in_the_window_leads_to_the_officers_pages(lending, loan):
    page = window(lending, lending.village.user("Prani")).content.decode()
    assert reverse("loans:loan", args=[lending.group.code, loan.pk]) not in page
    assert reverse("loans:list", args=[lending.group.code]) not in page


def test_a_guarantor_sees_whom_they_stand_for(lending, loan):
    other = lending.lend("Boonmee", 1_000_00, on=SEPTEMBER_5, guarantors=("Prani",))
    response = window(lending, lending.village.user("Prani"))
    assert [each.guarantee.loan for each in response.context["loans"].guarantees] == [other]
    assert [each.borrower for each in response.context["loans"].guarantees] == [lending["Boonmee"]]


def test_whoever_owes_nothing_is_told_so(lending):
    page = window(lending, lending.village.user("Prani")).content.decode()
    assert "You have no loan" in page


def test_a_second_loan_costs_no_more_queries(lending, loan):
    with CaptureQueriesContext(connection) as one:
        window(lending, lending.village.user("Prani"))
    lending.lend("Prani", 1_000_00, on=SEPTEMBER_5, guarantors=("Boonmee",))
    with CaptureQueriesContext(connection) as two:
        window(lending, lending.village.user("Prani"))
    assert len(two) == len(one)
