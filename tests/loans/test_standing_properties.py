"""Laws of every loan: held against a loan lived day by day, whatever is agreed and however it is paid."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from loans.schedule import DayCount, Method, Rhythm, build_schedule, due_date
from loans.standing import Paid, Plan, Standing, Terms, repay, standing
from tests.loans.day_by_day import Life

RATES = st.builds(Fraction, st.integers(0, 300), st.just(10_000))


@st.composite
def loans(draw) -> tuple[Terms, Plan, int]:
    method, rhythm = draw(st.sampled_from(Method)), draw(st.sampled_from(Rhythm))
    day_count = draw(st.sampled_from(DayCount))
    count = draw(st.integers(1, 8))
    starts_on = draw(st.dates(date(2023, 1, 1), date(2026, 12, 31)))
    months = count if rhythm == Rhythm.SINGLE_PAYMENT else draw(st.integers(1, 3))
    first = draw(st.integers(1, 31))
    first_due_on = max(
        starts_on + timedelta(days=1), due_date(starts_on.replace(day=1), months) + timedelta(days=first - 1)
    )
    rate = draw(RATES)
    principal = draw(st.integers(10_000, 5_000_000))
    plan = build_schedule(
        principal=principal,
        monthly_rate=rate,
        instalments=count,
        method=method,
        rhythm=rhythm,
        starts_on=starts_on,
        first_due_on=first_due_on,
        day_count=day_count,
    )
    late_rate = draw(st.sampled_from([Fraction(0), Fraction(1, 100), Fraction(3, 200)]))
    return Terms(rate, method, rhythm, day_count, late_rate), Plan(starts_on, principal, plan), count


def assert_same(found: Standing, life: Life) -> None:
    assert found.outstanding == life.balance
    assert found.interest_owed == life.interest_owed()
    assert found.fine_owed == life.fine_owed()
    assert found.principal_due == life.principal_due()
    assert found.overdue_principal == life.principal_due(before=True)
    assert found.settlement_interest == life.settlement_interest()
    assert found.due_satang == sum(row.rest for row in found.instalments if row.is_due(found.as_of))
    assert sum(row.principal for row in found.instalments) == life.plan.principal
    assert min(min(row[2:]) for row in found.instalments) >= 0
    assert all(row.rest >= 0 for row in found.instalments)
    late = [row.due_on for row in found.instalments if row.days_late(found.as_of)]
    assert found.days_past_due == ((found.as_of - late[0]).days if late else 0)


@settings(max_examples=300, deadline=None)
@given(
    loan=loans(),
    steps=st.lists(st.tuples(st.integers(0, 45), st.integers(0, 1300), st.booleans()), min_size=1, max_size=12),
)
def test_a_loan_stands_as_if_every_day_had_been_lived(loan, steps):
    terms, plan, term = loan
    life = Life(terms, plan, term)
    paid: list[Paid] = []
    for days, thousandths, fines_last in steps:
        for _ in range(days):
            life.next_day()
        found = standing(terms=terms, plans=[plan], paid=paid, as_of=life.day)
        assert_same(found, life)
        satang = found.settlement * thousandths // 1000
        if satang == 0:
            continue
        pays = repay(found, satang, fines_last=fines_last)
        assert pays.fine + pays.interest + pays.principal + pays.left_over == satang
        assert pays.left_over == max(0, satang - found.settlement)
        paid.append(Paid(life.day, pays.principal, pays.interest, pays.fine))
        life.pay(pays.principal, pays.interest, pays.fine)
        after = standing(terms=terms, plans=[plan], paid=paid, as_of=life.day)
        assert_same(after, life)
        assert after.settlement == max(0, found.settlement - satang)
        assert after.outstanding or after.is_closed


@settings(max_examples=300, deadline=None)
@given(loan=loans())
def test_paid_to_plan_a_loan_costs_what_its_schedule_says(loan):
    terms, plan, _ = loan
    paid: list[Paid] = []
    for row in plan.instalments:
        found = standing(terms=terms, plans=[plan], paid=paid, as_of=row.due_on)
        assert (found.fine_owed, found.interest_owed, found.principal_due) == (0, row.interest, row.principal)
        assert found.days_past_due == 0
        if found.due_satang:
            pays = repay(found, found.due_satang)
            paid.append(Paid(row.due_on, pays.principal, pays.interest, pays.fine))
        after = standing(terms=terms, plans=[plan], paid=paid, as_of=row.due_on)
        assert after.due_satang == after.settlement_interest == 0
        coming = plan.instalments[row.number :]
        assert [row.interest for row in after.instalments[row.number :]] == [row.interest for row in coming]
        assert after.next_due_satang == next((row.total for row in coming if row.total), 0)
    assert standing(terms=terms, plans=[plan], paid=paid, as_of=plan.instalments[-1].due_on).is_closed


@settings(max_examples=200, deadline=None)
@given(
    loan=loans(), days=st.integers(0, 400), cuts=st.lists(st.integers(0, 1000), max_size=6), fines_last=st.booleans()
)
def test_a_settlement_paid_in_parts_on_one_day_comes_to_the_same(loan, days, cuts, fines_last):
    terms, plan, _ = loan
    on = plan.starts_on + timedelta(days=days)
    settlement = standing(terms=terms, plans=[plan], paid=[], as_of=on).settlement
    ends = sorted({settlement * cut // 1000 for cut in cuts} | {settlement})
    paid: list[Paid] = []
    for begin, end in pairwise([0, *ends]):
        if begin == end:
            continue
        found = standing(terms=terms, plans=[plan], paid=paid, as_of=on)
        assert found.settlement == settlement - begin
        pays = repay(found, end - begin, fines_last=fines_last)
        paid.append(Paid(on, pays.principal, pays.interest, pays.fine))
    for as_of in (on, on + timedelta(days=1), on + timedelta(days=700)):
        assert standing(terms=terms, plans=[plan], paid=paid, as_of=as_of).is_closed


@settings(max_examples=100, deadline=None)
@given(loan=loans(), days=st.lists(st.integers(0, 500), min_size=2, max_size=6))
def test_what_is_owed_only_grows_while_nothing_is_paid(loan, days):
    terms, plan, _ = loan
    stands = [
        standing(terms=terms, plans=[plan], paid=[], as_of=plan.starts_on + timedelta(days=day)) for day in sorted(days)
    ]
    for earlier, later in pairwise(stands):
        assert earlier.outstanding == later.outstanding
        assert earlier.fine_owed <= later.fine_owed
        assert earlier.interest_owed <= later.interest_owed
        assert earlier.settlement <= later.settlement
        assert earlier.days_past_due <= later.days_past_due
