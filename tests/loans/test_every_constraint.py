"""Every constraint of the loans' tables refuses what it is for, named in the database's own refusal."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from loans.guards import GUARDS
from loans.models import (
    CommitteeVote,
    Decision,
    DecisionProposal,
    Disbursement,
    Guarantee,
    Letter,
    Loan,
    LoanAct,
    LoanApplication,
    LoanProduct,
    LoanReceipt,
    LoanTerms,
    Repayment,
    ScheduledInstalment,
    ScheduleVersion,
)
from tests.loans.everything import Everything
from tests.village import TestVillage

DAY = date(2026, 11, 22)
ARITHMETIC: dict[str, dict[str, Any]] = {
    "rate": {"rate_bp": 20_000},
    "rate_per": {"rate_per": "week"},
    "method": {"method": "guessed"},
    "rhythm": {"rhythm": "never"},
    "day_count": {"day_count": "moons"},
    "round_to": {"round_to": 0},
    "late_rate": {"late_rate_bp": 20_000},
}
# What no row may be: the columns that make it so. The first row of the table is changed.
CHECKS: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    **{f"loanterms_{name}": (LoanTerms, forged) for name, forged in ARITHMETIC.items()},
    **{f"loan_{name}": (Loan, forged) for name, forged in ARITHMETIC.items()},
    "loan_product_kind": (LoanProduct, {"kind": "gift"}),
    "loan_product_named": (LoanProduct, {"name": ""}),
    "loan_terms_cap": (LoanTerms, {"cap_satang": 0}),
    "loan_terms_times": (LoanTerms, {"savings_times": 1_000_000}),
    "loan_terms_guarantors": (LoanTerms, {"guarantors": 99}),
    "loan_terms_term": (LoanTerms, {"instalments_max": 361}),
    "loan_terms_grace": (LoanTerms, {"grace_max": 999}),
    "loan_application_amount": (LoanApplication, {"satang": 0}),
    "loan_application_term": (LoanApplication, {"instalments": 0}),
    "loan_application_state": (LoanApplication, {"status": "lost"}),
    "loan_application_rank_explained": (LoanApplication, {"queue_rank": 1, "queue_reason": ""}),
    "loan_decision_outcome": (Decision, {"outcome": "refused", "reason": ""}),
    "loan_decision_two_people": (Decision, {"confirmed_by": models.F("recorded_by")}),
    "decision_proposal_outcome": (DecisionProposal, {"satang": 0}),
    "decision_proposal_cancelled_whole": (DecisionProposal, {"cancelled_by": models.F("recorded_by")}),
    "committee_vote_word": (CommitteeVote, {"vote": "maybe"}),
    "committee_vote_interest": (CommitteeVote, {"vote": "left", "interest": ""}),
    "loan_numbered": (Loan, {"number": ""}),
    "loan_amount": (Loan, {"satang": 0}),
    "loan_term": (Loan, {"instalments": 361}),
    "loan_grace": (Loan, {"grace": 12}),
    "loan_brought_whole": (Loan, {"brought_on": DAY}),
    "loan_paid_out_dated": (Loan, {"paid_out_on": None}),
    "loan_cancelled_unpaid": (Loan, {"cancelled_on": DAY}),
    "guarantee_of_something": (Guarantee, {"application": None, "loan": None}),
    "guarantee_amount": (Guarantee, {"satang": -1}),
    "guarantee_confirmed_whole": (Guarantee, {"way": ""}),
    "schedule_version_by_act": (ScheduleVersion, {"version": 0}),
    "schedule_version_amounts": (ScheduleVersion, {"carried_fine": -1}),
    "scheduled_instalment_amounts": (ScheduledInstalment, {"interest_satang": -1}),
    "disbursement_two_people": (Disbursement, {"approved_by": models.F("requested_by")}),
    "disbursement_posted_whole": (Disbursement, {"entry": None}),
    "disbursement_cancelled_whole": (Disbursement, {"cancelled_at": models.F("requested_at")}),
    "disbursement_way": (Disbursement, {"way": "hat"}),
    "disbursement_slip": (Disbursement, {"slip_ref": ""}),
    "repayment_kind": (Repayment, {"kind": "gift"}),
    "repayment_amounts": (Repayment, {"principal_satang": 0, "interest_satang": 0}),
    "repayment_written_off": (Repayment, {"kind": "write_off"}),
    "loan_receipt_amount": (LoanReceipt, {"satang": 0}),
    "loan_receipt_way": (LoanReceipt, {"way": "meeting"}),
    "loan_receipt_slip": (LoanReceipt, {"slip_ref": ""}),
    "loanact_two_people": (LoanAct, {"approved_by": models.F("requested_by")}),
    "loanact_posted_whole": (LoanAct, {"approved_at": models.F("requested_at")}),
    "loanact_cancelled_whole": (LoanAct, {"cancelled_at": models.F("requested_at")}),
    "loan_act_kind": (LoanAct, {"kind": "wish"}),
    "loan_act_by_resolution": (LoanAct, {"resolution": None}),
    "loan_act_explained": (LoanAct, {"reason": ""}),
    "loan_act_holds_set_off": (LoanAct, {"hold": 0}),
    "letter_kind": (Letter, {"kind": "reminder"}),
    "letter_sent_whole": (Letter, {"sent_on": DAY}),
}
# What stands once: the columns of a second row like the first, which differs in these alone.
ONCE: dict[str, tuple[type[models.Model], list[str]]] = {
    "loan_product_name_once": (LoanProduct, []),
    "loan_terms_begin_once": (LoanTerms, []),
    "loan_application_number": (LoanApplication, ["operation"]),
    "decision_proposal_once": (DecisionProposal, ["operation"]),
    "committee_vote_once": (CommitteeVote, []),
    "loan_number_once": (Loan, ["operation", "entry", "hold"]),
    "guarantee_of_application_once": (Guarantee, ["hold", "loan"]),
    "guarantee_of_loan_once": (Guarantee, ["hold", "application"]),
    "schedule_version_once": (ScheduleVersion, []),
    "scheduled_instalment_once": (ScheduledInstalment, []),
    "disbursement_once_a_loan": (Disbursement, ["operation", "posted", "hold"]),
    "repayment_once_an_entry": (Repayment, []),
    "letter_number_once": (Letter, ["due_on"]),
    "demand_notice_once": (Letter, ["number"]),
}


@pytest.fixture
def village_of_loans(time_machine: Any, village: TestVillage) -> Everything:
    """A row in every table; the guards are off, so that the constraints alone answer."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Everything(village)
    GUARDS.drop(connection)
    return found


