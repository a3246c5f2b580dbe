"""What a member may borrow, and why not more: each rule with its figures, in constant queries."""

from datetime import date

import pytest

from loans.models import LoanTerms
from loans.selectors.asking import asked_for
from loans.selectors.limits import may_borrow, months_of_membership, said_times
from loans.services.applications import withdraw_application
from loans.services.products import close_loan_product
from members.models import GroupSetting, Member
from tests.loans.applying import NOW, TODAY, ask, member, open_product, write
from tests.loans.cast import AUGUST_5, Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    lending = Lending(village)
    lending.save("Somchai", 10_000_00)
    lending.save("Boonmee", 20_000_00)
    return lending


@pytest.fixture
def product(lending):
    return open_product(lending)


def most(lending, product, name="Somchai"):
    return may_borrow(member(lending, name), product).most_satang


def unmet(lending, product, name="Somchai"):
    return [reason.text for reason in may_borrow(member(lending, name), product).unmet]


def test_three_times_the_own_pledge_savings(lending, product):
    limit = may_borrow(lending["Somchai"], product)
    assert limit.most_satang == 30_000_00
    assert "10,000.00" in limit.binding.text
    assert "30,000.00" in limit.binding.text


def test_the_cap_in_baht_decides_where_it_is_lower(lending, product):
    lending.save("Somchai", 10_000_00)
    limit = may_borrow(lending["Somchai"], product)
    assert (limit.most_satang, limit.binding.satang) == (50_000_00, 50_000_00)
    assert "50,000.00" in limit.binding.text


def test_own_loans_outstanding_are_taken_off(lending, product):
    lending.lend(satang=12_000_00, on=AUGUST_5, terms=product.terms.get())
    assert may_borrow(lending["Somchai"], product, date(2026, 8, 20)).most_satang == 18_000_00


def test_what_was_paid_back_may_be_borrowed_again(lending, product):
    loan = lending.lend(satang=12_000_00, on=AUGUST_5, terms=product.terms.get())
    lending.pay_instalments(loan, 3)
    limit = may_borrow(lending["Somchai"], product)
    assert limit.unmet == []
    assert limit.most_satang == 30_000_00 - 9_000_00
    assert "9,000.00" in limit.binding.text


def test_what_is_asked_for_elsewhere_is_taken_off_until_it_is_withdrawn(lending, product):
    row = ask(lending, product, satang=10_000_00)
    assert most(lending, product) == 20_000_00
    assert may_borrow(lending["Somchai"], product, without=row).most_satang == 30_000_00
    withdraw_application(application=row, by=lending.village.treasurer)
    assert most(lending, product) == 30_000_00


def test_of_an_approved_application_only_what_was_granted_counts(lending, product):
    row = ask(lending, product, satang=10_000_00)
    lending.decide(row, 4_000_00)
    assert most(lending, product) == 26_000_00


def test_a_draft_takes_nothing_off(lending, product):
    write(lending, product, satang=10_000_00)
    assert most(lending, product) == 30_000_00


def test_a_contract_that_waits_for_its_payout_is_taken_off_once(lending, product):
    lending.contract(satang=12_000_00, terms=product.terms.get())
    assert most(lending, product) == 18_000_00


def test_the_cap_is_of_all_loans_of_the_product_together(lending):
    emergency = open_product(
        lending, "ฉุกเฉิน", "emergency", savings_times=0, cap_satang=5_000_00, guarantors=1, instalments_max=3
    )
    ask(lending, emergency, satang=3_000_00, months=3)
    assert most(lending, emergency) == 2_000_00


def test_an_emergency_loan_needs_no_savings(lending):
    emergency = open_product(
        lending, "ฉุกเฉิน", "emergency", savings_times=0, cap_satang=5_000_00, guarantors=1, instalments_max=3
    )
    assert most(lending, emergency, "Kasem") == 5_000_00


def test_who_has_saved_nothing_may_not_borrow_a_multiple_of_it(lending, product):
    limit = may_borrow(lending["Kasem"], product)
    assert limit.most_satang == 0
    assert "0.00" in limit.binding.text


@pytest.mark.parametrize(("admitted_on", "months"), [
    (date(2026, 5, 23), 6), (date(2026, 5, 24), 5), (date(2026, 11, 23), 0), (date(2027, 1, 1), 0),
])  # fmt: skip
def test_months_of_membership_are_full_months(lending, admitted_on, months):
    somchai = lending["Somchai"]
    somchai.admitted_on = admitted_on
    assert months_of_membership(somchai, TODAY) == months


