"""Products: dated terms by resolution, never above 15 per cent a year, whatever the term."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from loans.applying_errors import AboveTheCap, LateChargeAboveTheCap, ProductNameTaken, StepTooCoarse, TermsInThePast
from loans.forms.products import OFFERS, ProductForm
from loans.models import LoanProduct, LoanTerms
from loans.quotes import dearest, quote
from loans.selectors.products import products_given, terms_in_force
from loans.services.products import close_loan_product, reopen_loan_product, set_loan_terms
from tests.loans.applying import NEW_YEAR, NOW, TODAY, open_product, terms_of
from tests.loans.cast import Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    return Lending(village)


def agreed(rate, method="reducing", rhythm="equal_principal", **more: Any):
    given_ = {"late_rate": Fraction(0), "day_count": "months", "round_to": 1, **more}
    return SimpleNamespace(monthly_rate=Fraction(rate), method=method, rhythm=rhythm, **given_)


# --- what a product costs a year ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "apr", "is_above"),
    [("1/100", "21.46", True), ("3/400", "16.22", True), ("1/200", "10.90", False)],
)
def test_flat_interest_costs_what_the_law_says_it_costs(rate, apr, is_above):
    """12 instalments; the figures of DOMAIN.md section 4."""
    found = dearest(agreed(rate, "flat"), longest=12)
    assert (found.apr, found.is_above_cap) == (Decimal(apr), is_above)


def test_a_reducing_rate_of_a_quarter_above_one_per_cent_is_exactly_at_the_cap():
    assert not dearest(agreed("125/10000"), longest=60).is_above_cap
    assert dearest(agreed("126/10000"), longest=60).is_above_cap


def test_a_shorter_term_may_be_the_dearest_and_the_longest_is_not_taken_for_it():
    found = dearest(agreed("69/10000", "flat"), longest=60)
    assert (found.is_above_cap, found.months < 60) == (True, True)
    longest = quote(agreed("69/10000", "flat"), principal=10_000_00, months=60, starts_on=TODAY)
    assert not longest.is_above_cap


@given(
    rate=st.integers(1, 300), method=st.sampled_from(["flat", "reducing"]), months=st.integers(1, 24),
    rhythm=st.sampled_from(["equal_principal", "equal_instalment", "interest_only", "single_payment"]),
)  # fmt: skip
def test_no_term_up_to_the_longest_costs_more_than_the_dearest(rate, method, months, rhythm):
    terms = agreed(Fraction(rate, 10_000), method, rhythm)
    most = dearest(terms, longest=24)
    one = quote(terms, principal=100_000_000_00, months=months, starts_on=TODAY)
    assert one.apr <= most.apr + Decimal("0.01")
    assert most.is_above_cap or not one.is_above_cap


def test_a_late_charge_counts_with_the_interest():
    assert not dearest(agreed("1/100", late_rate=Fraction(25, 10_000)), longest=12).is_above_cap_when_late
    assert dearest(agreed("1/100", late_rate=Fraction(26, 10_000)), longest=12).is_above_cap_when_late
    assert dearest(agreed("1/1000", late_rate=Fraction(2, 100)), longest=12).is_above_cap_when_late


# --- the rows -----------------------------------------------------------------------------------------------


def test_a_product_begins_with_its_terms_and_resolution(lending):
    product = open_product(lending)
    terms = terms_in_force(product)
    assert (product.name, terms.savings_times, terms.resolution) == ("เงินกู้สามัญ", 300, lending.resolve())


def test_a_product_above_fifteen_per_cent_is_refused_with_section_and_rate(lending):
    with pytest.raises(AboveTheCap) as refused:
        open_product(lending, method="flat")
    assert "654" in refused.value.message
    assert "21.46" in refused.value.message
    assert not LoanProduct.objects.exists()


def test_the_cap_is_tested_before_rounding(lending):
    """A quarter above one per cent passes though instalments in tens of baht may come out a hair dearer."""
    assert open_product(lending, rate_bp=125, rhythm="equal_instalment", round_to=10_00)


def test_a_late_charge_that_lifts_the_rate_above_the_cap_is_refused(lending):
    with pytest.raises(LateChargeAboveTheCap) as refused:
        open_product(lending, late_rate_bp=100)
    assert "654" in refused.value.message
    assert open_product(lending, late_rate_bp=25)


def test_a_step_that_leaves_the_last_instalment_nothing_is_refused(lending):
    with pytest.raises(StepTooCoarse):
        open_product(lending, cap_satang=1_000_00, round_to=100_00, instalments_max=12)


def test_sent_twice_a_product_is_opened_once(lending):
    assert open_product(lending) == open_product(lending)
    assert (LoanProduct.objects.count(), LoanTerms.objects.count()) == (1, 1)


def test_a_name_stands_for_one_product(lending):
    open_product(lending)
    with pytest.raises(ProductNameTaken):
        open_product(lending, rate_bp=50)


def test_the_same_name_may_stand_in_another_group(lending):
    open_product(lending)
    LoanProduct.objects.create(group=lending.village.neighbour.group, name="เงินกู้สามัญ")


def test_new_terms_hold_from_their_day_and_the_old_ones_until_then(lending):
    product = open_product(lending)
    set_loan_terms(
        product=product, terms=terms_of(valid_from=date(2026, 12, 1), rate_bp=90),
        resolution=lending.resolve("12/2569"), by=lending.village.chair,
    )  # fmt: skip
    assert [terms_in_force(product, day).rate_bp for day in (NEW_YEAR, TODAY, date(2026, 12, 1))] == [100, 100, 90]
    assert terms_in_force(product, date(2025, 12, 31)) is None


@pytest.mark.parametrize("day", [NEW_YEAR, date(2026, 11, 22)])
def test_later_terms_do_not_begin_in_the_past(lending, day):
    product = open_product(lending)
    with pytest.raises(TermsInThePast):
        set_loan_terms(
            product=product, terms=terms_of(valid_from=day, rate_bp=90), resolution=lending.resolve(),
            by=lending.village.chair,
        )  # fmt: skip


def test_a_closed_product_is_not_offered_until_it_is_given_again(lending):
    product = open_product(lending)
    close_loan_product(product=product, by=lending.village.chair)
    assert products_given(lending.group) == []
    reopen_loan_product(product=product, by=lending.village.chair)
    assert [each for each, _terms in products_given(lending.group)] == [product]


# --- the pages ----------------------------------------------------------------------------------------------


def address(lending, name="products", *args):
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


@pytest.mark.parametrize("offer", OFFERS)
def test_a_new_group_is_offered_the_customary_products_as_filled_in_forms(lending, client, offer):
    client.force_login(lending.village.chair)
    assert f"?offer={offer}" in client.get(address(lending)).content.decode()
    shown = client.get(address(lending, "product-new") + f"?offer={offer}").context["form"]
    data = {name: shown[name].value() for name in shown.fields} | {"resolution": lending.resolve().pk}
    data = {name: field_value(shown, name, value) for name, value in data.items()}
    client.post(address(lending, "product-new"), data)
    terms = LoanTerms.objects.get()
    customary = {"ordinary": (300, 2, 12), "emergency": (0, 1, 3)}
    assert (terms.savings_times, terms.guarantors, terms.instalments_max) == customary[offer]
    assert (terms.rate_bp, terms.rate_per, terms.method) == (100, "month", "reducing")
    assert offer == "ordinary" or terms.cap_satang == 5_000_00


def field_value(form: ProductForm, name: str, value: Any) -> Any:
    """What a browser would send for a field as shown."""
    choices: Any = getattr(form.fields[name], "choices", ())
    return next(iter(choices))[0] if value is None and choices else value


def typed(lending, **changed):
    return {
        "kind": "ordinary", "name": "เงินกู้สามัญ", "valid_from": "1/1/2569", "savings_times": "3", "cap": "50,000",
        "minimum_months": "6", "guarantors": "2", "rate": "1", "rate_per": "month", "method": "reducing",
        "rhythm": "equal_principal", "day_count": "months", "instalments_max": "12", "grace_max": "0",
        "round_to": "100", "late_rate": "0", "resolution": lending.resolve().pk, **changed,
    }  # fmt: skip


def test_what_is_refused_stays_as_it_was_typed_with_the_sentence_beside_it(lending, client):
    client.force_login(lending.village.chair)
    page = client.post(address(lending, "product-new"), typed(lending, method="flat", rate="๑.๕"))
    assert "654" in page.context["form"].errors["rate"][0]
    assert 'value="๑.๕"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate", "x"), ("rate", "101"), ("savings_times", "3,5"), ("cap", "0"), ("instalments_max", "0"),
     ("instalments_max", "361"), ("guarantors", "11"), ("grace_max", "12"), ("valid_from", "31/2/2569"), ("name", "")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_beside_its_field(lending, client, name, value):
    client.force_login(lending.village.chair)
    page = client.post(address(lending, "product-new"), typed(lending, **{name: value}))
    assert name in page.context["form"].errors
    assert not LoanProduct.objects.exists()


def test_months_of_interest_only_need_a_rhythm_that_has_them(lending, client):
    client.force_login(lending.village.chair)
    page = client.post(address(lending, "product-new"), typed(lending, rhythm="single_payment", grace_max="2"))
    assert "grace_max" in page.context["form"].errors


def test_the_page_says_what_it_costs_a_year_and_shows_an_example(lending, client):
    product = open_product(lending, method="flat", rate_bp=50)
    client.force_login(lending.village.auditor)
    page = client.get(address(lending, "product", product.pk))
    assert "10.90" in page.content.decode()
    assert len(page.context["cost"].example.instalments) == 12


def test_new_terms_begin_with_those_that_hold(lending, client):
    product = open_product(lending)
    client.force_login(lending.village.secretary)
    form = client.get(address(lending, "product-terms", product.pk)).context["form"]
    assert (form["rate"].value(), form["cap"].value()) == ("1", "50,000.00")
    sent = typed(lending, valid_from="1/12/2569", rate="0.9", resolution=lending.resolve("12/2569").pk)
    assert client.post(address(lending, "product-terms", product.pk), sent).status_code == 302
    assert LoanTerms.objects.latest("valid_from").rate_bp == 90


def test_only_chair_and_secretary_open_and_close_products(lending, client):
    product = open_product(lending)
    client.force_login(lending.village.treasurer)
    assert client.get(address(lending, "product-new")).status_code == 404
    assert client.post(address(lending, "product", product.pk), {"act": "close"}).status_code == 404
    client.force_login(lending.village.chair)
    client.post(address(lending, "product", product.pk), {"act": "close"})
    product.refresh_from_db()
    assert product.closed_on == TODAY


def test_the_list_searches_filters_adds_up_and_is_a_file(lending, client, django_assert_max_num_queries):
    product = open_product(lending)
    open_product(lending, "ฉุกเฉิน", "emergency", savings_times=0, cap_satang=5_000_00, guarantors=1, instalments_max=3)
    lending.save("Somchai", 10_000_00)
    lending.save("Boonmee", 10_000_00)
    loan = lending.lend(satang=6_000_00, terms=product.terms.get())
    client.force_login(lending.village.auditor)
    with django_assert_max_num_queries(25):
        page = client.get(address(lending))
    assert (page.context["loans"], page.context["outstanding"]) == (1, loan.satang)
    assert [row.product.name for row in client.get(address(lending) + "?q=ฉุก").context["rows"]] == ["ฉุกเฉิน"]
    assert client.get(address(lending) + "?show=closed").context["rows"] == []
    assert "ฉุกเฉิน" in client.get(address(lending) + "?format=csv").content.decode()
    assert client.get(address(lending) + "?format=xlsx").content.startswith(b"PK")


def test_another_groups_product_is_not_found(lending, client):
    theirs = LoanProduct.objects.create(group=lending.village.neighbour.group, name="ของเขา")
    client.force_login(lending.village.chair)
    assert client.get(address(lending, "product", theirs.pk)).status_code == 404
