"""Where a loan stands: due, late and to come; worked by hand."""

from datetime import date
from fractions import Fraction

import pytest

from loans.schedule import Allocation, DayCount, Instalment, Method, Owed, Rhythm
from loans.standing import Paid, Plan, Terms, repay
from tests.loans.worked_loans import (
    APR_5,
    BY_DAYS,
    FEB_5,
    FLAT,
    HARVEST,
    LATE_COSTS,
    MAR_5,
    MONTHLY,
    PAID_OUT,
    owed,
    plan,
    stands,
)


def test_on_the_day_of_the_payout_nothing_is_owed_and_the_principal_settles():
    found = stands(MONTHLY, PAID_OUT)
    assert owed(found) == (0, 0, 0)
    assert (found.outstanding, found.settlement, found.settlement_interest) == (12_000_00, 12_000_00, 0)
    assert (found.next_due_on, found.next_due_satang) == (FEB_5, 1_120_00)
    assert not found.is_closed


def test_on_its_due_date_an_instalment_is_due_and_not_yet_late():
    found = stands(MONTHLY, FEB_5)
    assert owed(found) == (0, 120_00, 1_000_00)
    assert found.due_satang == 1_120_00
    assert (found.overdue_principal, found.days_past_due, found.oldest_unpaid_on) == (0, 0, FEB_5)
    assert (found.next_due_on, found.next_due_satang) == (MAR_5, 1_110_00)
    assert found.owed == (Owed(FEB_5, 0, 120_00, 1_000_00),)


def test_the_day_after_it_is_a_day_late():
    found = stands(MONTHLY, date(2026, 2, 6))
    assert (found.overdue_principal, found.days_past_due) == (1_000_00, 1)
    assert found.instalments[0].days_late(found.as_of) == 1
    assert found.instalments[1].days_late(found.as_of) == 0


def test_interest_is_on_the_principal_actually_outstanding_and_bears_none_itself():
    """Nothing is paid: each month costs 1 % of the whole principal, and what is owed of it earns nothing."""
    found = stands(MONTHLY, APR_5)
    assert owed(found) == (0, 360_00, 3_000_00)
    assert [row.interest for row in found.instalments[:3]] == [120_00, 120_00, 120_00]
    assert found.days_past_due == (APR_5 - FEB_5).days


def test_an_early_payment_lowers_the_interest_and_covers_the_coming_instalments():
    found = stands(MONTHLY, FEB_5, Paid(date(2026, 1, 20), 2_500_00, 0, 0))
    assert owed(found) == (0, 95_00, 0)
    assert [row.interest for row in found.instalments[:5]] == [95_00, 95_00, 95_00, 90_00, 80_00]
    assert [row.principal_paid for row in found.instalments[:4]] == [1_000_00, 1_000_00, 500_00, 0]
    in_march = stands(MONTHLY, MAR_5, Paid(date(2026, 1, 20), 2_500_00, 0, 0), Paid(FEB_5, 0, 95_00, 0))
    assert owed(in_march) == (0, 95_00, 0)
    assert in_march.next_due_satang == 500_00 + 95_00


def test_a_payment_on_the_due_date_lowers_the_interest_of_the_next_period_only():
    assert stands(MONTHLY, FEB_5, Paid(FEB_5, 5_000_00, 0, 0)).interest_owed == 120_00
    assert stands(MONTHLY, MAR_5, Paid(FEB_5, 5_000_00, 120_00, 0)).interest_owed == 70_00


def test_by_days_interest_counts_each_sum_for_the_days_it_was_out():
    """12,000 for 15 days, then 9,500 for 16: 12 % x (12,000 x 15 + 9,500 x 16) / 365 = 109.1507 baht."""
    found = stands(BY_DAYS, FEB_5, Paid(date(2026, 1, 20), 2_500_00, 0, 0))
    assert found.interest_owed == 109_15
    assert found.next_due_satang == 87_45  # 9,500 x 12 % x 28 / 365 = 87.4521; the principal is paid ahead


def test_flat_interest_stays_what_was_agreed_until_nothing_is_outstanding():
    early = Paid(date(2026, 1, 20), 6_000_00, 0, 0)
    assert stands(FLAT, FEB_5, early).interest_owed == 120_00
    gone = Paid(date(2026, 2, 20), 6_000_00, 240_00, 0)
    assert stands(FLAT, MAR_5, early, gone).is_closed


