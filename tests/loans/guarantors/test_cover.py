"""What stands for a loan: own savings first, the rest by the guarantors, nothing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.models import Hold
from loans.applying_errors import (
    CoverTooSmall,
)
from loans.selectors.cover import cover_of, equal_part, free_savings
from loans.selectors.guarantors import count_live_guarantees
from loans.services.applications import withdraw_application
from tests.loans.applying import TODAY, ask, found, member, name_, signs


def test_own_savings_first_the_rest_is_divided_equally(lending, row):
    cover = cover_of(row)
    assert (cover.own, cover.rest, cover.part, cover.missing) == (10_000_00, 6_000_00, 3_000_00, 2)


@given(rest=st.integers(0, 10**9), among=st.integers(1, 10))
def test_equal_parts_cover_the_rest_and_are_a_satang_apart_at_most(rest, among):
    part = equal_part(rest, among)
    assert 0 <= part * among - rest < among


def test_what_is_held_or_promised_covers_nothing_else(lending, product, row):
    signs(lending, row, "Boonmee")
    assert free_savings(member(lending, "Boonmee")) == 7_000_00
    lending.contract("Kasem", 10_000_00, guarantors=(), terms=product.terms.get())
    assert free_savings(member(lending, "Kasem")) == 0


def test_a_third_guarantor_lowers_the_part_of_those_who_come_after(lending, row):
    signs(lending, row, "Boonmee")
    name_(lending, row, "Kasem")
    name_(lending, row, "Prani")
    cover = cover_of(found(lending, row))
    assert (cover.part, cover.promised, cover.lacking) == (2_000_00, 3_000_00, 3_000_00)


def test_with_the_words_given_and_the_rest_covered_it_is_ready(lending, row):
    assert signs(lending, row, "Boonmee").satang == 3_000_00
    assert found(lending, row).status == "submitted"
    signs(lending, row, "Kasem")
    assert found(lending, row).status == "ready"


def test_nothing_is_held_before_the_contract(lending, row):
    signs(lending, row, "Boonmee")
    assert not Hold.objects.exists()


def test_a_guarantor_whose_free_savings_are_too_small_is_refused_with_the_figures(lending, product):
    row = ask(lending, product, satang=30_000_00)  # 20,000 for two
    lending.post("withdrawal", ("O2100", lending["Boonmee"].holder, 1_00), ("O1200", "", -1_00), on=TODAY)
    with pytest.raises(CoverTooSmall) as refused:
        signs(lending, row, "Boonmee")
    assert "9,999.00" in refused.value.message
    assert "10,000.00" in refused.value.message
    assert signs(lending, row, "Kasem").satang == 10_000_00


def test_two_applications_do_not_use_the_same_cover(lending, product):
    first, second = ask(lending, product, satang=24_000_00), ask(lending, product, "Prani", 24_000_00)
    signs(lending, first, "Boonmee")  # 7,000 of 10,000
    with pytest.raises(CoverTooSmall):
        signs(lending, second, "Boonmee")


def test_a_withdrawn_application_gives_the_cover_back(lending, product, row):
    signs(lending, row, "Boonmee")
    withdraw_application(application=row, by=lending.village.treasurer)
    assert free_savings(member(lending, "Boonmee")) == 10_000_00
    assert count_live_guarantees(member(lending, "Boonmee")) == 0
