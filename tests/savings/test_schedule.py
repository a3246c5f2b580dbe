"""What is open follows from vows and payments alone; told in runs or month by month, the answer is the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from savings.schedule import MonthDue, Period, Run, are_apart, first_due_month, months_due, open_months, pledged_in
from thai.months import add_months

START = date(2020, 1, 1)
amounts = st.sampled_from([0, 50_00, 100_00, 150_00])


def month(count: int) -> date:
    return add_months(START, count)


@st.composite
def vows(draw) -> list[Period]:
    starts = sorted(draw(st.sets(st.integers(0, 60), min_size=1, max_size=4)))
    return [Period(month(start), draw(amounts)) for start in starts]


@st.composite
def payments(draw) -> list[Run]:
    edges = sorted(draw(st.sets(st.integers(0, 70), max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Run(month(first), month(last), draw(st.integers(1, 200_00))) for first, last in pairs]


@given(vows(), payments(), st.integers(0, 60), st.integers(0, 20))
def test_runs_and_single_months_leave_the_same_months_open(periods, runs, first, more):
    span = {"first": month(first), "last": month(first + more)}
    paid = {add_months(run.first, step): run.satang for run in runs for step in range(200)
            if add_months(run.first, step) <= run.last}  # fmt: skip
    assert are_apart(runs)
    assert open_months(periods, runs, **span) == [due for due in months_due(periods, paid, **span) if due.rest]


def test_runs_that_share_a_month_are_not_apart():
    assert not are_apart([Run(month(0), month(3), 1), Run(month(3), month(5), 2)])


def test_the_vow_in_force_is_the_last_that_began():
    periods = [Period(month(0), 100_00), Period(month(6), 200_00)]
    assert [pledged_in(periods, month(count)) for count in (-1, 0, 5, 6, 99)] == [0, 100_00, 100_00, 200_00, 200_00]


def test_nothing_is_due_before_admission_or_vow():
    periods = [Period(month(3), 100_00)]
    assert first_due_month(periods, admitted_on=date(2020, 6, 20)) == month(5)
    assert first_due_month(periods, admitted_on=date(2019, 1, 1)) == month(3)
    assert first_due_month([], admitted_on=START) is None


def test_what_was_paid_too_much_leaves_nothing_to_pay():
    assert MonthDue(START, 100_00, 130_00).rest == 0
