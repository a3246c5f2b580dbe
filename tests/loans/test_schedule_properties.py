"""Laws of every schedule that can be built."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from loans.schedule import (
    DayCount,
    Instalment,
    Method,
    Rhythm,
    build_schedule,
    cap_schedule,
    exceeds_cap,
    half_up,
    nominal_apr,
)

RATES = st.builds(Fraction, st.integers(0, 500), st.just(10_000))
STARTS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@st.composite
def terms(draw: st.DrawFn, **fixed: Any) -> dict[str, Any]:
    """Any loan that a village could agree on, rates up to 5 % a month."""
    starts_on = draw(STARTS)
    count = draw(st.integers(1, 60))
    rhythm = fixed.get("rhythm") or draw(st.sampled_from(Rhythm))
    is_amortising = rhythm in {Rhythm.EQUAL_PRINCIPAL, Rhythm.EQUAL_INSTALMENT}
    return {
        "principal": draw(st.integers(1_000_00, 1_000_000_00)),
        "monthly_rate": draw(RATES),
        "instalments": count,
        "method": draw(st.sampled_from(Method)),
        "rhythm": rhythm,
        "starts_on": starts_on,
        "first_due_on": starts_on + timedelta(days=draw(st.integers(1, 92))),
        "day_count": draw(st.sampled_from(DayCount)),
        "round_to": draw(st.sampled_from([1, 25, 100, 500])),
        "grace_principal": draw(st.integers(0, count - 1)) if is_amortising else 0,
    } | fixed


def built(wanted: dict[str, Any]) -> tuple[Instalment, ...]:
    try:
        return build_schedule(**wanted)
    except ValueError:  # the step is too coarse for so many instalments
        assume(wanted["round_to"] == 1 and wanted["day_count"] == DayCount.MONTHS)
        raise


def interest(schedule: tuple[Instalment, ...]) -> int:
    return sum(row.interest for row in schedule)


@given(terms())
def test_the_principal_is_conserved_and_only_ever_falls(wanted):
    schedule = built(wanted)
    assert sum(row.principal for row in schedule) == wanted["principal"]
    assert all(row.principal >= 0 and row.interest >= 0 for row in schedule)
    assert schedule[-1].principal > 0
    assert all(isinstance(amount, int) for row in schedule for amount in (row.principal, row.interest))


@given(terms())
def test_a_due_date_comes_each_month_on_the_same_day_or_its_last(wanted):
    schedule = built(wanted)
    first = wanted["first_due_on"]
    assert schedule[0].due_on == first
    assert [row.number for row in schedule] == list(range(1, len(schedule) + 1))
    for row in schedule:
        assert (row.due_on.year - first.year) * 12 + row.due_on.month - first.month == row.number - 1
        is_last = (row.due_on + timedelta(days=1)).day == 1
        assert row.due_on.day == first.day or (row.due_on.day < first.day and is_last)


@given(terms(day_count=DayCount.MONTHS, rhythm=Rhythm.EQUAL_PRINCIPAL))
def test_flat_never_costs_less_than_reducing(wanted):
    flat, reducing = built(wanted | {"method": Method.FLAT}), built(wanted | {"method": Method.REDUCING})
    assert interest(flat) >= interest(reducing)


@given(terms(day_count=DayCount.MONTHS, rhythm=Rhythm.EQUAL_INSTALMENT))
def test_flat_never_costs_less_than_a_level_instalment(wanted):
    flat, reducing = built(wanted | {"method": Method.FLAT}), built(wanted | {"method": Method.REDUCING})
    assert interest(flat) >= interest(reducing)


@given(terms(method=Method.REDUCING))
def test_every_instalment_bears_the_interest_of_what_is_left(wanted):
    assume(wanted["rhythm"] != Rhythm.SINGLE_PAYMENT)
    balance, before = wanted["principal"], wanted["starts_on"]
    for row in built(wanted):
        days = Fraction(12 * (row.due_on - before).days, 365)
        period = days if wanted["day_count"] == DayCount.DAYS_365 else 1
        assert row.interest == half_up(balance * wanted["monthly_rate"] * period)
        balance, before = balance - row.principal, row.due_on
    assert balance == 0


@given(terms(day_count=DayCount.MONTHS))
def test_all_but_the_last_keep_to_the_step(wanted):
    paying = built(wanted)[wanted["grace_principal"] : -1]
    if wanted["rhythm"] == Rhythm.EQUAL_PRINCIPAL and wanted["method"] == Method.REDUCING:
        steps = {row.principal for row in paying}
    elif wanted["rhythm"] in {Rhythm.EQUAL_PRINCIPAL, Rhythm.EQUAL_INSTALMENT}:
        steps = {row.total for row in paying}
    else:
        return
    assert len(steps) <= 1
    assert all(step % wanted["round_to"] == 0 for step in steps)


@given(terms(round_to=1))
def test_rounding_moves_an_instalment_by_less_than_it_has_rounded(wanted):
    schedule = built(wanted)
    exact = cap_schedule(**{name: value for name, value in wanted.items() if name != "round_to"})
    if wanted["day_count"] == DayCount.MONTHS:
        assert abs(interest(schedule) - sum(row.interest for row in exact)) <= 2 * len(schedule) ** 2
    assert sum(row.principal for row in exact) == wanted["principal"]
    assert [row.due_on for row in exact] == [row.due_on for row in schedule]


@given(terms())
def test_the_cap_lies_where_the_yearly_rate_says(wanted):
    schedule = built(wanted)
    lent, starts_on = wanted["principal"], wanted["starts_on"]
    yearly = Fraction(nominal_apr(schedule, lent, starts_on))
    half = Fraction(1, 200)
    assert exceeds_cap(schedule, lent, starts_on, cap=Fraction(yearly - half, 100) - Fraction(1, 10**9))
    assert not exceeds_cap(schedule, lent, starts_on, cap=Fraction(yearly + half, 100))
