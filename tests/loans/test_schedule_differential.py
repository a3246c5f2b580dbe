"""Ten thousand random loans beside NumPy Financial, which counts the same things apart, in floating point."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import numpy_financial as npf
import pytest

from loans.schedule import Instalment, Method, Rhythm, build_schedule, due_date, exceeds_cap, nominal_apr

LOANS = 10_000
STARTS_ON, FIRST_DUE_ON = date(2026, 1, 5), date(2026, 2, 5)
HALF_A_HUNDREDTH = 0.005


def loans(rhythm: Rhythm, method: Method, seed: int) -> Iterator[tuple[int, Fraction, tuple[Instalment, ...]]]:
    """A quarter of all loans: 1,000 to 200,000 baht, 0.1 to 3 % a month, 1 to 36 instalments."""
    random = Random(seed)
    for _ in range(LOANS // 4):
        principal = random.randint(1_000_00, 200_000_00)
        rate = Fraction(random.randint(10, 300), 10_000)
        schedule = build_schedule(
            principal=principal,
            monthly_rate=rate,
            instalments=random.randint(1, 36),
            method=method,
            rhythm=rhythm,
            starts_on=STARTS_ON,
            first_due_on=FIRST_DUE_ON,
        )
        yield principal, rate, schedule


def assert_yearly_rate(schedule: tuple[Instalment, ...], principal: int) -> None:
    theirs = 1200 * npf.irr([-principal, *(row.total for row in schedule)])
    assert abs(float(nominal_apr(schedule, principal, STARTS_ON)) - theirs) < HALF_A_HUNDREDTH + 1e-6
    if abs(theirs - 15) > 1e-6:
        assert exceeds_cap(schedule, principal, STARTS_ON) == (theirs > 15)


def test_level_instalments_their_interest_and_yearly_rates():
    for index, (principal, rate, schedule) in enumerate(loans(Rhythm.EQUAL_INSTALMENT, Method.REDUCING, 20261123)):
        count = len(schedule)
        periods = np.arange(1, count + 1)
        level = -npf.pmt(float(rate), count, principal)
        assert all(abs(row.total - level) <= 0.5 + 1e-6 for row in schedule[:-1])
        interest = -npf.ipmt(float(rate), periods, count, principal)
        drift = np.cumsum((1 + float(rate)) ** periods) * float(rate) + 0.5 + 1e-6
        assert (np.abs(interest - [row.interest for row in schedule]) <= drift).all()
        if index % 5 == 0:
            assert_yearly_rate(schedule, principal)


def test_equal_principal_is_worth_what_was_lent():
    for index, (principal, rate, schedule) in enumerate(loans(Rhythm.EQUAL_PRINCIPAL, Method.REDUCING, 20261124)):
        worth = npf.npv(float(rate), [0, *(row.total for row in schedule)])
        assert abs(worth - principal) <= len(schedule)
        if index % 5 == 0:
            assert_yearly_rate(schedule, principal)


def test_flat_loans_have_the_yearly_rate_of_their_level_instalments():
    for index, (principal, rate, schedule) in enumerate(loans(Rhythm.EQUAL_INSTALMENT, Method.FLAT, 20261125)):
        level = principal / len(schedule) + principal * float(rate)
        assert all(abs(row.total - level) <= 0.5 + 1e-6 for row in schedule[:-1])
        if index % 5 == 0:
            assert_yearly_rate(schedule, principal)


def test_interest_only_is_worth_what_was_lent():
    for principal, rate, schedule in loans(Rhythm.INTEREST_ONLY, Method.REDUCING, 20261126):
        worth = npf.npv(float(rate), [0, *(row.total for row in schedule)])
        assert abs(worth - principal) <= len(schedule)


@pytest.mark.parametrize("months", [1, 6, 24])
def test_a_rate_solved_from_the_payments_is_the_rate_lent_at(months):
    schedule = [Instalment(number, due_date(FIRST_DUE_ON, number - 1), 1_000_00, 0) for number in range(1, months + 1)]
    lent = 900_00 * months
    theirs = 1200 * npf.rate(months, -1_000_00, lent, 0)
    assert float(nominal_apr(schedule, lent, STARTS_ON)) == pytest.approx(theirs, abs=HALF_A_HUNDREDTH)
