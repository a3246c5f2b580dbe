"""What a loan costs a year, and the law's cap of 15 %."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from loans.schedule import (
    DayCount,
    Instalment,
    Method,
    Rhythm,
    build_schedule,
    cap_schedule,
    due_date,
    exceeds_cap,
    nominal_apr,
)

JAN_5, FEB_5 = date(2026, 1, 5), date(2026, 2, 5)
QUARTER, ABOVE = Fraction(125, 10_000), Fraction(126, 10_000)


def terms(rate: Fraction, count: int = 12, **changed: Any) -> dict[str, Any]:
    return {
        "principal": 12_000_00,
        "monthly_rate": rate,
        "instalments": count,
        "method": Method.REDUCING,
        "rhythm": Rhythm.EQUAL_PRINCIPAL,
        "starts_on": JAN_5,
        "first_due_on": FEB_5,
    } | changed


def equal_payments(payment: int, count: int, starts_on: date = JAN_5, first_due_on: date = FEB_5) -> list[Instalment]:
    return [Instalment(number, due_date(first_due_on, number - 1), payment, 0) for number in range(1, count + 1)]


def is_too_dear(rate: Fraction, count: int, **changed: Any) -> bool:
    """Whether a product's loans of so many instalments, a month apart, cost more than the law allows."""
    wanted = terms(rate, count, **changed)
    if wanted["rhythm"] == Rhythm.SINGLE_PAYMENT:
        wanted["first_due_on"] = due_date(JAN_5, count)
    return exceeds_cap(cap_schedule(**wanted), wanted["principal"], JAN_5)


@pytest.mark.parametrize(("rate", "yearly"), [("0.01", "21.46"), ("0.0075", "16.22"), ("0.005", "10.90")])
def test_flat_interest_over_a_year_costs_nearly_twice_its_rate(rate, yearly):
    schedule = build_schedule(**terms(Fraction(rate), method=Method.FLAT))
    assert nominal_apr(schedule, 12_000_00, JAN_5) == Decimal(yearly)
    assert str(nominal_apr(schedule, 12_000_00, JAN_5)) == yearly


@pytest.mark.parametrize(
    ("lent", "payment", "count", "yearly"),
    [
        (
            5_000_00,
            230_00,
            24,
            "9.69",
        ),  # 12 CFR 1026 (Regulation Z), Appendix J (c)(1)(i): monthly, regular first period
        (8_000_00, 200_00, 48, "9.24"),  # Microsoft Excel help, RATE: 8,000 in four years of 200 a month, 9.24 % a year
    ],
)
def test_published_yearly_rates(lent, payment, count, yearly):
    assert nominal_apr(equal_payments(payment, count), lent, JAN_5) == Decimal(yearly)


@pytest.mark.parametrize("rhythm", [Rhythm.EQUAL_PRINCIPAL, Rhythm.EQUAL_INSTALMENT, Rhythm.INTEREST_ONLY])
def test_reducing_by_months_costs_twelve_times_its_rate(rhythm):
    assert nominal_apr(build_schedule(**terms(Fraction(1, 100), rhythm=rhythm)), 12_000_00, JAN_5) == Decimal("12.00")


def test_a_rate_of_nothing_costs_nothing():
    assert nominal_apr(build_schedule(**terms(Fraction(0))), 12_000_00, JAN_5) == Decimal("0.00")


def test_the_yearly_rate_is_rounded_half_up_from_its_exact_value():
    """One payment after a month: the yearly rate is exactly 12 x interest / principal."""
    for interest, yearly in ((1_000_04, "12.00"), (1_000_42, "12.01"), (1_000_41, "12.00"), (1_000_50, "12.01")):
        assert nominal_apr([Instalment(1, FEB_5, 100_000_00, interest)], 100_000_00, JAN_5) == Decimal(yearly)
    half = [Instalment(1, FEB_5, 240_000, 2401)]  # 12.005 % exactly
    assert nominal_apr(half, 240_000, JAN_5) == Decimal("12.01")


def test_months_are_calendar_months_from_the_payout_at_least_one():
    within_the_month = [Instalment(1, date(2026, 1, 31), 100_00, 1_00)]
    assert nominal_apr(within_the_month, 100_00, JAN_5) == Decimal("12.00")
    in_the_second = [Instalment(1, date(2026, 3, 1), 100_00, 2_01)]
    assert nominal_apr(in_the_second, 100_00, date(2026, 1, 31)) == Decimal("12.00")


