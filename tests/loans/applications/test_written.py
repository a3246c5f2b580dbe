"""Applications are written down, handed in once within the limits, and taken back."""

from uuid import uuid4

import pytest
from django.utils import timezone

from funds.errors import OperationReused
from loans.applying_errors import MayNotBorrow, MoreThanAllowed, NotInThisState, NotYourPassbook, TermTooLong
from loans.models import LoanApplication
from loans.services.applications import submit_application, withdraw_application
from members.models import Member
from tests.loans.applying import TODAY, ask, found, signs, write


def test_applications_are_numbered_in_their_group(lending, product):
    assert [write(lending, product).number, write(lending, product, "Kasem").number] == [1, 2]


def test_a_double_click_writes_one_application(lending, product):
    operation = uuid4()
    rows = {write(lending, product, operation=operation).pk for _ in range(3)}
    assert len(rows) == 1


def test_a_draft_may_be_changed_and_what_was_handed_in_may_not(lending, product):
    operation = uuid4()
    write(lending, product, operation=operation)
    row = write(lending, product, satang=8_000_00, operation=operation)
    assert row.satang == 8_000_00
    submit_application(application=row, by=lending.village.treasurer)
    assert write(lending, product, satang=8_000_00, operation=operation).satang == 8_000_00
    with pytest.raises(OperationReused):
        write(lending, product, satang=9_000_00, operation=operation)


def test_an_operation_is_of_one_member(lending, product):
    operation = uuid4()
    write(lending, product, operation=operation)
    with pytest.raises(OperationReused):
        write(lending, product, "Kasem", operation=operation)


def test_on_the_own_page_one_asks_for_the_own_passbook_only(lending, product):
    prani = lending.village.user("Prani")
    assert write(lending, product, "Prani", by=prani, by_member=True).by_member
    for name in ("Noi", "Kasem"):
        with pytest.raises(NotYourPassbook):
            write(lending, product, name, by=prani, by_member=True)


def test_handed_in_it_waits_for_its_guarantors(lending, product):
    row = ask(lending, product)
    assert (row.status, timezone.localdate(row.submitted_at)) == ("submitted", TODAY)


def test_where_no_guarantor_is_asked_for_it_is_ready_at_once(lending, unsecured):
    assert ask(lending, unsecured).status == "ready"


def test_handed_in_twice_it_is_handed_in_once(lending, product):
    row = ask(lending, product)
    again = submit_application(application=row, by=lending.village.treasurer)
    assert again.submitted_at == row.submitted_at


def test_one_satang_above_the_limit_is_refused_with_the_reason(lending, product):
    ask(lending, product, "Kasem", 30_000_00)
    with pytest.raises(MoreThanAllowed) as refused:
        ask(lending, product, satang=30_000_01)
    assert "30,000.00" in refused.value.message
    assert "10,000.00" in refused.value.message


def test_two_applications_together_do_not_pass_the_limit(lending, product):
    ask(lending, product, satang=20_000_00)
    with pytest.raises(MoreThanAllowed):
        ask(lending, product, satang=10_000_01)


def test_who_may_not_borrow_cannot_hand_in(lending, product):
    Member.objects.filter(pk=lending["Somchai"].pk).update(admitted_on=TODAY)
    row = write(lending, product)
    with pytest.raises(MayNotBorrow):
        submit_application(application=row, by=lending.village.treasurer)
    assert found(lending, row).status == "draft"


def test_the_term_ends_where_the_product_says(lending, product):
    with pytest.raises(TermTooLong):
        ask(lending, product, months=13)


@pytest.mark.parametrize("status", ["draft", "submitted", "ready", "approved"])
def test_before_the_contract_an_application_may_be_taken_back(lending, product, status):
    row = write(lending, product)
    LoanApplication.objects.filter(pk=row.pk).update(status=status)
    withdraw_application(application=row, by=lending.village.treasurer)
    row = found(lending, row)
    assert (row.status, row.withdrawn_by) == ("withdrawn", lending.village.treasurer)


@pytest.mark.parametrize("status", ["refused", "contracted"])
def test_after_the_end_it_may_not(lending, product, status):
    row = write(lending, product)
    LoanApplication.objects.filter(pk=row.pk).update(status=status)
    with pytest.raises(NotInThisState):
        withdraw_application(application=row, by=lending.village.treasurer)


def test_what_was_taken_back_is_not_handed_in(lending, product):
    row = write(lending, product)
    withdraw_application(application=row, by=lending.village.treasurer)
    with pytest.raises(NotInThisState):
        submit_application(application=row, by=lending.village.treasurer)


def test_an_application_is_ready_when_both_have_signed(lending, product):
    row = ask(lending, product)
    signs(lending, row, "Boonmee")
    assert found(lending, row).status == "submitted"
    signs(lending, row, "Kasem")
    assert found(lending, row).status == "ready"
