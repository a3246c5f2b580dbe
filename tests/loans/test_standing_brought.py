"""Laws of changed and brought loans: the past leaves no trace but what is outstanding and carried. And speed."""

from datetime import date, timedelta
from fractions import Fraction
from time import process_time

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loans.schedule import DayCount, Instalment, Method, Rhythm, build_schedule
from loans.standing import Brought, Paid, Plan, Standing, Terms, carried_by_reschedule, repay, standing
from tests.loans.test_standing_properties import loans

SHEET = 150


def figures(found: Standing) -> tuple[object, ...]:
    owed = (found.fine_owed, found.interest_owed, found.principal_due, found.overdue_principal)
    return found.outstanding, owed, found.settlement, found.next_due_on, found.next_due_satang, found.days_past_due


def paid_to_plan(rows: tuple[Instalment, ...]) -> list[Paid]:
    return [Paid(row.due_on, row.principal, row.interest, 0) for row in rows]


@settings(max_examples=300, deadline=None)
@given(loan=loans(), reached=st.integers(0, 8), days=st.integers(0, 300))
def test_brought_forward_on_a_due_date_a_loan_stands_as_if_the_books_had_always_known_it(loan, reached, days):
    terms, plan, _ = loan
    before = plan.instalments[:reached]
    assume(len(before) < len(plan.instalments))
    on = before[-1].due_on if before else plan.starts_on
    left = plan.principal - sum(row.principal for row in before)
    as_of = on + timedelta(days=days)
    whole = standing(terms=terms, plans=[plan], paid=paid_to_plan(before), as_of=as_of)
    brought = standing(terms=terms, plans=[plan], paid=[], as_of=as_of, brought=Brought(on, left))
    assert figures(whole) == figures(brought)
    assert whole.instalments == brought.instalments


@settings(max_examples=200, deadline=None)
@given(loan=loans(), before=st.integers(0, 120), after=st.integers(0, 200), thousandths=st.integers(0, 900))
def test_after_a_reschedule_a_loan_stands_as_its_new_plan_does(loan, before, after, thousandths):
    terms, old, count = loan
    day = old.starts_on + timedelta(days=before)
    first = standing(terms=terms, plans=[old], paid=[], as_of=day)
    satang = first.settlement * thousandths // 1000
    paid = []
    if satang:
        pays = repay(first, satang)
        paid.append(Paid(day, pays.principal, pays.interest, pays.fine))
    left = standing(terms=terms, plans=[old], paid=paid, as_of=day)
    assume(left.outstanding > 1_000)
    interest, fine = carried_by_reschedule(terms, left)
    rows = build_schedule(
        principal=left.outstanding,
        monthly_rate=terms.monthly_rate,
        instalments=count,
        method=terms.method,
        rhythm=terms.rhythm,
        starts_on=day,
        first_due_on=day + timedelta(days=30),
        day_count=terms.day_count,
    )
    new = Plan(day, left.outstanding, rows, interest, fine)
    on = day + timedelta(days=after)
    changed = standing(terms=terms, plans=[old, new], paid=paid, as_of=on)
    assert changed == standing(terms=terms, plans=[new], paid=[], as_of=on)
    assert changed.interest_owed >= interest
    if before:
        eve = day - timedelta(days=1)
        assert standing(terms=terms, plans=[old, new], paid=paid, as_of=eve) == standing(
            terms=terms, plans=[old], paid=[], as_of=eve
        )


def test_a_meetings_loans_are_reckoned_in_milliseconds():
    """150 loans of 12 instalments take about 4 ms of one core; ten times that is a fault."""
    start = date(2026, 1, 5)
    terms = Terms(Fraction(1, 100), Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS)
    rows = build_schedule(
        principal=12_000_00,
        monthly_rate=terms.monthly_rate,
        instalments=12,
        method=terms.method,
        rhythm=terms.rhythm,
        starts_on=start,
        first_due_on=date(2026, 2, 5),
    )
    plans, paid = [Plan(start, 12_000_00, rows)], paid_to_plan(rows[:7])
    spent = []
    for _ in range(5):
        begin = process_time()
        for _ in range(SHEET):
            standing(terms=terms, plans=plans, paid=paid, as_of=date(2026, 9, 5))
        spent.append(process_time() - begin)
    assert min(spent) < 0.04
