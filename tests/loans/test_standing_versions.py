"""Loans whose schedule was changed, and loans that the books began with."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from loans.schedule import DayCount, Method, Owed, Rhythm, build_schedule
from loans.standing import Brought, Paid, Plan, Terms, carried_by_reschedule, repay, standing

PAID_OUT, FEB_5 = date(2026, 1, 5), date(2026, 2, 5)
RESCHEDULED = date(2026, 4, 20)
MAY_5, JUN_5 = date(2026, 5, 5), date(2026, 6, 5)
RATE = Fraction(1, 100)
MONTHLY = Terms(RATE, Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS)
BY_DAYS = Terms(RATE, Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.DAYS_365)
HARVEST = Terms(RATE, Method.REDUCING, Rhythm.SINGLE_PAYMENT, DayCount.MONTHS)
LATE_COSTS = Terms(RATE, Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS, late_rate=Fraction(5, 1000))


def plan(terms: Terms, principal: int, count: int, starts_on: date, first_due_on: date, **carried: Any) -> Plan:
    rows = build_schedule(
        principal=principal,
        monthly_rate=RATE,
        instalments=count,
        method=terms.method,
        rhythm=terms.rhythm,
        starts_on=starts_on,
        first_due_on=first_due_on,
        day_count=terms.day_count,
    )
    return Plan(starts_on, principal, rows, **carried)


def test_a_new_plan_takes_over_on_its_day_and_the_old_one_holds_before_it():
    """12,000 over a year; 1,000 paid in February, then nothing; on 20 April the 11,000 are spread over 22 months."""
    paid = [Paid(FEB_5, 1_000_00, 120_00, 0)]
    old = plan(MONTHLY, 12_000_00, 12, PAID_OUT, FEB_5)
    new = plan(MONTHLY, 11_000_00, 22, RESCHEDULED, MAY_5, carried_interest=220_00)
    before = standing(terms=MONTHLY, plans=[old, new], paid=paid, as_of=date(2026, 4, 19))
    assert (before.interest_owed, before.principal_due, before.days_past_due) == (220_00, 2_000_00, 45)
    after = standing(terms=MONTHLY, plans=[old, new], paid=paid, as_of=RESCHEDULED)
    assert (after.interest_owed, after.principal_due, after.outstanding) == (220_00, 0, 11_000_00)
    assert len(after.instalments) == 23
    in_may = standing(terms=MONTHLY, plans=[old, new], paid=paid, as_of=MAY_5)
    assert (in_may.interest_owed, in_may.principal_due) == (330_00, 500_00)


def test_what_is_carried_is_paid_first_and_late_only_from_the_new_first_due_date():
    new = plan(LATE_COSTS, 11_000_00, 22, RESCHEDULED, MAY_5, carried_interest=220_00, carried_fine=15_00)
    on_the_day = standing(terms=LATE_COSTS, plans=[new], paid=[], as_of=date(2026, 5, 4))
    assert on_the_day.owed == (Owed(MAY_5, 15_00, 220_00, 0),)
    assert (on_the_day.days_past_due, on_the_day.oldest_unpaid_on) == (0, None)
    assert repay(on_the_day, 300_00).principal == 65_00
    late = standing(terms=LATE_COSTS, plans=[new], paid=[], as_of=date(2026, 5, 15))
    assert late.days_past_due == 10
    assert late.instalments[0].number == 0
    paid = [Paid(date(2026, 5, 4), 0, 220_00, 15_00)]
    assert standing(terms=LATE_COSTS, plans=[new], paid=paid, as_of=date(2026, 5, 4)).owed == ()


def test_what_is_paid_beyond_what_is_carried_goes_to_the_instalments():
    new = plan(LATE_COSTS, 11_000_00, 22, RESCHEDULED, MAY_5, carried_interest=220_00, carried_fine=15_00)
    paid = [Paid(date(2026, 5, 25), 0, 250_00, 16_00)]
    carried, first, second = standing(terms=LATE_COSTS, plans=[new], paid=paid, as_of=JUN_5).instalments[:3]
    assert (carried.interest_rest, carried.fine_rest) == (0, 0)
    assert (first.interest_paid, first.interest_rest) == (30_00, 80_00)
    assert (first.fine, first.fine_paid, first.fine_rest) == (2_55, 1_00, 1_55)  # 500 baht for 31 days
    assert (second.interest_paid, second.fine_paid) == (0, 0)


def test_paying_what_is_carried_pays_nothing_of_the_month_begun():
    new = plan(MONTHLY, 11_000_00, 22, RESCHEDULED, MAY_5, carried_interest=220_00)
    on = date(2026, 4, 25)
    found = standing(terms=MONTHLY, plans=[new], paid=[Paid(on, 0, 220_00, 0)], as_of=on)
    assert (found.interest_owed, found.settlement_interest) == (0, 110_00)


def test_the_month_begun_of_a_loan_brought_forward_is_paid_once():
    of = plan(MONTHLY, 12_000_00, 12, date(2024, 11, 5), date(2024, 12, 5))
    brought, on = Brought(date(2025, 1, 1), 11_000_00), date(2025, 1, 3)
    assert standing(terms=MONTHLY, plans=[of], paid=[], as_of=on, brought=brought).settlement == 11_110_00
    paid = [Paid(on, 10_000_00, 110_00, 0)]
    found = standing(terms=MONTHLY, plans=[of], paid=paid, as_of=on, brought=brought)
    assert (found.settlement, found.settlement_interest) == (1_000_00, 0)


def test_what_was_paid_on_the_day_of_the_reschedule_came_before_it_unless_the_principal_says_otherwise():
    old = plan(MONTHLY, 12_000_00, 12, PAID_OUT, FEB_5)
    new = plan(MONTHLY, 11_000_00, 22, RESCHEDULED, MAY_5)
    before_it = Paid(RESCHEDULED, 1_000_00, 240_00, 0)
    after_it = Paid(RESCHEDULED, 3_000_00, 0, 0)
    first = standing(terms=MONTHLY, plans=[old, new], paid=[before_it], as_of=RESCHEDULED)
    assert (first.outstanding, first.instalments[0].principal_paid) == (11_000_00, 0)
    both = standing(terms=MONTHLY, plans=[old, new], paid=[before_it, after_it], as_of=RESCHEDULED)
    assert (both.outstanding, both.instalments[0].principal_paid) == (8_000_00, 500_00)


def test_a_second_reschedule_takes_over_from_the_first():
    plans = [
        plan(MONTHLY, 12_000_00, 12, PAID_OUT, FEB_5),
        plan(MONTHLY, 12_000_00, 24, date(2026, 2, 20), date(2026, 3, 5), carried_interest=120_00),
        plan(MONTHLY, 11_500_00, 23, date(2026, 3, 20), date(2026, 4, 5)),
    ]
    paid = [Paid(date(2026, 3, 5), 500_00, 240_00, 0)]
    found = standing(terms=MONTHLY, plans=plans, paid=paid, as_of=date(2026, 4, 5))
    assert (found.interest_owed, found.principal_due, found.outstanding) == (115_00, 500_00, 11_500_00)


@pytest.mark.parametrize(
    ("terms", "count", "first_due_on", "as_of", "carried"),
    [
        (MONTHLY, 12, FEB_5, RESCHEDULED, 360_00),  # three months fell due; the new plan's first month is whole
        (BY_DAYS, 12, FEB_5, RESCHEDULED, 414_25),  # 12,000 x 12 % x 105 / 365: 122.30 + 110.47 + 122.30 + 59.18
        (HARVEST, 6, date(2026, 7, 5), RESCHEDULED, 480_00),  # four months begun
    ],
)
def test_a_reschedule_carries_what_is_owed_and_nothing_twice(terms, count, first_due_on, as_of, carried):
    of = plan(terms, 12_000_00, count, PAID_OUT, first_due_on)
    found = standing(terms=terms, plans=[of], paid=[], as_of=as_of)
    assert carried_by_reschedule(terms, found) == (carried, 0)


def test_a_loan_brought_forward_owes_from_that_day_on():
    """A contract of November with 26,400 of 28,800 left at 1 January, due on the 5th, paid to plan so far."""
    of = plan(MONTHLY, 28_800_00, 12, date(2024, 11, 5), date(2024, 12, 5))
    brought = Brought(date(2025, 1, 1), 26_400_00)
    at_first = standing(terms=MONTHLY, plans=[of], paid=[], as_of=brought.on, brought=brought)
    assert (at_first.outstanding, at_first.due_satang, at_first.settlement) == (26_400_00, 0, 26_400_00)
    assert at_first.instalments[0].is_paid
    in_january = standing(terms=MONTHLY, plans=[of], paid=[], as_of=date(2025, 1, 5), brought=brought)
    assert (in_january.interest_owed, in_january.principal_due) == (264_00, 2_400_00)
    paid = [Paid(date(2025, 1, 5), 2_400_00, 264_00, 0)]
    after = standing(terms=MONTHLY, plans=[of], paid=paid, as_of=date(2025, 1, 31), brought=brought)
    assert (after.due_satang, after.days_past_due, after.outstanding) == (0, 0, 24_000_00)


def test_a_loan_brought_forward_behind_its_plan_is_late_from_the_day_it_was_missed():
    of = plan(LATE_COSTS, 12_000_00, 12, date(2024, 9, 5), date(2024, 10, 5))
    brought = Brought(date(2025, 1, 1), 11_000_00)  # 10,000 at the latest by December, had it been paid
    found = standing(terms=LATE_COSTS, plans=[of], paid=[], as_of=date(2025, 1, 11), brought=brought)
    assert found.oldest_unpaid_on == date(2024, 11, 5)
    assert found.days_past_due == (date(2025, 1, 11) - date(2024, 11, 5)).days
    assert found.interest_owed == 110_00  # January's; until the books began it counts as paid
    assert [row.fine for row in found.instalments[:4]] == [0, 1_64, 1_64, 99]  # 10, 10 and 6 days of 0.5 % a month


def test_by_days_a_loan_brought_forward_counts_from_that_day():
    of = plan(BY_DAYS, 12_000_00, 12, date(2024, 12, 20), date(2025, 1, 20))
    brought = Brought(date(2025, 1, 1), 12_000_00)
    found = standing(terms=BY_DAYS, plans=[of], paid=[], as_of=date(2025, 1, 20), brought=brought)
    assert found.interest_owed == 74_96  # 12,000 x 12 % x 19 / 365


def test_a_single_payment_brought_forward_bears_the_months_that_end_later():
    of = plan(HARVEST, 10_000_00, 6, date(2024, 10, 5), date(2025, 4, 5))
    brought = Brought(date(2025, 1, 1), 10_000_00)
    found = standing(terms=HARVEST, plans=[of], paid=[], as_of=date(2025, 4, 5), brought=brought)
    assert found.interest_owed == 400_00  # January to April


def test_interest_that_the_paper_says_is_owed_is_owed_first():
    of = plan(MONTHLY, 12_000_00, 12, date(2024, 9, 5), date(2024, 10, 5))
    brought = Brought(date(2025, 1, 1), 11_000_00, interest_owed=220_00)
    found = standing(terms=MONTHLY, plans=[of], paid=[], as_of=date(2025, 1, 4), brought=brought)
    assert found.interest_owed == 220_00
    assert found.owed[0] == Owed(date(2024, 11, 5), 0, 220_00, 0)
    assert repay(found, 220_00).interest == 220_00


def test_a_loan_brought_forward_after_its_term_bears_interest_month_by_month():
    of = plan(MONTHLY, 2_000_00, 2, date(2024, 9, 5), date(2024, 10, 5))
    brought = Brought(date(2025, 1, 1), 1_000_00)
    found = standing(terms=MONTHLY, plans=[of], paid=[], as_of=date(2025, 2, 5), brought=brought)
    assert (found.interest_owed, found.principal_due) == (20_00, 1_000_00)
    assert [row.due_on for row in found.instalments[2:]] == [date(2025, 1, 5), date(2025, 2, 5)]


def test_what_falls_due_on_the_day_that_a_loan_is_brought_forward_counts_as_paid():
    ended = plan(MONTHLY, 2_000_00, 2, date(2024, 9, 5), date(2024, 10, 5))
    brought = Brought(date(2025, 1, 5), 1_000_00)
    found = standing(terms=MONTHLY, plans=[ended], paid=[], as_of=date(2025, 2, 5), brought=brought)
    assert [row.due_on for row in found.instalments[2:]] == [date(2025, 2, 5)]
    harvest = plan(HARVEST, 10_000_00, 6, date(2024, 10, 5), date(2025, 4, 5))
    in_april = standing(
        terms=HARVEST, plans=[harvest], paid=[], as_of=date(2025, 4, 5), brought=Brought(date(2025, 1, 5), 10_000_00)
    )
    assert in_april.interest_owed == 300_00


@pytest.mark.parametrize(
    ("brought", "names"),
    [(Brought(MAY_5, 1_000_00), "begins on 2026-05-05"), (Brought(PAID_OUT, 13_000_00), "brought forward")],
)
def test_what_cannot_have_been_brought_forward_is_refused(brought, names):
    of = plan(MONTHLY, 12_000_00, 12, PAID_OUT, FEB_5)
    with pytest.raises(ValueError, match=names):
        standing(terms=MONTHLY, plans=[of], paid=[], as_of=FEB_5, brought=brought)


def test_a_reschedule_after_the_books_began_knows_what_was_paid_since():
    of = plan(MONTHLY, 12_000_00, 12, date(2025, 9, 5), date(2025, 10, 5))
    brought = Brought(date(2026, 1, 1), 9_000_00)
    new = plan(MONTHLY, 8_000_00, 16, RESCHEDULED, MAY_5)
    paid = [Paid(date(2026, 1, 5), 1_000_00, 90_00, 0), Paid(MAY_5, 500_00, 80_00, 0)]
    found = standing(terms=MONTHLY, plans=[of, new], paid=paid, as_of=JUN_5, brought=brought)
    assert (found.outstanding, found.interest_owed, found.principal_due) == (7_500_00, 75_00, 500_00)
