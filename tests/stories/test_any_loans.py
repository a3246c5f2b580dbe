"""Any loans, any acts in any order: what a loan owes by its schedule, by its account and by plain sums is one sum, and
savings are held exactly for loans that may need them. Each run is taken back; the same ones at every run.
"""

import os
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from funds.selectors import balances, holds_in_force, trial_balance
from loans.checks.rows import in_force
from loans.models import Guarantee
from loans.selectors.standings import live_loans, standings
from reports.verification import damage_of
from tests.stories.loan_lives import BORROWERS, Loans
from tests.village import TestVillage, build_village
from thai.months import add_months

BEGIN = date(2026, 1, 6)
PARTS, STEPS = 2, 40
QUICK = 8
RUNS = 60 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else QUICK
SETTINGS = settings(
    max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None, print_blob=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
MUST_HAPPEN = {
    "apply", "decide", "contract", "pay out", "repay", "reschedule", "set_off", "write_off", "reverse",
} | ({"contract again"} if RUNS > QUICK else set())  # fmt: skip

who = st.integers(0, 99)
quarters = st.integers(1, 4)
sums = st.integers(1, 12).map(lambda thousands: thousands * 1_000_00)


class AnyLoans(RuleBasedStateMachine):
    """Members borrow, pay or do not; officers act. Each example is a village of its own, undone at its end."""

    village: ClassVar[TestVillage]
    clock: ClassVar[Any]
    steps: ClassVar[int] = 0
    happened: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = datetime.combine(BEGIN, time(9))
        self.move(timedelta(0))
        self.loans = Loans(self.village, BEGIN)

    def move(self, on: timedelta) -> None:
        """Each step is a minute later, so that the books tell what came first."""
        self.now += on + timedelta(minutes=1)
        self.clock.move_to(f"{self.now.isoformat()}+07:00")

    @initialize(satang=st.integers(2, 9).map(lambda thousands: thousands * 1_000_00))
    def one_loan_is_out(self, satang: int) -> None:
        self.loans.ask_for("Somchai", "Boonmee", satang, 10, 0)
        for act in (lambda: self.loans.decide_next(satang), self.loans.contract_next, self.loans.pay_out_next):
            self.move(timedelta(0))
            act()

    @rule(borrower=who, guarantor=who, satang=sums, months=st.integers(2, 12), product=st.integers(0, 1))
    def apply(self, borrower: int, guarantor: int, satang: int, months: int, product: int) -> None:
        self.loans.ask_for(BORROWERS[borrower % 4], BORROWERS[guarantor % 4], satang, months, product)

    @rule(satang=sums)
    def decide(self, satang: int) -> None:
        self.loans.decide_next(satang)

    @rule()
    def contract(self) -> None:
        self.loans.contract_next()

    @rule()
    def pay_out(self) -> None:
        self.loans.pay_out_next()

    @rule()
    def cancel(self) -> None:
        self.loans.cancel()

    @rule(which=who, share=quarters, by_guarantor=st.booleans())
    def repay(self, which: int, share: int, by_guarantor: bool) -> None:
        self.loans.repay_part(which, share, by_guarantor=by_guarantor)

    @rule(which=who, months=st.integers(1, 12), agreed=st.booleans())
    def reschedule(self, which: int, months: int, agreed: bool) -> None:
        self.loans.reschedule_one(which, months, agreed=agreed)

    @rule(which=who, share=quarters)
    def set_off(self, which: int, share: int) -> None:
        self.loans.set_off(which, share)

    @rule(which=who)
    def write_off(self, which: int) -> None:
        self.loans.write_off(which)

    @rule(satang=st.integers(1, 9).map(lambda hundreds: hundreds * 100_00))
    def recover(self, satang: int) -> None:
        self.loans.recover(satang)

    @rule(which=who)
    def reverse(self, which: int) -> None:
        self.loans.reverse_one(which)

    @rule(months=st.integers(1, 3), days=st.integers(0, 20))
    def time_passes(self, months: int, days: int) -> None:
        later = add_months(self.loans.today.replace(day=1), months) + timedelta(days=days)
        self.move(datetime.combine(later, self.now.time()) - self.now)
        self.loans.today = self.now.date()

    @invariant()
    def standing_and_books_and_plain_sums_agree(self) -> None:
        AnyLoans.steps += 1
        self.move(timedelta(0))
        group = self.loans.group
        plain = {number: satang for number, satang in self.loans.owed.items() if satang}
        assert {number: satang for number, satang in balances(group, "O1300").items() if satang} == plain
        live = {loan.pk: loan.number for loan in live_loans(group)}
        assert {live[pk]: each.outstanding for pk, each in standings(group).items()} == plain
        assert sum(line.balance for line in trial_balance(group)) == 0

    @invariant()
    def savings_are_held_exactly_for_loans_that_may_need_them(self) -> None:
        group = self.loans.group
        alive = in_force(group)
        held = {hold.pk for hold in holds_in_force(group)}
        own = {loan.hold_id for loan in alive.values() if loan.hold_id}
        words = Guarantee.objects.filter(loan__in=alive, released_on__isnull=True, hold__isnull=False)
        assert held <= own | set(words.values_list("hold_id", flat=True))

    def teardown(self) -> None:
        try:
            AnyLoans.happened |= set(self.loans.done)
            assert [str(damage) for damage in damage_of(self.loans.group, [])] == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=[pytest.mark.once] * (part >= PARTS // 2)) for part in range(PARTS)]
)
def test_whatever_happens_to_loans_books_and_schedules_agree(part: int) -> None:
    with time_machine.travel(f"{BEGIN}T09:00:00+07:00", tick=False) as clock:
        AnyLoans.village, AnyLoans.clock = build_village(), clock
        AnyLoans.steps, AnyLoans.happened = 0, set()
        for go in count():
            run_state_machine_as_test(seed(1000 * part + go)(AnyLoans), settings=SETTINGS)
            if AnyLoans.steps >= RUNS * STEPS:
                break
        assert AnyLoans.happened >= MUST_HAPPEN