def test_every_constraint_of_the_loans_is_tried() -> None:
    declared = {each.name for model in apps.get_app_config("loans").get_models() for each in model._meta.constraints}
    assert declared == CHECKS.keys() | ONCE.keys()
    assert not CHECKS.keys() & ONCE.keys()


def first(model: type[models.Model], *, is_posted: bool = False) -> Any:
    """The first row of a table that there is nothing special about; of acts the one that waits, or that is posted."""
    rows = model._default_manager.order_by("pk")
    kinds: dict[type[models.Model], str] = {Letter: "demand", LoanAct: "reschedule" if is_posted else "write_off"}
    return rows.filter(kind=kinds[model])[0] if model in kinds else rows[0]


def said_by(write: Callable[[], Any]) -> str:
    """What the database says against a write; empty where it takes it."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        return str(refusal)
    return ""


def test_no_row_is_what_its_table_forbids(village_of_loans: Everything) -> None:
    said = {}
    for name, (model, columns) in CHECKS.items():
        held = Guarantee.objects.get(loan=village_of_loans.loan).hold
        forged = {"hold": held} if "hold" in columns else columns
        row = first(model, is_posted="approved_by" in forged)
        said[name] = said_by(partial(model._default_manager.filter(pk=row.pk).update, **forged))
    assert {name: words[:200] for name, words in said.items() if f'{name}"' not in f'{words}"'} == {}


def second(row: Any, differs: list[str]) -> Any:
    """A row like the first but for what would be refused besides."""
    row.pk = row.id = None
    row._state.adding = True
    for name in differs:
        match name:
            case "operation":
                row.operation = uuid4()
            case "posted":
                row.entry = row.approved_by = row.approved_at = None
            case "number":
                row.number += 90
            case "due_on":
                row.due_on = DAY
            case _:
                setattr(row, name, None)
    return row


def words_of(name: str) -> str:
    """What the engine says where a unique constraint refuses: its name, or on SQLite its columns."""
    model = ONCE[name][0]
    rule = next(each for each in model._meta.constraints if each.name == name)
    assert isinstance(rule, models.UniqueConstraint)
    columns = [model._meta.get_field(field).column for field in rule.fields]  # type: ignore[union-attr]
    on_sqlite = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return name if connection.vendor == "postgresql" else on_sqlite


def test_nothing_stands_twice(village_of_loans: Everything) -> None:
    said = {name: said_by(second(first(model), differs).save) for name, (model, differs) in ONCE.items()}
    assert {name: words for name, words in said.items() if words_of(name) not in words} == {}
