"""A set-off that waits holds the savings it needs, as a withdrawal does."""

import time
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from funds.accounts import account_for
from funds.errors import InsufficientFunds
from funds.models import Hold
from funds.selectors import available, holds_in_force
from funds.services import keeping, place_hold
from loans.act_errors import SavingsTooSmall
from loans.guards import GUARDS
from loans.models import Loan, LoanAct
from loans.selectors.act_plans import ActAsked
from loans.services import acts
from loans.services.acts import approve_act, cancel_act, request_act
from members.triggers import drop_guards
from tests.loans.acting import NOV_22, Acting, Kind
from tests.meetings.test_races import race
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    """Somchai owes 3,000 baht, all of it secured by his savings, and 5,000 more are free."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Acting(village)
    found.save("Somchai", 3_000_00)
    found.somchais = found.lend(satang=3_000_00)
    found.older = found.lend(satang=9_000_00)
    found.save("Somchai", 5_000_00)
    return found


def free(lending: Acting) -> int:
    return available(account_for(lending.group, "O2100", lending["Somchai"].holder))


def held(act: LoanAct) -> int:
    row = LoanAct.objects.select_related("hold").get(pk=act.pk)
    return row.hold.satang if row.hold is not None and row.hold.released_at is None else 0


def test_savings_are_held_from_the_asking_to_the_posting(lending: Acting) -> None:
    act = lending.ask(Kind.SET_OFF, lending.older, satang=4_000_00)
    assert (free(lending), held(act)) == (1_000_00, 4_000_00)
    account = account_for(lending.group, "O2100", lending["Somchai"].holder)
    with pytest.raises(InsufficientFunds):
        place_hold(account=account, satang=1_000_01, reason="withdrawal", by=lending.village.treasurer)
    with pytest.raises(SavingsTooSmall):
        lending.ask(Kind.SET_OFF, lending.lend(satang=8_000_00), satang=1_000_01)
    assert lending.found() == []
    approve_act(act=act, by=lending.village.auditor)
    assert (free(lending), held(act)) == (0, 0)
    assert lending.found() == []


def test_what_secures_the_loan_already_is_not_held_twice(lending: Acting) -> None:
    act = lending.ask(Kind.SET_OFF, lending.somchais, satang=3_000_00)
    assert (free(lending), act.hold) == (5_000_00, None)
    other = lending.ask(Kind.SET_OFF, lending.older, satang=5_000_00)
    assert (free(lending), held(other)) == (0, 5_000_00)
    for each in (act, other):
        approve_act(act=each, by=lending.village.auditor)
    assert lending.found() == []


def test_a_set_off_that_is_taken_back_lets_the_savings_go(lending: Acting) -> None:
    act = lending.ask(Kind.SET_OFF, lending.older, satang=4_000_00)
    cancel_act(act=act, by=lending.village.treasurer)
    assert (free(lending), held(act)) == (5_000_00, 0)
    assert lending.found() == []


def test_asked_twice_with_one_form_holds_once(lending: Acting) -> None:
    operation = uuid4()
    for _click in range(2):
        lending.ask(Kind.SET_OFF, lending.older, satang=4_000_00, operation=operation)
    assert free(lending) == 1_000_00


def test_the_hold_of_an_act_stays_by_sql_and_only_a_set_off_has_one(lending: Acting) -> None:
    act = lending.ask(Kind.SET_OFF, lending.older, satang=4_000_00)
    rows = LoanAct.objects.filter(pk=act.pk)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        rows.update(hold=None)
    GUARDS.drop(connection)
    rows.update(hold=None)
    rescheduled = lending.reschedule(lending.somchais)
    with pytest.raises(IntegrityError, match="loan_act_holds_set_off"), transaction.atomic():
        LoanAct.objects.filter(pk=rescheduled.pk).update(hold=act.hold)


@pytest.mark.parametrize("forged", ["let go while it waits", "kept after the posting", "another member's savings"])
def test_verify_books_finds_a_set_off_that_holds_wrongly(lending: Acting, forged: str) -> None:
    act = lending.ask(Kind.SET_OFF, lending.older, satang=4_000_00)
    if forged == "kept after the posting":
        approve_act(act=act, by=lending.village.auditor)
    drop_guards(connection)
    rows = Hold.objects.filter(pk=act.hold_id or 0)
    if forged == "let go while it waits":
        rows.update(released_by=lending.village.treasurer.code, released_at=timezone.now())
    elif forged == "kept after the posting":
        rows.update(released_by="", released_at=None)
    else:
        rows.update(account=account_for(lending.group, "O2100", lending["Kasem"].holder))
    assert any(text.startswith(f"act {act.pk} holds") for _rule, _n, text in lending.found())


# --- two at once --------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(village: TestVillage) -> Acting:
    """Somchai has two loans and 4,000 baht that secure neither of them."""
    with transaction.atomic():
        made = Acting(village)
        made.somchais, made.older = made.lend(satang=6_000_00), made.lend(satang=6_000_00)
        made.save("Somchai", 4_000_00)
        made.resolve()
    return made


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes between looking at the savings and holding them."""
    looks = acts.plan_act

    def slowly(*args: Any) -> Any:
        found = looks(*args)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(acts, "plan_act", slowly)


def set_off(crowd: Acting, loan: Loan) -> LoanAct:
    loan = Loan.objects.select_related("group", "member").get(pk=loan.pk)
    return request_act(
        group=crowd.group,
        asked=ActAsked(kind=Kind.SET_OFF, loan=loan, on=NOV_22, satang=4_000_00),
        reason="หักหนี้",
        resolution=crowd.resolve(),
        operation=uuid4(),
        by=crowd.village.treasurer,
    )


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_set_offs_against_the_same_savings_leave_one_refused(crowd: Acting, slow: None) -> None:
    results = race(partial(set_off, crowd, crowd.somchais), partial(set_off, crowd, crowd.older))
    assert sorted(type(result).__name__ for result in results) == ["LoanAct", "SavingsTooSmall"], results
    assert sum(hold.satang for hold in holds_in_force(crowd.group)) == 4_000_00


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_same_savings_are_held_twice(
    crowd: Acting, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (acts, keeping):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    amounts = keeping.held_amounts

    def slowly(*args: Any) -> Any:
        found = amounts(*args)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(keeping, "held_amounts", slowly)
    results = race(partial(set_off, crowd, crowd.somchais), partial(set_off, crowd, crowd.older))
    assert all(isinstance(result, LoanAct) for result in results), results
    assert sum(hold.satang for hold in holds_in_force(crowd.group)) == 8_000_00
