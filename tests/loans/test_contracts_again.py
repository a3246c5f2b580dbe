"""A contract that came to nothing gives its decision free: another one is made without deciding again."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from funds.selectors import holds_in_force
from loans import deciding_errors as errors
from loans.guards import GUARDS
from loans.models import Guarantee, Loan, LoanApplication
from loans.selectors.contracts import contract_of, former_contracts, missing_signatures
from loans.selectors.queue import lendable, loan_queue
from loans.services.applications import withdraw_application
from loans.services.contracts import cancel_contract
from tests.loans.contracting import TODAY, Again
from tests.village import TestVillage


@pytest.fixture
def again(time_machine: Any, village: TestVillage) -> Again:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Again(village)


def cancel(again: Again, loan: Loan) -> Loan:
    return cancel_contract(loan=loan, reason="พิมพ์เลขผิด", by=again.village.secretary)


def test_after_a_cancelled_contract_another_one_is_made_from_the_same_decision(again: Again) -> None:
    first = cancel(again, again.signed())
    assert again.status() == "approved"
    second = again.make()
    assert (first.number, second.number, again.status()) == ("ก.1/2569", "ก.2/2569", "contracted")
    assert (contract_of(again.asked), former_contracts(again.asked)) == (second, [first])
    assert (again.free("Somchai"), again.free("Boonmee")) == (0, 1_000_00)
    assert again.found() == []


def test_the_guarantors_word_stands_and_everybody_signs_anew(again: Again) -> None:
    old = again.signed()
    cancel(again, old)
    word = Guarantee.objects.get(application=again.asked, released_on=None)
    assert (word.satang, word.loan, word.hold, word.signed_on) == (8_000_00, None, None, None)
    assert word.confirmed_at is not None
    second = again.make()
    assert len(missing_signatures(second)) == 2
    assert old.guarantees.get().released_on == TODAY


def test_a_payout_that_was_undone_leaves_its_decision_to_be_carried_out(again: Again) -> None:
    first = again.signed()
    again.pay(first)
    again.undo(first)
    assert (again.status(), list(holds_in_force(again.group))) == ("approved", [])
    assert [row.application.pk for row in loan_queue(again.group)] == [again.asked.pk]
    second = again.signed()
    again.pay(second)
    assert (contract_of(again.asked), former_contracts(again.asked)) == (second, [first])
    assert again.found() == []


def test_what_was_promised_counts_once_after_a_cancelled_contract(again: Again) -> None:
    cancel(again, again.make())
    cancel(again, again.make())
    assert (lendable(again.group).promised, len(loan_queue(again.group))) == (12_000_00, 1)
    assert [row.loan for row in loan_queue(again.group)] == [None]


def test_who_does_not_want_the_loan_any_more_takes_the_application_back(again: Again) -> None:
    cancel(again, again.make())
    asked = LoanApplication.objects.select_related("member").get(pk=again.asked.pk)
    asked.group = again.group
    withdraw_application(application=asked, by=again.village.secretary)
    assert (again.status(), loan_queue(again.group)) == ("withdrawn", [])
    with pytest.raises(errors.NotApproved):
        again.make()


def test_a_decision_has_one_contract_at_a_time(again: Again) -> None:
    again.make()
    with pytest.raises(errors.NotApproved):
        again.make()


@pytest.mark.parametrize("state", ["made", "paid out"])
def test_a_second_contract_of_one_decision_is_refused_by_sql_and_found_where_the_guards_are_off(
    again: Again, state: str
) -> None:
    loan = again.signed()
    if state == "paid out":
        again.pay(loan)
    forged = Loan.objects.get(pk=loan.pk)
    forged.pk, forged.operation, forged.number = None, uuid4(), "ก.2/2569"
    forged.entry = forged.hold = forged.paid_out_on = None
    forged._state.adding = True
    with pytest.raises(IntegrityError, match="second_contract"), transaction.atomic():
        forged.save()
    GUARDS.drop(connection)
    forged.save()
    assert any("2 contracts stand" in text for _rule, _n, text in again.found())


def test_the_page_of_a_cancelled_contract_leads_to_the_next_one(again: Again, client: Client) -> None:
    client.force_login(again.village.secretary)
    loan = again.make()
    here = reverse("loans:contract", args=[again.group.code, loan.pk])
    answer = client.post(here, {"act": "cancel", "reason": "พิมพ์เลขผิด"}, follow=True)
    new = reverse("loans:contract-new", args=[again.group.code, again.asked.pk])
    assert new in answer.content.decode()
    assert 'id="t-secured"' not in answer.content.decode()
    asked = client.get(reverse("loans:application", args=[again.group.code, again.asked.pk]))
    assert loan.number in asked.content.decode()
    given = {
        "number": "ก.2/2569", "contracted_on": "22/11/2569", "first_due_on": "5/1/2570",
        "operation": client.get(new).context["form"]["operation"].value(),
    }  # fmt: skip
    made = client.post(new, given)
    second = Loan.objects.get(number="ก.2/2569")
    asked = client.get(reverse("loans:application", args=[again.group.code, again.asked.pk]))
    assert 'name="guarantor"' not in asked.content.decode()
    assert (made.status_code, made["Location"]) == (302, reverse("loans:contract", args=[again.group.code, second.pk]))
