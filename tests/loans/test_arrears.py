"""Ageing, allowance, portfolio at risk, the guarantors' notice, stamp duty."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.arrears import (
    Aged,
    AgeingLine,
    Bucket,
    ageing,
    allowance,
    bucket_of,
    needs_writing,
    notice_deadline,
    notice_for,
    par30,
    stamp_duty,
)

THOUSAND = 1_000_00
DUE = date(2026, 3, 5)
LOANS = st.builds(Aged, st.integers(0, 500_000_00), st.integers(0, 400), st.booleans())


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, Bucket.CURRENT),
        (1, Bucket.DAYS_1_30),
        (30, Bucket.DAYS_1_30),
        (31, Bucket.DAYS_31_60),
        (60, Bucket.DAYS_31_60),
        (61, Bucket.DAYS_61_90),
        (90, Bucket.DAYS_61_90),
        (91, Bucket.DAYS_91_180),
        (180, Bucket.DAYS_91_180),
        (181, Bucket.OVER_180),
        (4000, Bucket.OVER_180),
    ],
)
def test_each_day_belongs_to_one_bucket(days, bucket):
    assert bucket_of(days) == bucket


def test_days_below_nothing_are_refused():
    with pytest.raises(ValueError, match="-1"):
        bucket_of(-1)


@pytest.mark.parametrize(("days", "baht"), [(0, 0), (30, 0), (60, 100), (90, 250), (180, 500), (181, 1_000)])
def test_the_allowance_follows_the_bucket(days, baht):
    assert allowance(THOUSAND, days) == baht * 100


def test_a_group_may_set_other_percentages_and_halves_are_rounded_up():
    assert allowance(THOUSAND, 10, percent=(5, 10, 25, 50, 100)) == 50_00
    assert allowance(5, 31) == 1
    assert allowance(4, 31) == 0


@pytest.mark.parametrize("percent", [(10, 25, 50, 100), (0, 10, 25, 50, 101), (0, -1, 25, 50, 100), ()])
def test_percentages_that_are_none_are_refused(percent):
    with pytest.raises(ValueError, match="five percentages"):
        allowance(THOUSAND, 10, percent)


def test_the_ageing_sums_every_bucket_in_order_and_leaves_out_what_is_paid():
    loans = [Aged(THOUSAND, 0), Aged(2 * THOUSAND, 45), Aged(3 * THOUSAND, 45), Aged(0, 500), Aged(THOUSAND, 200)]
    assert ageing(loans) == (
        AgeingLine(Bucket.CURRENT, 1, THOUSAND, 0),
        AgeingLine(Bucket.DAYS_1_30, 0, 0, 0),
        AgeingLine(Bucket.DAYS_31_60, 2, 5 * THOUSAND, 500_00),
        AgeingLine(Bucket.DAYS_61_90, 0, 0, 0),
        AgeingLine(Bucket.DAYS_91_180, 0, 0, 0),
        AgeingLine(Bucket.OVER_180, 1, THOUSAND, THOUSAND),
    )


@given(st.lists(LOANS, max_size=20))
def test_the_ageing_neither_loses_nor_adds_a_satang(loans):
    lines = ageing(loans)
    assert [line.bucket for line in lines] == list(Bucket)
    assert sum(line.outstanding for line in lines) == sum(loan.outstanding for loan in loans)
    assert all(0 <= line.allowance <= line.outstanding for line in lines)


def test_par30_counts_all_that_is_left_of_late_and_rescheduled_loans():
    """CGAP: all outstanding principal of a loan with any payment more than 30 days late, not the late part only."""
    loans = [
        Aged(60_000_00, 0),
        Aged(20_000_00, 30),
        Aged(15_000_00, 31),
        Aged(5_000_00, 0, is_rescheduled=True),
    ]
    assert par30(loans) == Fraction(20, 100)


def test_without_loans_there_is_no_portfolio_at_risk():
    assert par30([]) is None
    assert par30([Aged(0, 90)]) is None


@given(st.lists(LOANS, min_size=1, max_size=20))
def test_the_portfolio_at_risk_is_a_part_of_the_portfolio(loans):
    found = par30(loans)
    assert found is None or 0 <= found <= 1


def test_the_notice_to_guarantors_is_due_sixty_days_after_the_instalment():
    assert notice_deadline(DUE) == date(2026, 5, 4)
    assert notice_deadline(date(2024, 1, 31)) == date(2024, 3, 31)  # a leap year


@pytest.mark.parametrize(
    ("days", "alarm", "left", "is_missed"),
    [
        (0, 0, 60, False),
        (29, 0, 31, False),
        (30, 30, 30, False),
        (44, 30, 16, False),
        (45, 45, 15, False),
        (55, 55, 5, False),
        (60, 55, 0, False),
        (61, 55, -1, True),
    ],
)
def test_the_alarms_come_after_30_45_and_55_days(days, alarm, left, is_missed):
    notice = notice_for(DUE, DUE + timedelta(days=days))
    assert (notice.days_late, notice.alarm, notice.days_left, notice.is_missed) == (days, alarm, left, is_missed)


def test_before_the_due_date_nothing_is_late():
    notice = notice_for(DUE, date(2026, 3, 1))
    assert (notice.days_late, notice.alarm, notice.days_left) == (0, 0, 64)


@pytest.mark.parametrize(
    ("baht", "duty"),
    [(1, 1), (2_000, 1), (2_001, 2), (5_450, 3), (40_000, 20), (20_000_000, 10_000), (30_000_000, 10_000)],
)
def test_stamp_duty_is_a_baht_for_every_two_thousand_or_part(baht, duty):
    """Revenue Code, stamp duty schedule, no. 5: loan of money, 1 baht for 2,000 baht or part, at most 10,000 baht."""
    assert stamp_duty(baht * 100) == duty * 100


def test_a_satang_above_two_thousand_baht_is_a_part():
    assert stamp_duty(1) == 1_00
    assert stamp_duty(2_000_01) == 2_00


def test_a_contract_over_nothing_bears_no_stamp():
    with pytest.raises(ValueError, match="principal"):
        stamp_duty(0)


def test_above_two_thousand_baht_a_loan_must_be_in_writing():
    assert not needs_writing(2_000_00)
    assert needs_writing(2_000_01)
