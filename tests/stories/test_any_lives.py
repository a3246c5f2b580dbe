"""Any members, any acts in any order: after each step the books are those of plain dictionaries, at the end intact.

About 1,000 steps in the quick profile, 20,000 in the long one. The same ones at every run; each run is taken back.
"""

import os
from datetime import date
from itertools import count
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from funds.selectors import balances, code_balances, holds_in_force, trial_balance
from members.group_settings import change_setting
from members.services import record_resolution
from reports.verification import damage_of
from savings.selectors.due import open_pledge_months
from tests.stories.lives import FINE, UNIT, Group
from tests.stories.paper_book import later, of
from tests.stories.person import Person
from tests.village import TestVillage, build_village

BEGIN = date(2026, 1, 5)
PARTS, STEPS = 4, 50
RUNS = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 5
SETTINGS = settings(
    max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None, print_blob=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip

who = st.integers(0, 99)
sums = st.integers(1, 16).map(lambda quarter: quarter * 25_25)
slips = st.sampled_from(["", "", "S1", "S2", "S3", "S4"])
EVERYTHING, TOO_MUCH = "everything", "too much"
wanted = sums | st.sampled_from([EVERYTHING, TOO_MUCH])


class Lives(RuleBasedStateMachine):
    """Members come, save, take back, are bound and go. Each example is a village of its own, undone at its end."""

    village: ClassVar[TestVillage]
    clock: ClassVar[Any]
    done: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock.move_to(f"{BEGIN}T12:00:00+07:00")
        village = self.village
        resolution = record_resolution(
            group=village.group, number="1/2569", decided_on=BEGIN, subject="ลาออก", by=village.secretary
        )
        self.group = Group(village, BEGIN, resolution)

    def pick(self, which: int, people: list[Person] | None = None) -> Person:
        people = people or self.group.people
        return people[which % len(people)]

    def with_some(self, what: str) -> list[Person]:
        return [person for person in self.group.people if getattr(person, what)]

    def sum_of(self, person: Person, code: str, said: Any) -> int:
        """A sum as drawn, or everything that is free, or a satang more."""
        if isinstance(said, int):
            return said
        return max(person.free(code), 1) if said == EVERYTHING else max(person.free(code), 0) + 1

    @initialize(units=st.integers(1, 4))
    def two_members_who_save(self, units: int) -> None:
        for has_heirs in (True, False):
            person = self.group.join(has_heirs=has_heirs)
            self.group.pledge(person, units * UNIT, 0)
            self.group.bring(person, pledge=units * UNIT, special=400_00)

    @precondition(lambda self: len(self.group.people) < 7)
    @rule(has_heirs=st.booleans(), units=st.integers(0, 4))
    def join(self, has_heirs: bool, units: int) -> None:
        person = self.group.join(has_heirs=has_heirs)
        if units:
            self.group.pledge(person, units * UNIT, 0)

    @rule(which=who, satang=st.sampled_from([0, UNIT, 2 * UNIT, 3 * UNIT, 75_00, 21 * UNIT]), ahead=st.integers(0, 2))
    def pledge(self, which: int, satang: int, ahead: int) -> None:
        self.group.pledge(self.pick(which), satang, ahead)

    @rule(which=who, satang=sums | st.integers(1, 4).map(lambda units: units * UNIT), slip=slips)
    def pay(self, which: int, satang: int, slip: str) -> None:
        self.group.bring(self.pick(which), pledge=satang, slip=slip)

    @rule(which=who, fine=st.booleans())
    def pay_everything_owed(self, which: int, fine: bool) -> None:
        person = self.pick(which)
        owed = person.paper.owed(of(self.group.today))
        if owed:
            self.group.bring(person, pledge=sum(owed.values()), fine=fine * FINE * len(owed))

    @rule(months=st.integers(1, 3))
    def miss(self, months: int) -> None:
        """Months go by in which nobody comes."""
        year, month = later(of(self.group.today), months)
        self.group.today = date(year, month, 5)
        self.clock.move_to(f"{self.group.today}T12:00:00+07:00")

    @rule(which=who, satang=sums)
    def deposit(self, which: int, satang: int) -> None:
        self.group.bring(self.pick(which), special=satang)

    @rule(which=who, satang=sums, slip=st.sampled_from(["S1", "S2", "S3", "S4", "S5", "S6"]))
    def transfer(self, which: int, satang: int, slip: str) -> None:
        self.group.bring(self.pick(which), special=satang, slip=slip)

    @rule(which=who, satang=sums, fee=st.sampled_from([0, 30_00]))
    def fine(self, which: int, satang: int, fee: int) -> None:
        self.group.bring(self.pick(which), fine=satang, fee=fee)

    @precondition(lambda self: self.group.received)
    @rule(which=who)
    def void(self, which: int) -> None:
        self.group.void(self.group.received[which % len(self.group.received)])

    @rule(which=who, said=wanted, slip=st.sampled_from(["", "", "W1"]))
    def withdraw_request(self, which: int, said: Any, slip: str) -> None:
        person = self.pick(which)
        self.group.ask(person, self.sum_of(person, "O2200", said), slip=slip)

    @precondition(lambda self: self.with_some("asked"))
    @rule(which=who)
    def withdraw_approve(self, which: int) -> None:
        person = self.pick(which, self.with_some("asked"))
        self.group.approve(person, person.asked[0])

    @precondition(lambda self: self.with_some("asked"))
    @rule(which=who)
    def withdraw_cancel(self, which: int) -> None:
        person = self.pick(which, self.with_some("asked"))
        self.group.cancel(person, person.asked[-1])

    @rule(which=who, code=st.sampled_from(["O2100", "O2200"]), said=wanted)
    def hold(self, which: int, code: str, said: Any) -> None:
        person = self.pick(which)
        self.group.hold(person, code, self.sum_of(person, code, said))

    @precondition(lambda self: self.with_some("held"))
    @rule(which=who)
    def release(self, which: int) -> None:
        person = self.pick(which, self.with_some("held"))
        self.group.release(person, person.held[0])

    @rule(which=who, slip=st.sampled_from(["", "", "R1"]))
    def resign(self, which: int, slip: str) -> None:
        self.group.leave(self.pick(which), "resignation", slip=slip)

    @rule(which=who, slip=st.sampled_from(["", "", "D1"]))
    def die(self, which: int, slip: str) -> None:
        self.group.leave(self.pick(which), "death", slip=slip)

    @invariant()
    def the_books_are_the_plain_ones(self) -> None:
        Lives.done += 1
        group, people = self.group.village.group, self.group.people
        for code, suffix in (("O2100", ""), ("O2200", "-1")):
            found = {holder: -satang for holder, satang in balances(group, code).items() if satang}
            plain = {person.holder + suffix: person.stands(code) for person in people if person.stands(code)}
            assert found == plain
            assert all(person.free(code) >= 0 for person in people)
        sums = code_balances(group, [*self.group.money, "O4200"])
        assert sums == {**self.group.money, "O4200": -self.group.fines}
        assert sum(line.balance for line in trial_balance(group)) == 0

    @invariant()
    def what_is_held_and_owed_is_what_the_plain_books_say(self) -> None:
        group, people = self.group.village.group, self.group.people
        held: dict[str, int] = {}
        for hold in holds_in_force(group).select_related("account"):
            held[hold.account.holder] = held.get(hold.account.holder, 0) + hold.satang
        plain = {
            person.holder + suffix: person.kept(code)
            for person in people
            for code, suffix in (("O2100", ""), ("O2200", "-1"))
        }
        assert held == {holder: satang for holder, satang in plain.items() if satang}
        before = later(of(self.group.today), -1)
        months = open_pledge_months(group, date(*before, 1), ahead=0)
        found = {pk: {of(each.month): each.rest for each in owed} for pk, owed in months.items() if owed}
        owing = {person.member.pk: person.paper.owed(before) for person in people if person.is_active}
        assert found == {pk: owed for pk, owed in owing.items() if owed}

    def teardown(self) -> None:
        try:
            assert [str(damage) for damage in damage_of(self.group.village.group, [])] == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("part", [pytest.param(part, marks=[pytest.mark.once] * (part > 0)) for part in range(PARTS)])
def test_whatever_members_do_the_books_are_those_of_plain_dictionaries(part: int) -> None:
    with time_machine.travel(f"{BEGIN}T12:00:00+07:00", tick=False) as clock:
        village = build_village()
        change_setting(
            group=village.group, key="pledge_window_months", value=12, valid_from=BEGIN.replace(day=1), by=village.chair
        )
        change_setting(
            group=village.group, key="missed_month_fine_satang", value=FINE, valid_from=BEGIN, by=village.chair
        )
        Lives.village, Lives.clock, Lives.done = village, clock, 0
        for go in count():  # the first runs of a go are short ones
            run_state_machine_as_test(seed(1000 * part + go)(Lives), settings=SETTINGS)
            if Lives.done >= RUNS * STEPS:
                break
