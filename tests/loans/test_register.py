"""The register of debtors: every loan with its state, narrowed, summed, sent and printed."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loans.selectors.register import register, register_totals
from members.models import User
from tests.loans.cast import AUGUST_5, Lending

pytestmark = pytest.mark.django_db
NOVEMBER_20 = date(2026, 11, 20)
JUNE_5, OCTOBER_5 = date(2026, 6, 5), date(2026, 10, 5)


@pytest.fixture
def lending(village: Any) -> Lending:
    """Somchai pays in time, Prani has stopped in October, Kasem has a contract that is not paid out yet."""
    found = Lending(village)
    for name in ("Somchai", "Prani", "Boonmee", "Kasem"):
        found.save(name, 10_000_00)
    somchai = found.lend("Somchai", 12_000_00, on=AUGUST_5)
    found.pay_instalments(somchai, 3)
    prani = found.lend("Prani", 6_000_00, on=AUGUST_5)
    found.pay_instalments(prani, 1)
    found.contract("Kasem", 3_000_00, on=OCTOBER_5, guarantors=())
    return found


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in


def states(lending: Lending, on: date = NOVEMBER_20, **how: Any) -> dict[str, str]:
    return {name: row.state for name, row in by_name(lending, on, **how).items()}


def by_name(lending: Lending, on: date, **how: Any) -> dict[str, Any]:
    names = {member.pk: name for name, member in lending.village.members.items()}
    return {names[row.loan.member_id]: row for row in register(lending.group, on, **how)}


def test_each_loan_says_where_it_stands(lending):
    assert states(lending) == {"Somchai": "running", "Prani": "late", "Kasem": "waiting"}


def test_a_loan_is_closed_when_it_is_paid_back_and_void_when_its_payout_was_reversed(lending):
    small = lending.lend("Boonmee", 1_000_00, on=JUNE_5, guarantors=("Somchai",))
    lending.repay(small, OCTOBER_5, principal=1_000_00, interest=40_00)
    assert states(lending)["Boonmee"] == "closed"


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("live", {"Somchai", "Prani"}),
        ("late", {"Prani"}),
        ("waiting", {"Kasem"}),
        ("closed", set()),
        ("all", {"Somchai", "Prani", "Kasem"}),
    ],
)
def test_a_filter_shows_the_loans_of_a_state(lending, show, names):
    assert states(lending, show=show).keys() == names


def test_a_loan_is_found_by_its_contract_its_borrower_and_the_members_number(lending):
    rows = by_name(lending, NOVEMBER_20)
    loan = rows["Prani"].loan
    for words in (loan.number, loan.member.first_name, str(loan.member.number)):
        assert "Prani" in states(lending, words=words)
    assert states(lending, words="ไม่มีชื่อนี้") == {}


def test_the_figures_are_those_of_the_books_and_of_the_standing(lending):
    rows = by_name(lending, NOVEMBER_20)
    late = rows["Prani"]
    assert late.outstanding == 5_500_00
    assert late.overdue == 2 * 500_00 + 2 * 55_00
    assert late.days_late == (NOVEMBER_20 - OCTOBER_5).days
    assert (rows["Somchai"].overdue, rows["Somchai"].days_late) == (0, 0)
    totals = register_totals(list(rows.values()))
    assert (totals.count, totals.late, totals.outstanding) == (3, 1, 9_000_00 + 5_500_00)


def test_more_loans_cost_no_more_queries(lending):
    with CaptureQueriesContext(connection) as few:
        register(lending.group, NOVEMBER_20)
    for name in ("Boonmee", "Malee"):
        lending.save(name, 10_000_00)
    lending.lend("Boonmee", 2_000_00, on=OCTOBER_5, guarantors=("Malee",))
    with CaptureQueriesContext(connection) as more:
        register(lending.group, NOVEMBER_20)
    assert len(more) == len(few) <= 10


def test_the_page_lists_live_loans_first_and_counts_every_filter(lending, as_user):
    address = reverse("loans:list", args=[lending.group.code])
    response = as_user(lending.village.treasurer).get(address)
    assert response.status_code == 200
    assert [(each["name"], each["count"]) for each in response.context["shows"]] == [
        ("live", 2), ("late", 1), ("waiting", 1), ("closed", 0), ("all", 3),
    ]  # fmt: skip
    assert len(response.context["rows"]) == 2


def test_the_list_is_sent_with_its_totals(lending, as_user):
    client = as_user(lending.village.treasurer)
    address = reverse("loans:list", args=[lending.group.code])
    sent = list(
        csv.reader(io.StringIO(client.get(address, {"show": "all", "format": "csv"}).content.decode("utf-8-sig")))
    )
    assert len(sent) == 1 + 3 + 1
    assert "14500.00" in sent[-1]
    assert client.get(address, {"format": "xlsx"}).status_code == 200


def test_the_list_prints_on_a4(lending, as_user):
    address = reverse("loans:list-paper", args=[lending.group.code])
    response = as_user(lending.village.treasurer).get(address, {"show": "all"})
    assert (response["Content-Type"], response.content[:4]) == ("application/pdf", b"%PDF")


def test_nothing_found_says_so(lending, as_user):
    address = reverse("loans:list", args=[lending.group.code])
    page = as_user(lending.village.treasurer).get(address, {"q": "ไม่มีชื่อนี้"}).content.decode()
    assert "<tbody>" not in page