def test_a_new_member_waits_and_is_told_how_long(lending, product):
    Member.objects.filter(pk=lending["Somchai"].pk).update(admitted_on=date(2026, 8, 1))
    assert most(lending, product) == 0
    [said] = unmet(lending, product)
    assert "3" in said
    assert "6" in said


def test_with_an_overdue_loan_nothing_more_is_lent(lending, product):
    loan = lending.lend(satang=12_000_00, on=AUGUST_5, terms=product.terms.get())
    assert most(lending, product) == 0
    [said] = unmet(lending, product)
    assert loan.number in said
    assert "3,3" in said  # three instalments of 1,000 and their interest


@pytest.mark.parametrize("name", ["Noi", "Women", "Chai"])
def test_a_child_a_body_and_an_honorary_member_do_not_borrow(lending, product, name):
    lending.save(name, 5_000_00)
    assert most(lending, product, name) == 0
    assert len(unmet(lending, product, name)) == 1


def test_the_group_may_turn_the_switch_of_a_kind(lending, product):
    lending.save("Women", 5_000_00)
    GroupSetting.objects.create(
        group=lending.group, key="associate_may_borrow", value="1", valid_from=TODAY, set_by=lending.village.chair
    )
    assert most(lending, product, "Women") == 15_000_00


@pytest.mark.parametrize("name", ["Dam", "Fon"])
def test_who_is_no_active_member_does_not_borrow(lending, product, name):
    assert most(lending, product, name) == 0


def test_a_product_that_is_not_given_lends_nothing(lending, product):
    close_loan_product(product=product, by=lending.village.chair)
    product.refresh_from_db()
    assert most(lending, product) == 0


def test_the_terms_of_the_day_decide(lending, product):
    LoanTerms.objects.create(
        product=product, valid_from=date(2027, 1, 1), rate_bp=100, savings_times=200, cap_satang=50_000_00
    )
    assert may_borrow(lending["Somchai"], product, TODAY).most_satang == 30_000_00
    assert may_borrow(lending["Somchai"], product, date(2027, 1, 1)).most_satang == 20_000_00


def test_the_limit_takes_as_many_queries_for_many_loans_as_for_one(lending, product, django_assert_max_num_queries):
    terms = product.terms.get()
    lending.pay_instalments(lending.lend(satang=2_000_00, terms=terms), 3)
    for _ in range(4):
        lending.pay_instalments(lending.lend(satang=1_000_00, terms=terms, guarantors=()), 3)
    somchai = member(lending, "Somchai")
    with django_assert_max_num_queries(24):
        may_borrow(somchai, product)


# --- what an application comes to ---------------------------------------------------------------------------


def test_instalment_rate_and_parts_stand_beside_the_amount(lending, product):
    asked = asked_for(lending["Somchai"], product, satang=12_000_00, months=12, income=5_000_00)
    assert asked.quote is not None
    assert (asked.quote.first.total, asked.quote.last.total, asked.quote.interest) == (1_120_00, 1_010_00, 780_00)
    assert str(asked.quote.apr) == "12.00"
    assert (asked.own_cover, asked.part) == (10_000_00, 1_000_00)
    assert (asked.burden, asked.is_heavy) == (22, False)


def test_income_advises_and_decides_nothing(lending, product):
    asked = asked_for(lending["Somchai"], product, satang=12_000_00, months=12, income=1_000_00)
    assert asked.is_heavy
    assert asked.limit.most_satang == 30_000_00


def test_too_long_a_term_and_too_coarse_a_step_are_said(lending, product):
    long = asked_for(lending["Somchai"], product, satang=12_000_00, months=13)
    assert "12" in str(long.trouble)
    coarse = asked_for(lending["Somchai"], product, satang=6_00, months=12)
    assert coarse.quote is None
    assert coarse.trouble


def test_nothing_typed_shows_the_limit_alone(lending, product):
    asked = asked_for(lending["Somchai"], product, satang=None, months=None)
    assert (asked.quote, asked.trouble, asked.is_too_much) == (None, "", False)


def test_more_than_allowed_is_seen_before_it_is_sent(lending, product):
    assert asked_for(lending["Somchai"], product, satang=30_000_01, months=12).is_too_much
    assert not asked_for(lending["Somchai"], product, satang=30_000_00, months=12).is_too_much


def test_times_are_said_without_needless_noughts():
    assert [said_times(each) for each in (300, 250, 125, 0, 1000)] == ["3", "2.5", "1.25", "0", "10"]
