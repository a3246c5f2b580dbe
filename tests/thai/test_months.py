"""Months are counted across years, account years may begin in any month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thai.months import (
    account_year,
    account_year_start,
    add_months,
    buddhist_year,
    days_in_month,
    format_month,
    month_of,
    months_apart,
    months_between,
)

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


def test_months_pass_over_the_turn_of_the_year():
    assert list(months_between(date(2025, 11, 20), date(2026, 2, 1))) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip
    assert list(months_between(date(2026, 2, 1), date(2026, 1, 31))) == []


@given(days, st.integers(min_value=-600, max_value=600))
def test_adding_months_and_counting_them_agree(on, count):
    later = add_months(on, count)
    assert later.day == 1
    assert months_apart(on, later) == count
    assert add_months(later, -count) == month_of(on)


def test_an_account_year_is_named_after_the_year_in_which_it_begins():
    assert account_year(date(2025, 12, 31)) == 2568
    assert account_year(date(2026, 3, 31), start_month=4) == 2568
    assert account_year(date(2026, 4, 1), start_month=4) == 2569
    assert account_year_start(2568, start_month=4) == date(2025, 4, 1)


@given(days, st.integers(min_value=1, max_value=12))
def test_every_day_lies_in_its_account_year(on, start_month):
    year = account_year(on, start_month=start_month)
    first = account_year_start(year, start_month=start_month)
    assert first <= on < account_year_start(year + 1, start_month=start_month)


def test_a_leap_february_has_29_days():
    assert days_in_month(date(2024, 2, 10)) == 29
    assert days_in_month(date(2026, 2, 10)) == 28
    assert buddhist_year(date(2026, 2, 10)) == 2569


def test_months_are_named_in_both_languages():
    month = date(2025, 12, 1)
    assert format_month(month) == "ธันวาคม\u00a02568"
    assert format_month(month, "passbook", "en") == "Dec\u00a068"
    assert format_month(month, "name") == "ธันวาคม"
    assert format_month(month, "name_short", "en") == "Dec"
    with pytest.raises(ValueError, match="style"):
        format_month(month, "fancy")
