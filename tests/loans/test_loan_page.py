"""The page of a loan: picture beside a table, what is owed and why, payments with their entries, doors by right."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from funds.journal import reverse_entry
from loans.models import Guarantee, Loan, Repayment
from loans.picture import DUE, LATE, PAID, TO_COME, picture_of
from loans.selectors.loan_page import loan_or_none, loan_page
from loans.selectors.member_loans import borrowings, member_loans
from loans.selectors.repayments import repayments
from loans.selectors.standings import standing_of
from members.models import AccessRecord, User
from tests.loans.cast import AUGUST_5, Lending

pytestmark = pytest.mark.django_db
NOVEMBER_5, NOVEMBER_20 = date(2026, 11, 5), date(2026, 11, 20)


@pytest.fixture
def lending(village: Any) -> Lending:
    """Somchai borrowed 6,000 baht in August and paid one instalment; Boonmee stands guarantor."""
    found = Lending(village)
    found.save("Somchai", 2_000_00)
    found.save("Boonmee", 10_000_00)
    return found


@pytest.fixture
def loan(lending: Lending) -> Loan:
    found = lending.lend("Somchai", 6_000_00, on=AUGUST_5)
    lending.pay_instalments(found, 1)
    return found


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in


def page_for(lending: Lending, loan: Loan, user: User, client: Client) -> Any:
    client.force_login(user)
    return client.get(reverse("loans:loan", args=[lending.group.code, loan.pk]))


def test_the_picture_has_a_column_for_each_instalment_in_its_state(loan):
    drawn = picture_of(standing_of(loan, NOVEMBER_5), loan.satang, say=str)
    assert drawn is not None
    assert [column.state for column in drawn.columns] == [PAID, LATE, DUE, *[TO_COME] * 9]
    assert {share.state: share.satang for share in drawn.shares} == {
        PAID: 500_00, LATE: 500_00, DUE: 500_00, TO_COME: 4_500_00,
    }  # fmt: skip
    assert [bool(column.mark_y) for column in drawn.columns[:3]] == [False, True, False]


def test_what_is_owed_today_is_said_instalment_by_instalment(lending, loan):
    page = loan_page(lending.group, loan_or_none(lending.group, loan.pk), NOVEMBER_20)
    assert page.standing is not None
    assert sum(each.rest for each in page.unpaid) == page.standing.due_satang == 2 * 500_00 + 2 * 55_00
    assert [each.number for each in page.unpaid] == [2, 3]


def test_every_payment_opens_into_its_entry_and_leaves_less(lending, loan, client):
    lending.repay(loan, NOVEMBER_5, principal=700_00, interest=55_00)
    response = page_for(lending, loan, lending.village.treasurer, client)
    text = response.content.decode()
    for row in Repayment.objects.filter(loan=loan):
        assert reverse("reports:entry", args=[lending.group.code, row.entry.n]) in text
    assert [row.left for row in response.context["page"].repayments] == [5_500_00, 4_800_00]


def test_a_reversed_payment_is_void_and_changes_nothing(lending, loan):
    paid = lending.repay(loan, NOVEMBER_5, principal=700_00, interest=55_00)
    reverse_entry(
        entry=paid.entry, by=lending.village.treasurer, ok=[lending.village.auditor], operation=uuid4(), reason="ผิด"
    )
    page = loan_page(lending.group, loan_or_none(lending.group, loan.pk), timezone.localdate())
    assert [(row.is_reversed, row.left) for row in page.repayments] == [(False, 5_500_00), (True, 5_500_00)]
    assert page.paid_principal == 500_00


def test_each_guarantor_stands_for_what_is_held(lending, loan):
    page = loan_page(lending.group, loan_or_none(lending.group, loan.pk), NOVEMBER_20)
    assert [(row.stands_for, row.is_held) for row in page.guarantees] == [(4_000_00, True)]


def test_on_paper_guarantors_stand_for_what_is_owed_in_equal_parts(lending, loan):
    Guarantee.objects.filter(loan=loan).update(satang=0)
    bare = Loan.objects.get(pk=loan.pk)
    Guarantee.objects.create(
        loan=bare, member=lending["Kasem"], position=2, named_at=timezone.now(), way=Guarantee.Way.PAPER
    )
    page = loan_page(lending.group, loan_or_none(lending.group, loan.pk), NOVEMBER_20)
    assert [row.stands_for for row in page.guarantees if not row.is_held] == [2_750_00]


def test_the_look_is_recorded(lending, loan, client):
    page_for(lending, loan, lending.village.treasurer, client)
    assert AccessRecord.objects.filter(member=loan.member, page="loans:loan").exists()


def test_another_groups_loan_is_not_there(lending, loan, client, village):
    client.force_login(village.treasurer)
    assert client.get(reverse("loans:loan", args=[lending.group.code, loan.pk + 1000])).status_code == 404


@pytest.mark.parametrize(
    ("office", "may_repay", "may_act"),
    [("treasurer", True, True), ("secretary", True, True), ("auditor", False, False)],
)
def test_a_door_is_shown_to_whoever_may_go_in(lending, loan, client, office, may_repay, may_act):
    text = page_for(lending, loan, getattr(lending.village, office), client).content.decode()
    code = lending.group.code
    assert (reverse("loans:repay", args=[code, loan.pk]) in text) is may_repay
    assert (reverse("loans:act-new", args=[code, loan.pk, "reschedule"]) in text) is may_act
    assert (reverse("loans:paper-contract", args=[code, loan.pk]) in text) is may_act


def test_a_contract_not_paid_out_leads_to_its_signatures_and_the_payout(lending, client):
    signed = lending.contract("Somchai", 3_000_00, on=AUGUST_5)
    code = lending.group.code
    text = page_for(lending, signed, lending.village.treasurer, client).content.decode()
    assert reverse("loans:payout", args=[code, signed.pk]) in text
    assert reverse("loans:repay", args=[code, signed.pk]) not in text


def test_a_closed_loan_has_nothing_left_to_do(lending, loan, client):
    owed = standing_of(loan)
    lending.repay(
        loan, timezone.localdate(), principal=owed.outstanding,
        interest=owed.interest_owed + owed.settlement_interest,
    )  # fmt: skip
    response = page_for(lending, loan, lending.village.treasurer, client)
    assert response.context["row"].state == "closed"
    assert (response.context["doors"].main, response.context["doors"].acts) == ([], [])


def test_one_loan_costs_the_same_however_much_was_paid(lending, loan):
    with CaptureQueriesContext(connection) as few:
        loan_page(lending.group, loan_or_none(lending.group, loan.pk), NOVEMBER_20)
    lending.pay_instalments(loan, 2, first=2)
    with CaptureQueriesContext(connection) as more:
        loan_page(lending.group, loan_or_none(lending.group, loan.pk), NOVEMBER_20)
    assert len(more) == len(few) <= 25


# --- a member's loans -------------------------------------------------------------------------------------------


def test_a_members_tab_shows_own_loans_and_whom_they_stand_for(lending, loan, as_user):
    client = as_user(lending.village.treasurer)
    code = lending.group.code
    own = client.get(reverse("loans:member", args=[code, lending["Somchai"].number]))
    assert [row.loan for row in own.context["loans"].live] == [loan]
    stands = client.get(reverse("loans:member", args=[code, lending["Boonmee"].number]))
    assert [each.borrower.pk for each in stands.context["loans"].guarantees] == [loan.member_id]
    assert stands.context["loans"].stands_for == 4_000_00
    assert AccessRecord.objects.filter(member=lending["Boonmee"], page="loans:member").exists()


def test_the_tab_says_what_may_be_borrowed_and_why_not_more(lending, loan):
    found = borrowings(lending["Boonmee"], timezone.localdate())
    assert [each.product.name for each in found] == ["เงินกู้สามัญ"]
    assert all(each.limit.reasons for each in found)


def test_a_guarantor_sees_how_late_the_borrower_is(lending, loan):
    found = member_loans(lending["Boonmee"], NOVEMBER_20).guarantees
    assert [(each.outstanding, each.days_late) for each in found] == [(5_500_00, 46)]


def test_a_loan_written_off_says_what_came_back_and_what_did_not(lending, loan, as_user):
    off = lending.post("loan_write_off", ("O5400", "", 5_500_00), ("O1300", loan.number, -5_500_00), on=NOVEMBER_5)
    Repayment.objects.create(
        group=lending.group,
        loan=loan,
        entry=off,
        kind=Repayment.Kind.WRITE_OFF,
        paid_on=NOVEMBER_5,
        principal_satang=5_500_00,
        payer=loan.member,
    )
    page = page_for(lending, loan, lending.village.treasurer, as_user(lending.village.treasurer))
    found = page.context["page"]
    assert (found.row.state, found.written_off, found.paid_in_money) == ("written_off", 5_500_00, 500_00)
    assert "ที่ประชุมใหญ่ตัดหนี้สูญ" in page.content.decode()
    assert "ยอดที่ต้องชำระวันนี้" not in page.content.decode()
    assert not repayments(lending.group).filter(kind=Repayment.Kind.WRITE_OFF).exists()