def test_after_the_last_due_date_interest_goes_on_month_by_month():
    terms, of = MONTHLY, plan(MONTHLY, 2_000_00, 2)
    found = stands(terms, date(2026, 5, 20), Paid(FEB_5, 1_000_00, 20_00, 0), of=of)
    assert [(row.number, row.due_on, row.interest) for row in found.instalments[1:]] == [
        (2, MAR_5, 10_00),
        (3, APR_5, 10_00),
        (4, date(2026, 5, 5), 10_00),
    ]
    assert owed(found) == (0, 30_00, 1_000_00)
    assert (found.next_due_on, found.next_due_satang) == (None, 0)
    assert found.settlement == 1_000_00 + 30_00 + 10_00  # the month begun on 5 May counts whole


def test_after_the_term_interest_falls_due_on_the_last_day_of_a_short_month():
    of = plan(MONTHLY, 1_000_00, 1, starts_on=date(2025, 12, 31), first_due_on=date(2026, 1, 31))
    found = stands(MONTHLY, date(2026, 4, 30), of=of)
    assert [row.due_on for row in found.instalments] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert found.interest_owed == 40_00


def test_flat_interest_after_the_term_is_on_what_is_outstanding():
    of = plan(FLAT, 2_000_00, 2)
    found = stands(FLAT, APR_5, Paid(FEB_5, 1_500_00, 20_00, 0), of=of)
    assert [row.interest for row in found.instalments] == [20_00, 20_00, 5_00]


def test_a_single_payment_bears_each_month_on_what_was_then_outstanding():
    due = date(2026, 7, 5)
    of = plan(HARVEST, 10_000_00, 6, first_due_on=due)
    half = Paid(date(2026, 3, 20), 5_000_00, 0, 0)
    found = stands(HARVEST, due, half, of=of)
    assert owed(found) == (0, 2 * 100_00 + 4 * 50_00, 5_000_00)
    assert stands(HARVEST, due, of=of).interest_owed == 600_00
    begun = stands(HARVEST, date(2026, 4, 6), half, of=of)
    assert (begun.interest_owed, begun.settlement_interest) == (0, 2 * 100_00 + 50_00 + 50_00)
    assert (begun.next_due_on, begun.next_due_satang) == (due, 5_000_00 + 400_00)
    after_the_term = stands(HARVEST, date(2026, 8, 5), half, of=of)
    assert after_the_term.interest_owed == 450_00


@pytest.mark.parametrize("due", [date(2026, 4, 5), date(2026, 10, 5)])
def test_a_single_payment_bears_the_months_agreed_even_if_it_falls_due_earlier_or_later(due):
    of = plan(HARVEST, 10_000_00, 6, first_due_on=due)
    assert stands(HARVEST, due, of=of).interest_owed == 600_00
    assert stands(HARVEST, PAID_OUT, of=of).settlement == 10_000_00


@pytest.mark.parametrize("planned", [0, 123_45])
def test_a_single_payment_whose_plan_tells_no_whole_months_bears_the_calendar_months(planned):
    of = Plan(PAID_OUT, 10_000_00, (Instalment(1, APR_5, 10_000_00, planned),))
    assert stands(HARVEST, APR_5, of=of).interest_owed == 300_00
    within_a_month = Plan(PAID_OUT, 10_000_00, (Instalment(1, date(2026, 1, 25), 10_000_00, planned),))
    assert stands(HARVEST, date(2026, 1, 25), of=within_a_month).interest_owed == 100_00


def test_flat_interest_is_whole_while_a_satang_is_outstanding():
    nearly_all = Paid(date(2026, 1, 20), 11_999_99, 0, 0)
    found = stands(FLAT, FEB_5, nearly_all)
    assert (found.interest_owed, found.next_due_satang) == (120_00, 120_00)
    assert stands(FLAT, date(2026, 2, 1), nearly_all).settlement_interest == 120_00


def test_the_late_charge_is_on_overdue_principal_only_by_days():
    """1,000 late 28 days, then 2,000 late 10 days, at 0.5 % a month: 12 x 0.005 x (1,000 x 38 + 1,000 x 10) / 365."""
    found = stands(LATE_COSTS, date(2026, 3, 15))
    assert [row.fine for row in found.instalments[:3]] == [6_25, 1_64, 0]
    assert found.fine_owed == 7_89
    assert found.interest_owed == 240_00


