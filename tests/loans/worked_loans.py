"""Loans small enough to be worked by hand: 12,000 baht from 5 January 2026, due on the 5th, unless told."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from loans.schedule import Allocation, DayCount, Method, Rhythm, build_schedule
from loans.standing import Paid, Plan, Standing, Terms, repay, standing

PAID_OUT = date(2026, 1, 5)
FEB_5, MAR_5, APR_5 = date(2026, 2, 5), date(2026, 3, 5), date(2026, 4, 5)
MONTHLY = Terms(Fraction(1, 100), Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS)
BY_DAYS = Terms(Fraction(1, 100), Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.DAYS_365)
FLAT = Terms(Fraction(1, 100), Method.FLAT, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS)
INTEREST_ONLY = Terms(Fraction(1, 100), Method.REDUCING, Rhythm.INTEREST_ONLY, DayCount.MONTHS)
HARVEST = Terms(Fraction(1, 100), Method.REDUCING, Rhythm.SINGLE_PAYMENT, DayCount.MONTHS)
LATE_COSTS = Terms(
    Fraction(1, 100), Method.REDUCING, Rhythm.EQUAL_PRINCIPAL, DayCount.MONTHS, late_rate=Fraction(5, 1000)
)


def plan(terms: Terms, principal: int = 12_000_00, count: int = 12, **changed: Any) -> Plan:
    wanted: dict[str, Any] = {"starts_on": PAID_OUT, "first_due_on": FEB_5} | changed
    rows = build_schedule(
        principal=principal,
        monthly_rate=terms.monthly_rate,
        instalments=count,
        method=terms.method,
        rhythm=terms.rhythm,
        day_count=terms.day_count,
        **wanted,
    )
    return Plan(wanted["starts_on"], principal, rows)


def stands(terms: Terms, as_of: date, *paid: Paid, of: Plan | None = None) -> Standing:
    return standing(terms=terms, plans=[of or plan(terms)], paid=paid, as_of=as_of)


def owed(found: Standing) -> tuple[int, int, int]:
    return found.fine_owed, found.interest_owed, found.principal_due


def pay(terms: Terms, plans: Sequence[Plan], paid: list[Paid], on: date, satang: int) -> Allocation:
    pays = repay(standing(terms=terms, plans=plans, paid=paid, as_of=on), satang)
    paid.append(Paid(on, pays.principal, pays.interest, pays.fine))
    return pays
