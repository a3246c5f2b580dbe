"""Schedules: the worked figures, the rhythms, the due dates, and what is refused."""

from dataclasses import FrozenInstanceError
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from loans.schedule import DayCount, Instalment, Method, Rhythm, build_schedule, due_date, half_up

JAN_5, FEB_5 = date(2026, 1, 5), date(2026, 2, 5)
ONE_PER_CENT = Fraction(1, 100)
AMORTISING = [Rhythm.EQUAL_PRINCIPAL, Rhythm.EQUAL_INSTALMENT]
BULLETS = [Rhythm.INTEREST_ONLY, Rhythm.SINGLE_PAYMENT]


def plan(principal: int = 12_000_00, count: int = 12, **changed: Any) -> tuple[Instalment, ...]:
    terms: dict[str, Any] = {
        "monthly_rate": ONE_PER_CENT,
        "method": Method.REDUCING,
        "rhythm": Rhythm.EQUAL_PRINCIPAL,
        "starts_on": JAN_5,
        "first_due_on": FEB_5,
    }
    return build_schedule(principal=principal, instalments=count, **terms | changed)


def interest(schedule: tuple[Instalment, ...]) -> int:
    return sum(row.interest for row in schedule)


def test_twelve_thousand_over_a_year_costs_780_reducing_and_1440_flat():
    assert interest(plan()) == 780_00
    assert [row.interest for row in plan()] == [part * 10_00 for part in range(12, 0, -1)]
    assert {row.principal for row in plan()} == {1_000_00}
    for rhythm in AMORTISING:
        flat = plan(method=Method.FLAT, rhythm=rhythm)
        assert interest(flat) == 1_440_00
        assert {(row.principal, row.interest) for row in flat} == {(1_000_00, 120_00)}


def test_five_thousand_in_eighteen_level_instalments_of_whole_baht():
    schedule = plan(5_000_00, 18, rhythm=Rhythm.EQUAL_INSTALMENT, round_to=100)
    assert schedule[0] == Instalment(1, FEB_5, 255_00, 50_00)
    assert schedule[1] == Instalment(2, date(2026, 3, 5), 257_55, 47_45)
    assert {row.total for row in schedule[:-1]} == {305_00}
    assert (schedule[-1].principal, schedule[-1].interest) == (300_22, 3_00)
    assert interest(schedule) == 488_22


def test_equal_principal_in_whole_baht_leaves_the_rest_to_the_last():
    parts = [row.principal for row in plan(10_000_00, 12, round_to=100)]
    assert parts == [833_00] * 11 + [837_00]


def test_flat_instalments_are_level_at_the_step_and_the_last_takes_the_rest():
    schedule = plan(10_000_00, 12, method=Method.FLAT, round_to=100)
    assert {row.total for row in schedule[:-1]} == {933_00}
    assert {row.interest for row in schedule} == {100_00}
    assert schedule[-1].principal == 10_000_00 - 11 * 833_00


def test_interest_only_pays_the_principal_at_the_end():
    schedule = plan(rhythm=Rhythm.INTEREST_ONLY)
    assert {row.interest for row in schedule} == {120_00}
    assert [row.principal for row in schedule] == [0] * 11 + [12_000_00]


def test_a_single_payment_bears_simple_interest_for_its_term():
    due = date(2026, 7, 5)
    assert plan(10_000_00, 6, rhythm=Rhythm.SINGLE_PAYMENT, first_due_on=due) == (
        Instalment(1, due, 10_000_00, 600_00),
    )


def test_a_single_payment_by_days_bears_interest_from_the_payout():
    due = date(2026, 7, 5)  # 181 days
    [row] = plan(10_000_00, 6, rhythm=Rhythm.SINGLE_PAYMENT, first_due_on=due, day_count=DayCount.DAYS_365)
    assert row.interest == 595_07  # 10,000 x 12 % x 181 / 365 = 595.0685


@pytest.mark.parametrize("rhythm", BULLETS)
@pytest.mark.parametrize("day_count", DayCount)
def test_flat_is_as_reducing_where_the_principal_is_paid_at_once(rhythm, day_count):
    assert plan(method=Method.FLAT, rhythm=rhythm, day_count=day_count) == plan(rhythm=rhythm, day_count=day_count)


def test_flat_ignores_how_days_are_counted():
    assert plan(method=Method.FLAT, day_count=DayCount.DAYS_365) == plan(method=Method.FLAT)


def test_by_days_an_instalment_bears_the_days_of_its_period_in_leap_years_too():
    schedule = plan(
        12_000_00, 3, starts_on=date(2024, 1, 5), first_due_on=date(2024, 2, 5), day_count=DayCount.DAYS_365
    )
    assert [row.interest for row in schedule] == [122_30, 76_27, 40_77]  # 31, 29, 31 days on 12,000, 8,000, 4,000


def test_the_first_period_is_a_month_whatever_its_length_but_by_days_its_days():
    late_start = {"starts_on": date(2026, 2, 1), "first_due_on": date(2026, 2, 5)}
    assert plan(**late_start)[0].interest == 120_00
    assert plan(**late_start, day_count=DayCount.DAYS_365)[0].interest == 15_78  # 12,000 x 12 % x 4 / 365