def test_very_dear_loans_have_a_yearly_rate_too():
    assert nominal_apr([Instalment(1, FEB_5, 100_00, 900_00)], 100_00, JAN_5) == Decimal("10800.00")


@pytest.mark.parametrize(
    ("schedule", "lent", "names"),
    [
        ([], 100_00, "at least one"),
        (equal_payments(1_00, 12), 0, "principal"),
        (equal_payments(1_00, 12), 12_01, "less than"),
    ],
)
def test_what_has_no_yearly_rate_is_refused(schedule, lent, names):
    with pytest.raises(ValueError, match=names):
        nominal_apr(schedule, lent, JAN_5)


def test_the_cap_itself_is_allowed_and_a_satang_above_is_not():
    at_the_cap = [Instalment(1, FEB_5, 10_000_00, 125_00)]
    a_satang_more = [Instalment(1, FEB_5, 10_000_00, 125_01)]
    assert not exceeds_cap(at_the_cap, 10_000_00, JAN_5)
    assert exceeds_cap(a_satang_more, 10_000_00, JAN_5)
    assert nominal_apr(a_satang_more, 10_000_00, JAN_5) == Decimal("15.00")  # what is printed would not tell


def test_another_cap_may_be_asked_for():
    schedule = build_schedule(**terms(Fraction(1, 100)))
    assert exceeds_cap(schedule, 12_000_00, JAN_5, cap=Fraction(1199, 10_000))
    assert not exceeds_cap(schedule, 12_000_00, JAN_5, cap=Fraction(12, 100))


@pytest.mark.parametrize("count", [1, 2, 7, 12, 36, 60])
@pytest.mark.parametrize("rhythm", [Rhythm.EQUAL_PRINCIPAL, Rhythm.EQUAL_INSTALMENT, Rhythm.INTEREST_ONLY])
def test_a_quarter_above_one_per_cent_a_month_is_the_most_that_reducing_may_cost(rhythm, count):
    assert not is_too_dear(QUARTER, count, rhythm=rhythm)
    assert is_too_dear(ABOVE, count, rhythm=rhythm)


def test_rounding_alone_puts_no_loan_above_the_cap():
    odd = terms(QUARTER, 7, principal=333_33)
    assert exceeds_cap(build_schedule(**odd), 333_33, JAN_5)
    assert not exceeds_cap(cap_schedule(**odd), 333_33, JAN_5)


@pytest.mark.parametrize("first_due_on", [date(2026, 1, 31), FEB_5, date(2026, 4, 1)])
def test_long_months_put_no_loan_by_days_above_the_cap(first_due_on):
    for rhythm in Rhythm:
        by_days = {"rhythm": rhythm, "first_due_on": first_due_on, "day_count": DayCount.DAYS_365}
        assert not exceeds_cap(cap_schedule(**terms(QUARTER, **by_days)), 12_000_00, JAN_5)


def test_by_days_above_the_cap_is_still_above_it():
    assert exceeds_cap(cap_schedule(**terms(ABOVE, day_count=DayCount.DAYS_365)), 12_000_00, JAN_5)


def test_a_months_interest_for_some_days_is_what_it_is():
    """By months a first period of two days costs a whole month: with a payment in each month that is above the cap."""
    hasty = terms(QUARTER, starts_on=date(2026, 1, 29), first_due_on=date(2026, 1, 31))
    assert exceeds_cap(cap_schedule(**hasty), 12_000_00, date(2026, 1, 29))


def test_flat_interest_costs_most_in_the_middle_terms():
    flat = {"method": Method.FLAT, "rhythm": Rhythm.EQUAL_INSTALMENT}
    assert [is_too_dear(Fraction(8, 1000), count, **flat) for count in (1, 2, 12, 36)] == [False, False, True, True]


def test_simple_interest_paid_at_the_end_may_have_a_higher_rate():
    assert not is_too_dear(ABOVE, 12, rhythm=Rhythm.SINGLE_PAYMENT)


def test_grace_belongs_to_the_product_and_conserves_the_principal():
    schedule = cap_schedule(**terms(QUARTER, 7, grace_principal=2, rhythm=Rhythm.EQUAL_INSTALMENT))
    assert sum(row.principal for row in schedule) == 12_000_00
    assert [row.principal for row in schedule[:2]] == [0, 0]
    assert not exceeds_cap(schedule, 12_000_00, JAN_5)
