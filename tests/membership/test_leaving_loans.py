"""Leaving with loans: an own loan is paid off out of the savings, a guarantee binds until another stands for it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funds.models import Hold
from funds.selectors import balances
from loans.models import Repayment
from loans.selectors.standings import standing_of
from members.models import Member, User
from membership import errors
from membership.models import Leaving, Settlement
from membership.obstacles import obstacles_of
from membership.selectors.settlement import plan_settlement
from membership.services import (
    LeavingInput,
    SettlementInput,
    approve_settlement,
    cancel_settlement,
    record_leaving,
    request_settlement,
)
from tests.loans.cast import AUGUST_5, Lending
from thai.dates import parse_date

pytestmark = pytest.mark.django_db
OCTOBER_5, NOVEMBER_5 = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def lending(village: Any) -> Lending:
    """Somchai has saved 8,000 baht, Boonmee 20,000; the group has money to lend."""
    found = Lending(village)
    found.save("Somchai", 8_000_00)
    found.save("Boonmee", 20_000_00)
    return found


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    """The test client signed in as somebody."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in


def leave(lending: Lending, name: str = "Somchai") -> Leaving:
    content = LeavingInput(reason="resignation", begun_on=date(2026, 11, 20))
    return record_leaving(member=lending[name], leaving=content, operation=uuid4(), by=lending.village.secretary)


def settle(lending: Lending, leaving: Leaving) -> Settlement:
    today = timezone.localdate()
    content = SettlementInput(
        paid_on=today, resolution=lending.resolve("9/2569", today), way="transfer", slip_ref="T-9"
    )
    return request_settlement(leaving=leaving, settlement=content, operation=uuid4(), by=lending.village.treasurer)


def test_an_own_loan_is_set_off_with_its_interest_and_the_rest_is_paid(lending):
    loan = lending.lend("Somchai", 6_000_00, on=AUGUST_5)
    lending.pay_instalments(loan, 3)
    before = standing_of(loan)
    row = approve_settlement(settlement=settle(lending, leave(lending)), by=lending.village.auditor)
    repaid = Repayment.objects.get(entry=row.entry)
    assert (repaid.loan, repaid.kind, repaid.payer) == (loan, "set_off", loan.member)
    assert repaid.principal_satang == before.outstanding == 4_500_00
    assert repaid.interest_satang == before.interest_owed + before.settlement_interest == 45_00
    assert row.paid_satang == 8_000_00 - before.settlement
    lines = sorted((line.account.code, line.account.holder, line.amount) for line in row.entry.postings.all())
    assert lines == sorted([
        ("O2100", loan.member.holder, 8_000_00),
        ("O1300", loan.number, -4_500_00),
        ("O4100", "", -45_00),
        ("O1200", "", -3_455_00),
    ])  # fmt: skip
    assert balances(lending.group, "O1300").get(loan.number, 0) == 0
    assert Member.objects.get(pk=loan.member_id).status == "resigned"


def test_with_the_settlement_the_guarantors_are_free(lending):
    loan = lending.lend("Somchai", 10_000_00, on=OCTOBER_5, guarantors=("Boonmee",))
    guarantee = loan.guarantees.get()
    assert guarantee.hold.released_at is None
    lending.save("Somchai", 5_000_00, on=NOVEMBER_5)
    approve_settlement(settlement=settle(lending, leave(lending)), by=lending.village.auditor)
    assert not Hold.objects.filter(pk__in=[guarantee.hold_id, loan.hold_id], released_at__isnull=True).exists()


def test_the_own_hold_of_a_loan_stands_in_nobodys_way_and_stays_if_the_settlement_is_cancelled(lending):
    loan = lending.lend("Somchai", 6_000_00, on=OCTOBER_5)
    member = lending["Somchai"]
    assert obstacles_of(member, timezone.localdate()) == []
    row = settle(lending, leave(lending))
    held = Hold.objects.filter(account__code="O2100", account__holder=member.holder, released_at__isnull=True)
    assert sum(hold.satang for hold in held) == 8_000_00
    cancel_settlement(settlement=row, by=lending.village.treasurer)
    assert [hold.pk for hold in held.all()] == [loan.hold_id]


def test_savings_that_do_not_cover_the_loan_keep_the_member(lending):
    lending.lend("Somchai", 12_000_00, on=OCTOBER_5)
    today = timezone.localdate()
    owed = plan_settlement(lending["Somchai"], today).settlement
    assert owed.shortage == standing_of(lending["Somchai"].loans.get()).settlement - 8_000_00
    with pytest.raises(errors.DebtsExceedSavings):
        settle(lending, leave(lending))


def test_a_payment_in_between_moves_the_settlement(lending):
    loan = lending.lend("Somchai", 6_000_00, on=OCTOBER_5)
    row = settle(lending, leave(lending))
    lending.repay(loan, timezone.localdate(), principal=500_00, interest=60_00)
    with pytest.raises(errors.SettlementMoved):
        approve_settlement(settlement=row, by=lending.village.auditor)


def test_a_live_guarantee_stands_in_the_way_until_the_loan_is_paid_back(lending):
    loan = lending.lend("Somchai", 6_000_00, on=OCTOBER_5, guarantors=("Boonmee",))
    boonmee = lending["Boonmee"]
    found = obstacles_of(boonmee, timezone.localdate())
    assert [each.url for each in found] == [reverse("loans:loan", args=[lending.group.code, loan.pk])]
    assert [each.satang for each in found] == [6_000_00]
    with pytest.raises(errors.LeavingBlocked):
        settle(lending, leave(lending, "Boonmee"))


def test_a_contract_not_paid_out_and_an_application_stand_in_the_way(lending):
    lending.contract("Somchai", 6_000_00, on=OCTOBER_5)
    application = lending.apply("Boonmee", 1_000_00, guarantors=(), on=OCTOBER_5)
    of_contract = [each.url for each in obstacles_of(lending["Somchai"], timezone.localdate())]
    assert reverse("loans:loan", args=[lending.group.code, lending["Somchai"].loans.get().pk]) in of_contract
    of_asked = [each.url for each in obstacles_of(lending["Boonmee"], timezone.localdate())]
    assert reverse("loans:application", args=[lending.group.code, application.pk]) in of_asked


def test_a_loan_repaid_later_than_the_settlement_day_moves_that_day(lending):
    loan = lending.lend("Somchai", 6_000_00, on=OCTOBER_5)
    lending.repay(loan, date(2026, 11, 20), principal=500_00, interest=60_00)
    assert plan_settlement(lending["Somchai"], parse_date("10/11/2569")).last_entry_on == date(2026, 11, 20)


def test_the_page_shows_the_loan_among_what_is_set_off(lending, as_user):
    loan = lending.lend("Somchai", 6_000_00, on=OCTOBER_5)
    leave(lending)
    address = reverse("membership:leaving", args=[lending.group.code, loan.member.number])
    page = as_user(lending.village.treasurer).get(address).content.decode()
    assert loan.number in page
    assert "6,000" in page
