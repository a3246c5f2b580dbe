"""The arithmetic of interest: examples reckoned by hand, and laws that hold for any book."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savings.interest import DAILY, MONTHLY, Movement, Step, Terms, Working, interest, next_period_end, terms_on

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)
YEAR_END = date(2026, 12, 31)
DAY3, MONTH3 = Terms(JANUARY, 3_00, DAILY), Terms(JANUARY, 3_00, MONTHLY)


@pytest.mark.parametrize(
    ("terms", "movements", "satang"),
    [
        (DAY3, [], 24_66),  # 1,000,000 x 30 x 300 / 3,650,000 = 2,465.75
        (MONTH3, [], 25_00),  # 1,000,000 x 300 / 120,000
        (DAY3, [Movement(date(2026, 6, 11), 500_000)], 32_88),  # 10 days of 10,000, 20 of 15,000: 3,287.67
        (MONTH3, [Movement(date(2026, 6, 2), 500_000)], 25_00),  # the first day had the lower balance
        (MONTH3, [Movement(date(2026, 6, 1), 500_000)], 37_50),  # a deposit on the first day counts
        (DAY3, [Movement(date(2026, 6, 30), -1_000_000)], 23_84),  # the day of a withdrawal does not count: 2,383.56
        (MONTH3, [Movement(date(2026, 6, 30), -400_000)], 15_00),
    ],
)
def test_one_month_by_hand(terms, movements, satang):
    assert interest(1_000_000, movements, [terms], first=JUNE, last=date(2026, 6, 30)).satang == satang


def test_half_a_satang_is_rounded_up_once_at_the_end():
    assert Working((Step(JUNE, date(2026, 6, 30), 200, 3_00, MONTHLY),)).satang == 1  # 0.5
    assert Working((Step(JUNE, date(2026, 6, 30), 199, 3_00, MONTHLY),)).satang == 0
    assert interest(100, [], [MONTH3], first=JUNE, last=date(2026, 7, 31)).satang == 1  # twice 0.25, not twice nought


def test_a_leap_year_has_365_days_of_a_year_and_366_that_earn():
    leap = interest(
        3_650_000, [], [Terms(date(2028, 1, 1), 1_00, DAILY)], first=date(2028, 1, 1), last=date(2028, 12, 31)
    )
    assert leap.satang == 36_600


def test_each_month_is_reckoned_by_the_terms_of_its_first_day():
    terms = [DAY3, Terms(date(2026, 7, 1), 6_00, MONTHLY)]
    working = interest(1_000_000, [], terms, first=JUNE, last=date(2026, 7, 31))
    assert [(step.method, step.rate) for step in working.steps] == [(DAILY, 3_00), (MONTHLY, 6_00)]
    assert working.satang == 74_66


def test_before_the_first_terms_nothing_is_earned():
    assert (
        interest(1_000_000, [], [Terms(date(2026, 7, 1), 3_00, MONTHLY)], first=JUNE, last=date(2026, 7, 31)).satang
        == 25_00
    )
    assert terms_on([MONTH3], date(2025, 12, 31)) is None


def test_only_whole_months_are_reckoned():
    for first, last in ((date(2026, 6, 2), YEAR_END), (JUNE, date(2026, 6, 29))):
        with pytest.raises(ValueError, match="whole months"):
            interest(0, [], [DAY3], first=first, last=last)


def test_the_next_crediting_is_the_first_one_on_or_after_the_start():
    assert next_period_end(JANUARY, (6, 12)) == date(2026, 6, 30)
    assert next_period_end(date(2026, 7, 1), (6, 12)) == YEAR_END
    assert next_period_end(date(2026, 7, 1), (2,)) == date(2027, 2, 28)


DAYS = st.integers(0, 364).map(lambda day: JANUARY + timedelta(days=day))
MOVES = st.lists(st.builds(Movement, DAYS, st.integers(0, 10**8)), max_size=12)
BALANCES = st.integers(0, 10**9)
RATES = st.integers(0, 100_00)


def day_by_day(balance, movements, rate):
    total = Fraction(0)
    for count in range(365):
        day = JANUARY + timedelta(days=count)
        at_end = balance + sum(move.satang for move in movements if move.on <= day)
        total += Fraction(at_end * rate, 100_00 * 365)
    return int(total + Fraction(1, 2))


@given(BALANCES, MOVES, RATES)
def test_by_day_is_the_sum_of_every_day(balance, movements, rate):
    found = interest(balance, movements, [Terms(JANUARY, rate, DAILY)], first=JANUARY, last=YEAR_END)
    assert found.satang == day_by_day(balance, movements, rate)


@given(BALANCES, MOVES, RATES)
def test_by_month_never_gives_more_than_the_closing_balance_would(balance, movements, rate):
    found = interest(balance, movements, [Terms(JANUARY, rate, MONTHLY)], first=JANUARY, last=YEAR_END)
    most = balance + sum(move.satang for move in movements)
    assert 0 <= found.satang <= (most * rate + 50_00) // 100_00
    assert all(step.balance >= balance for step in found.steps)


@given(BALANCES, MOVES, RATES, st.sampled_from([DAILY, MONTHLY]))
def test_the_order_of_movements_does_not_matter(balance, movements, rate, method):
    terms = [Terms(JANUARY, rate, method)]
    one = interest(balance, movements, terms, first=JANUARY, last=YEAR_END)
    assert one == interest(balance, movements[::-1], terms, first=JANUARY, last=YEAR_END)


@given(BALANCES, MOVES, RATES, st.sampled_from([DAILY, MONTHLY]), st.integers(1, 11))
def test_the_steps_of_two_halves_are_the_whole(balance, movements, rate, method, month):
    terms = [Terms(JANUARY, rate, method)]
    cut = date(2026, month + 1, 1)
    before = [move for move in movements if move.on < cut]
    first = interest(balance, before, terms, first=JANUARY, last=cut - timedelta(days=1))
    at_cut = balance + sum(move.satang for move in before)
    second = interest(at_cut, [move for move in movements if move.on >= cut], terms, first=cut, last=YEAR_END)
    whole = interest(balance, movements, terms, first=JANUARY, last=YEAR_END)
    assert sum(step.weight for step in (*first.steps, *second.steps)) == sum(step.weight for step in whole.steps)