def test_by_days_the_level_instalment_is_that_of_the_monthly_formula():
    by_days = plan(rhythm=Rhythm.EQUAL_INSTALMENT, day_count=DayCount.DAYS_365)
    assert by_days[0].total == plan(rhythm=Rhythm.EQUAL_INSTALMENT)[0].total == 1_066_19
    assert by_days[0].interest == 122_30


def test_a_period_whose_interest_is_above_the_level_instalment_pays_no_principal():
    schedule = plan(
        count=60, rhythm=Rhythm.EQUAL_INSTALMENT, first_due_on=date(2026, 6, 5), day_count=DayCount.DAYS_365
    )
    assert (schedule[0].principal, schedule[0].interest) == (0, 595_73)  # 151 days; the level instalment is 266.93
    assert sum(row.principal for row in schedule) == 12_000_00


@pytest.mark.parametrize("rhythm", AMORTISING)
@pytest.mark.parametrize("method", Method)
def test_in_the_grace_instalments_only_interest_is_paid(method, rhythm):
    schedule = plan(count=12, method=method, rhythm=rhythm, grace_principal=3)
    rest = plan(count=9, method=method, rhythm=rhythm)
    assert [(row.principal, row.interest) for row in schedule[:3]] == [(0, 120_00)] * 3
    assert [(row.principal, row.interest) for row in schedule[3:]] == [(row.principal, row.interest) for row in rest]


def test_without_a_rate_only_the_principal_is_paid_back():
    for method in Method:
        for rhythm in Rhythm:
            assert interest(plan(method=method, rhythm=rhythm, monthly_rate=Fraction(0))) == 0
    assert plan(monthly_rate=Fraction(0), rhythm=Rhythm.EQUAL_INSTALMENT)[0].principal == 1_000_00


def test_due_dates_keep_their_day_and_fall_back_to_the_last_of_a_month():
    days = [row.due_on for row in plan(starts_on=date(2026, 1, 1), first_due_on=date(2026, 1, 31), count=4)]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert due_date(date(2024, 1, 30), 1) == date(2024, 2, 29)
    assert due_date(date(2026, 11, 15), 2) == date(2027, 1, 15)
    assert due_date(date(2026, 1, 31), -2) == date(2025, 11, 30)


@pytest.mark.parametrize(
    ("exact", "step", "rounded"),
    [("0.5", 1, 1), ("1.5", 1, 2), ("1.4999", 1, 1), ("49.99", 100, 0), ("50", 100, 100), ("150", 100, 200)],
)
def test_halves_are_rounded_up(exact, step, rounded):
    assert half_up(Fraction(exact), step) == rounded


@pytest.mark.parametrize("rhythm", AMORTISING)
@pytest.mark.parametrize("method", Method)
def test_a_step_that_leaves_the_last_instalment_nothing_is_refused_by_name(method, rhythm):
    with pytest.raises(ValueError, match="1500"):
        plan(100_00, 12, method=method, rhythm=rhythm, round_to=1500)


def test_a_last_instalment_of_a_satang_is_one_and_of_nothing_is_none():
    assert plan(100_01, 3, round_to=50_00)[-1].principal == 1
    with pytest.raises(ValueError, match="too coarse"):
        plan(100_00, 3, round_to=50_00)


def test_a_step_below_the_interest_is_refused_by_name():
    with pytest.raises(ValueError, match="step of 100000 satang"):
        plan(5_000_00, 18, rhythm=Rhythm.EQUAL_INSTALMENT, round_to=100_000)


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"principal": 0}, "principal"),
        ({"principal": -1}, "principal"),
        ({"count": 0}, "instalments"),
        ({"monthly_rate": Fraction(-1, 100)}, "monthly_rate"),
        ({"round_to": 0}, "round_to"),
        ({"grace_principal": -1}, "grace_principal"),
        ({"grace_principal": 12}, "grace_principal"),
        ({"grace_principal": 1, "rhythm": Rhythm.INTEREST_ONLY}, "grace_principal"),
        ({"grace_principal": 1, "rhythm": Rhythm.SINGLE_PAYMENT}, "grace_principal"),
        ({"first_due_on": JAN_5}, "first_due_on"),
        ({"first_due_on": date(2025, 12, 5)}, "first_due_on"),
        ({"method": "compound"}, "compound"),
        ({"rhythm": "balloon"}, "balloon"),
        ({"day_count": "days_360"}, "days_360"),
    ],
)
def test_what_is_wrong_is_named(changed, names):
    with pytest.raises(ValueError, match=names):
        plan(**changed)


def test_words_of_the_database_do_as_well_as_the_enums():
    assert plan(method="flat", rhythm="equal_instalment", day_count="days_365") == plan(
        method=Method.FLAT, rhythm=Rhythm.EQUAL_INSTALMENT, day_count=DayCount.DAYS_365
    )
    assert [*Method] == ["flat", "reducing"]
    assert [*Rhythm] == ["equal_principal", "equal_instalment", "interest_only", "single_payment"]
    assert [*DayCount] == ["months", "days_365"]


def test_an_instalment_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        plan()[0].principal = 0
