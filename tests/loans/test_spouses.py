"""The spouse's consent: the papers ask for it, and by the group's rule the payout waits for it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from loans.deciding_errors import ContractUnsigned
from loans.guards import GUARDS
from loans.models import Loan
from loans.selectors.contracts import missing_signatures
from loans.services.contracts import Signatures, record_signatures
from loans.services.payouts import PayoutInput, approve_payout, request_payout
from members.group_settings import change_setting
from members.models import Member
from tests.loans.contracting import TODAY, Again
from tests.village import TestVillage

MARRIED = {"marital_status": "married", "spouse_name": "นางสมหญิง ไร่นา"}


@pytest.fixture
def again(time_machine: Any, village: TestVillage) -> Again:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Again(village)


def marry(again: Again, name: str, **fields: str) -> None:
    Member.objects.filter(pk=again[name].pk).update(**(fields or MARRIED))


def fresh(loan: Loan) -> Loan:
    return Loan.objects.select_related("group", "member").get(pk=loan.pk)


def ask(again: Again, loan: Loan) -> Any:
    return request_payout(loan=fresh(loan), payout=PayoutInput(), operation=uuid4(), by=again.village.treasurer)


def consent(again: Again, loan: Loan, **given: Any) -> None:
    record_signatures(loan=fresh(loan), signatures=Signatures(**given), by=again.village.secretary)


@pytest.mark.parametrize("who", ["Somchai", "Boonmee"])
def test_no_payout_before_the_spouse_of_borrower_and_guarantor_consents(again: Again, who: str) -> None:
    marry(again, who)
    loan = again.signed()
    with pytest.raises(ContractUnsigned, match="นางสมหญิง"):
        ask(again, loan)
    if who == "Somchai":
        consent(again, loan, spouse=TODAY)
    else:
        consent(again, loan, spouses={loan.guarantees.get().pk: TODAY})
    approve_payout(disbursement=ask(again, loan), by=again.village.auditor)


def test_whose_marital_status_changes_while_the_payout_waits_is_asked_again(again: Again) -> None:
    loan = again.signed()
    row = ask(again, loan)
    marry(again, "Somchai")
    with pytest.raises(ContractUnsigned):
        approve_payout(disbursement=row, by=again.village.auditor)


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        (MARRIED, True),
        ({"marital_status": "married", "spouse_name": ""}, True),
        ({"marital_status": "", "spouse_name": "นางสมหญิง ไร่นา"}, True),
        ({"marital_status": "widowed", "spouse_name": "นางสมหญิง ไร่นา"}, False),
        ({"marital_status": "single", "spouse_name": ""}, False),
        ({"marital_status": "", "spouse_name": ""}, False),
    ],
)
def test_the_register_says_who_has_a_spouse_to_ask(again: Again, fields: dict[str, str], is_asked: bool) -> None:
    marry(again, "Somchai", **fields)
    assert bool(missing_signatures(again.signed())) == is_asked


def test_a_group_may_decide_to_pay_without_and_old_contracts_keep_their_rule(again: Again) -> None:
    marry(again, "Somchai")
    strict = again.signed()
    change_setting(group=again.group, key="loan_asks_spouses", value=0, valid_from=TODAY, by=again.village.chair)
    with pytest.raises(ContractUnsigned):
        ask(again, strict)
    again.asked = again.apply("Somchai", 1_000_00, on=date(2026, 11, 5))
    again.decide(again.asked)
    ask(again, again.signed())


@pytest.mark.parametrize("who", ["Somchai", "Boonmee"])
def test_a_contract_without_the_spouses_consent_is_not_paid_by_sql(again: Again, who: str) -> None:
    loan = again.signed()
    marry(again, who)
    rows = Loan.objects.filter(pk=loan.pk)
    with pytest.raises(IntegrityError, match="not_signed"), transaction.atomic():
        rows.update(paid_out_on=TODAY)
    GUARDS.drop(connection)
    rows.update(paid_out_on=TODAY)


def test_the_contracts_page_says_whose_consent_is_missing_and_where_to_mend_the_register(
    again: Again, client: Client
) -> None:
    marry(again, "Somchai")
    loan = again.signed()
    client.force_login(again.village.secretary)
    page = client.get(reverse("loans:contract", args=[again.group.code, loan.pk])).content.decode()
    assert "นางสมหญิง" in page
    assert reverse("people:member", args=[again.group.code, again["Somchai"].number]) in page