def test_a_late_charge_stops_with_its_principal_and_makes_no_day_late_alone():
    on = date(2026, 2, 15)
    found = stands(LATE_COSTS, MAR_5, Paid(on, 1_000_00, 120_00, 0))
    assert found.fine_owed == 1_64
    assert found.oldest_unpaid_on == MAR_5
    later = stands(LATE_COSTS, date(2026, 3, 20), Paid(on, 1_000_00, 120_00, 0), Paid(MAR_5, 1_000_00, 110_00, 0))
    assert (later.fine_owed, later.days_past_due, later.oldest_unpaid_on) == (1_64, 0, None)


def test_fines_are_paid_first_or_after_the_principal_owed():
    found = stands(LATE_COSTS, date(2026, 3, 15))
    assert repay(found, 100_00) == Allocation(7_89, 92_11, 0, 0)
    assert repay(found, 2_240_00, fines_last=True) == Allocation(0, 240_00, 2_000_00, 0)
    assert repay(found, 2_250_00, fines_last=True) == Allocation(7_89, 240_00, 2_002_11, 0)


def test_the_last_of_the_principal_waits_for_the_fines_even_where_they_come_last():
    """With nothing outstanding the loan would be closed, and nobody could pay its fines any more."""
    found = stands(LATE_COSTS, date(2027, 3, 15))
    without_fines = found.settlement - found.fine_owed
    pays = repay(found, without_fines, fines_last=True)
    assert pays.fine == found.fine_owed > 0
    assert found.outstanding - pays.principal == found.fine_owed
    nearly = repay(found, without_fines - 1_00, fines_last=True)
    assert found.outstanding - nearly.principal > 0


def test_a_payment_taken_back_counts_negative_on_its_day():
    wrong = [Paid(FEB_5, 1_000_00, 120_00, 0), Paid(date(2026, 2, 20), -1_000_00, -120_00, 0)]
    assert owed(stands(MONTHLY, date(2026, 2, 20), *wrong)) == (0, 120_00, 1_000_00)
    assert stands(MONTHLY, MAR_5, *wrong).interest_owed == 240_00


def test_what_comes_later_is_not_known_yet():
    assert stands(MONTHLY, FEB_5, Paid(MAR_5, 1_000_00, 120_00, 0)) == stands(MONTHLY, FEB_5)


def test_of_payments_on_the_day_and_after_only_those_after_are_left_out():
    paid = [Paid(FEB_5, 1_000_00, 120_00, 0), Paid(MAR_5, 1_000_00, 110_00, 0)]
    assert stands(MONTHLY, FEB_5, *paid) == stands(MONTHLY, FEB_5, paid[0])
    assert stands(MONTHLY, FEB_5, *paid).due_satang == 0


@pytest.mark.parametrize(("principal", "fine"), [(499, 0), (500, 1)])
def test_half_a_satang_of_late_charge_is_one(principal, fine):
    """A charge of a thousandth a day, for one day."""
    terms = Terms(Fraction(0), Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS, Fraction(365, 12_000))
    assert stands(terms, date(2026, 2, 6), of=plan(terms, principal, 1)).fine_owed == fine


def test_an_instalment_says_what_is_left_of_it():
    row = stands(LATE_COSTS, date(2026, 2, 15), Paid(date(2026, 2, 10), 400_00, 120_00, 0)).instalments[0]
    assert (row.principal_rest, row.interest_rest, row.fine_rest) == (
        600_00,
        0,
        1_32,
    )  # 12 x 0.5 % x (1,000 x 5 + 600 x 5) / 365
    assert (row.total, row.paid, row.rest) == (1_121_32, 520_00, 601_32)
    assert not row.is_paid
    assert row.is_due(FEB_5)
    assert not row.is_due(date(2026, 2, 4))


@pytest.mark.parametrize(
    ("as_of", "paid", "names"),
    [
        (date(2026, 1, 4), (), "begins on 2026-01-05"),
        (MAR_5, (Paid(MAR_5, 1_00, 0, 0), Paid(FEB_5, 1_00, 0, 0)), "order of their days"),
        (MAR_5, (Paid(FEB_5, 12_000_01, 0, 0),), "1200001 satang"),
    ],
)
def test_what_cannot_be_is_refused(as_of, paid, names):
    with pytest.raises(ValueError, match=names):
        stands(MONTHLY, as_of, *paid)


def test_a_payment_of_nothing_is_refused():
    with pytest.raises(ValueError, match="more than 0"):
        repay(stands(MONTHLY, FEB_5), 0)
