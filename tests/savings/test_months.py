"""Laying an amount on months: every satang finds its month, or the amount is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savings.months import MonthOpen, MonthsError, lay_on_months, month_from_text, month_text
from thai.months import add_months

OPEN = st.lists(st.integers(min_value=1, max_value=1_000_00), max_size=14).map(
    lambda amounts: [MonthOpen(add_months(date(2026, 1, 1), place), satang) for place, satang in enumerate(amounts)]
)


@given(OPEN, st.integers(min_value=0, max_value=20_000_00))
def test_the_parts_are_the_whole_or_it_is_refused(months, amount):
    room = sum(month.satang for month in months)
    try:
        parts = lay_on_months(amount, open_months=months)
    except MonthsError:
        assert amount > room
    else:
        assert sum(satang for _month, satang in parts) == amount
        assert [month for month, _satang in parts] == [month.month for month in months[: len(parts)]]
        assert all(satang == months[place].satang for place, (_m, satang) in enumerate(parts[:-1]))


@given(OPEN, st.data())
def test_chosen_months_are_paid_whole_but_the_last(months, data):
    chosen = data.draw(st.lists(st.sampled_from(months), unique=True)) if months else []
    amount = sum(month.satang for month in chosen)
    if chosen:
        parts = lay_on_months(amount, open_months=months, chosen=[month.month for month in chosen])
        assert parts == sorted((month.month, month.satang) for month in chosen)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-1", "2026/10", "2026-13", "2026-00", "abcd-ef", "２０２６-10", "-026-10"]
)
def test_a_month_that_is_none_is_refused(text):
    assert not is_month(text)


def is_month(text):
    try:
        month_from_text(text)
    except ValueError:
        return False
    return True


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_month_written_is_read_back(day):
    assert month_from_text(month_text(day)) == day.replace(day=1)
