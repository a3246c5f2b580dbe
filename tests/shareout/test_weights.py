"""What savings weigh: each rule by a figure reckoned by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shareout.weights import (
    SavingsYear,
    Weighting,
    earning_only,
    weigh,
    weights_average,
    weights_baht_month,
    weights_by_day,
    weights_year_end,
    with_minimum_months,
)

STARTS_ON, ENDS_ON = date(2025, 1, 1), date(2025, 12, 31)


def year(opening, months):
    return SavingsYear(opening, tuple((month, date(2025, month, 5), satang) for month, satang in months))


EVERY_MONTH = range(1, 13)
A = year(12_000, [(month, 100) for month in EVERY_MONTH])
B = year(5_000, [(month, 200) for month in EVERY_MONTH])
C = year(0, [(month, 100) for month in range(7, 13)])
D = year(3_000, [(month, 100) for month in EVERY_MONTH if month != 5])
VILLAGE = {1: A, 2: B, 3: C, 4: D}


def test_the_worked_baht_months():
    assert weights_baht_month(VILLAGE) == {1: 150_600, 2: 73_200, 3: 1_500, 4: 41_900}


def test_money_of_the_last_month_weighs_nothing_this_year():
    assert weights_baht_month({1: year(0, [(12, 500)])}) == {1: 0}


def test_what_was_withdrawn_counts_negative():
    assert weights_baht_month({1: year(1_000, [(3, -400)])}) == {1: 1_000 * 12 - 400 * 9}


def test_the_balance_of_the_last_day():
    assert weights_year_end(VILLAGE) == {1: 13_200, 2: 7_400, 3: 600, 4: 4_100}


def test_twelve_times_the_average_month_end():
    assert weights_average({1: year(100, [(7, 60)])}) == {1: 100 * 12 + 60 * 6}


def test_by_the_day_the_day_of_the_deposit_counts():
    assert weights_by_day({1: year(0, [(12, 500)])}, starts_on=STARTS_ON, ends_on=ENDS_ON) == {1: 500 * 27}
    assert weights_by_day({1: year(100, [])}, starts_on=STARTS_ON, ends_on=ENDS_ON) == {1: 100 * 365}


def test_a_movement_of_another_year_is_refused():
    with pytest.raises(ValueError, match="2024"):
        weights_by_day({1: SavingsYear(0, ((1, date(2024, 12, 31), 5),))}, starts_on=STARTS_ON, ends_on=ENDS_ON)
    with pytest.raises(ValueError, match="13"):
        SavingsYear(0, ((13, date(2025, 12, 31), 5),)).balances()


def test_what_is_above_the_cap_earns_nothing():
    assert weights_baht_month({1: A}, cap=12_000) == {1: 144_000}
    assert weights_year_end({1: A, 3: C}, cap=12_000) == {1: 12_000, 3: 600}
    assert weights_by_day({1: year(100, [])}, starts_on=STARTS_ON, ends_on=ENDS_ON, cap=60) == {1: 60 * 365}


def test_who_was_a_member_for_too_short_earns_nothing():
    assert with_minimum_months({1: 10, 3: 10, 4: 10}, {1: 12, 3: 5}, at_least=6) == {1: 10, 3: 0, 4: 0}


def test_who_earns_no_dividend_by_kind_has_no_weight():
    assert earning_only({1: 10, 2: 20}, [2, 9]) == {2: 20}


@pytest.mark.parametrize(
    ("rule", "weight"),
    [
        (Weighting.BAHT_MONTH, 41_900),
        (Weighting.YEAR_END, 4_100),
        (Weighting.AVERAGE, 3_000 * 12 + 100 * (12 + 11 + 10 + 9 + 7 + 6 + 5 + 4 + 3 + 2 + 1)),
        (Weighting.BY_DAY, None),
    ],
)
def test_the_groups_rule_chooses_the_figure(rule, weight):
    found = weigh({4: D}, rule=rule, starts_on=STARTS_ON, ends_on=ENDS_ON)
    by_day = weights_by_day({4: D}, starts_on=STARTS_ON, ends_on=ENDS_ON)
    assert found == ({4: weight} if weight is not None else by_day)


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(1, 12), st.integers(0, 10**7)), max_size=30))
def test_the_formula_and_the_sum_of_balances_are_one(opening, months):
    by_formula = opening * 12 + sum(satang * (12 - month) for month, satang in months)
    assert weights_baht_month({1: year(opening, months)}) == {1: by_formula}
    assert weights_baht_month({1: year(opening, months)}, cap=10**12) == {1: by_formula}
