"""What settles a loan, and what a payment pays of it; worked by hand."""

from datetime import date

import pytest

from loans.schedule import Allocation
from loans.standing import Paid, repay, standing
from tests.loans.worked_loans import BY_DAYS, FEB_5, FLAT, INTEREST_ONLY, LATE_COSTS, MONTHLY, pay, plan, stands


def test_by_months_a_started_month_counts_whole_and_on_a_due_date_nothing_more():
    assert stands(MONTHLY, date(2026, 1, 6)).settlement == 12_120_00
    assert stands(MONTHLY, FEB_5).settlement == 12_120_00
    paid = Paid(FEB_5, 1_000_00, 120_00, 0)
    assert stands(MONTHLY, FEB_5, paid).settlement == 11_000_00
    assert stands(MONTHLY, date(2026, 2, 6), paid).settlement == 11_110_00


def test_by_days_settlement_costs_the_days():
    assert stands(BY_DAYS, date(2026, 1, 15)).settlement == 12_000_00 + 39_45  # 12,000 x 12 % x 10 / 365
    assert stands(BY_DAYS, FEB_5).settlement_interest == 0


def test_flat_settlement_costs_the_current_period_as_agreed_and_none_to_come():
    paid = [Paid(FEB_5, 1_000_00, 120_00, 0), Paid(date(2026, 2, 10), 9_000_00, 0, 0)]
    assert stands(FLAT, date(2026, 2, 20), *paid).settlement == 2_000_00 + 120_00


@pytest.mark.parametrize("terms", [MONTHLY, BY_DAYS, FLAT, INTEREST_ONLY, LATE_COSTS], ids=str)
@pytest.mark.parametrize("on", [date(2026, 1, 20), FEB_5, date(2026, 3, 20), date(2027, 6, 1)])
def test_a_settlement_closes_the_loan_for_good(terms, on):
    plans, paid = [plan(terms)], []
    before = standing(terms=terms, plans=plans, paid=(), as_of=on)
    pays = pay(terms, plans, paid, on, before.settlement)
    assert pays.left_over == 0
    for as_of in (on, date(2027, 6, 1), date(2028, 1, 1)):
        found = standing(terms=terms, plans=plans, paid=paid, as_of=as_of)
        assert found.is_closed
        assert (found.settlement, found.due_satang, found.next_due_on, found.owed) == (0, 0, None, ())


def test_a_payment_above_the_settlement_is_left_over():
    assert repay(stands(MONTHLY, FEB_5), 12_200_00) == Allocation(0, 120_00, 12_000_00, 80_00)


def test_where_nothing_is_due_a_part_payment_goes_to_the_principal():
    assert repay(stands(MONTHLY, date(2026, 1, 20)), 500_00) == Allocation(0, 0, 500_00, 0)


def test_the_last_of_the_principal_is_not_taken_before_the_interest_of_the_month_begun():
    """12,120 would settle: with 12,050 the month's 120 are paid first, so that 70 are left and not nothing."""
    on = date(2026, 1, 20)
    pays = repay(stands(MONTHLY, on), 12_050_00)
    assert pays == Allocation(0, 120_00, 11_930_00, 0)
    after = stands(MONTHLY, on, Paid(on, pays.principal, pays.interest, 0))
    assert after.settlement == 70_00
    in_february = stands(MONTHLY, FEB_5, Paid(on, pays.principal, pays.interest, 0))
    assert (in_february.interest_owed, in_february.settlement) == (0, 70_00)


def test_parts_paid_on_one_day_come_to_what_settles_on_that_day():
    plans, paid, on = [plan(MONTHLY)], [], date(2026, 3, 20)
    settlement = standing(terms=MONTHLY, plans=plans, paid=(), as_of=on).settlement
    for part in (1_00, 4_999_00, settlement - 5_000_00 - 1, 1):
        pay(MONTHLY, plans, paid, on, part)
    assert sum(part.principal + part.interest for part in paid) == settlement
    assert standing(terms=MONTHLY, plans=plans, paid=paid, as_of=on).is_closed
