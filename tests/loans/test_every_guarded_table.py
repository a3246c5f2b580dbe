"""Every table of the loans keeps its rows: none goes, none takes another's place, none belongs to a strange group."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from loans.guards import GUARDS
from loans.models import DecisionProposal, Disbursement, Loan, LoanAct
from tests.funds.forge import insert
from tests.loans.everything import Everything, values_of
from tests.village import TestVillage

MODELS = {model._meta.db_table: model for model in apps.get_app_config("loans").get_models()}


@pytest.fixture
def everything(time_machine: Any, village: TestVillage) -> Everything:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Everything(village)


def execute(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_every_table_of_the_loans_is_guarded() -> None:
    assert GUARDS.tables == MODELS.keys()


def test_no_row_goes(everything: Everything) -> None:
    for table in MODELS:
        with pytest.raises(IntegrityError, match=f"satcha:kept.*{table}"):
            execute(f"DELETE FROM {table}")
    GUARDS.drop(connection)
    for table in MODELS:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount > 0, f"the guard of {table} is what refused"
            transaction.set_rollback(True)  # keys that point here would refuse it in the end


def replacing(table: str) -> str:
    """The first row of a table written once more in its own place."""
    row = MODELS[table]._default_manager.order_by("pk").values()[0]
    kept = {name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in row.items()}
    kept = {name: value for name, value in kept.items() if value is not None}
    kept.pop("application_id" if table == "loans_loan" else "", None)  # a second contract is refused besides
    return insert(table, kept).replace("INSERT", "INSERT OR REPLACE")


@pytest.mark.sqlite
def test_no_row_takes_anothers_place(everything: Everything) -> None:
    for table in MODELS:
        with pytest.raises(IntegrityError, match="satcha:exists"):
            execute(replacing(table))
    GUARDS.drop(connection)
    for table in MODELS:
        with transaction.atomic():
            assert execute(replacing(table)) == 1, f"the guard of {table} is what refused"
            transaction.set_rollback(True)


@pytest.mark.postgres
def test_no_table_is_emptied(everything: Everything) -> None:
    for table in MODELS:
        with pytest.raises(IntegrityError, match="satcha:kept"):
            execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
    GUARDS.drop(connection)
    for table, model in MODELS.items():
        with transaction.atomic():
            execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
            assert not model._default_manager.exists(), f"the guard of {table} is what refused"
            transaction.set_rollback(True)


def forged_loan(everything: Everything) -> Any:
    stranger = everything.village.neighbour.member
    kept = values_of(everything.loan, number="X-1", operation=uuid4(), member_id=stranger.pk)
    return {name: value for name, value in kept.items() if name not in ("application_id", "entry_id", "hold_id")}


def test_a_loan_is_of_its_borrowers_group(everything: Everything) -> None:
    statement = insert("loans_loan", forged_loan(everything))
    with pytest.raises(IntegrityError, match="satcha:of_other_group"):
        execute(statement)
    GUARDS.drop(connection)
    assert execute(statement) == 1


def test_a_payout_is_of_its_loans_group(everything: Everything) -> None:
    row = Disbursement(
        group=everything.village.neighbour.group, loan=everything.contract("Prani", 1_000_00), way="cash",
        operation=uuid4(), requested_by=everything.village.treasurer, requested_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="satcha:of_other_group"), transaction.atomic():
        row.save()
    GUARDS.drop(connection)
    row.save()


def test_a_decision_taken_back_stays_taken_back(everything: Everything) -> None:
    rows = DecisionProposal.objects.filter(decision__isnull=True)
    rows.update(cancelled_by=everything.village.secretary, cancelled_at=timezone.now())
    again = {"cancelled_by": None, "cancelled_at": None}
    with pytest.raises(IntegrityError, match="satcha:set_once"), transaction.atomic():
        rows.update(**again)
    GUARDS.drop(connection)
    assert rows.update(**again) == 1


@pytest.mark.parametrize("kind", ["reschedule", "write_off"])
def test_an_act_posted_or_taken_back_stays_so(everything: Everything, kind: str) -> None:
    rows = LoanAct.objects.filter(kind=kind)
    again: dict[str, Any] = {"approved_by": None, "approved_at": None, "entry": None}
    if kind == "write_off":
        rows.update(cancelled_by=everything.village.secretary, cancelled_at=timezone.now())
        again = {"cancelled_by": None, "cancelled_at": None}
    with pytest.raises(IntegrityError, match="satcha:set_once"), transaction.atomic():
        rows.update(**again)
    GUARDS.drop(connection)
    assert rows.update(**again) == 1


def test_a_contract_signed_and_paid_stays_so(everything: Everything) -> None:
    rows = Loan.objects.filter(pk=everything.loan.pk)
    for again in ({"signed_on": None}, {"signed_with": None}, {"paid_out_on": None, "entry": None}):
        with pytest.raises(IntegrityError, match="satcha:set_once"), transaction.atomic():
            rows.update(**again)
    GUARDS.drop(connection)
    assert rows.update(signed_on=None) == 1
