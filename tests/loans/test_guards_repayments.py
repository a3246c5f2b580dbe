"""What the database itself refuses about repayments, receipts and the savings behind a loan, past all Python."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from loans.guards import GUARDS
from loans.models import Guarantee, Loan, LoanReceipt, Repayment
from loans.services.receipts import LoanMoney, record_loan_receipt
from tests.loans.cast import Lending

ADDED, KEPT = "satcha:added_only", "satcha:kept"
IN_FORCE, STRANGE, AS_POSTED = "satcha:security_in_force", "satcha:of_other_group", "satcha:not_as_posted"
FORGED = {
    "interest of the past": ("UPDATE loans_repayment SET interest_satang = 0", ADDED),
    "another loan's payment": ("UPDATE loans_repayment SET loan_id = (SELECT max(id) FROM loans_loan)", ADDED),
    "a payment moved in time": ("UPDATE loans_repayment SET paid_on = '2026-01-01'", ADDED),
    "another payer": ("UPDATE loans_repayment SET payer_id = (SELECT min(id) FROM members_member)", ADDED),
    "a payment gone": ("DELETE FROM loans_repayment", KEPT),
    "a receipt's sum": ("UPDATE loans_loanreceipt SET satang = satang + 1", ADDED),
    "a receipt's slip": ("UPDATE loans_loanreceipt SET slip_ref = 'x'", ADDED),
    "a receipt gone": ("DELETE FROM loans_loanreceipt", KEPT),
    "a loan let loose from its security": ("UPDATE loans_loan SET hold_id = NULL", IN_FORCE),
    "a guarantee let loose from its security": ("UPDATE loans_guarantee SET hold_id = NULL", IN_FORCE),
}


@pytest.fixture
def lending(village):
    """Somchai's loan, secured by himself and Boonmee, with one payment beside the meeting."""
    made = Lending(village)
    made.save("Somchai", 3_000_00)
    made.save("Boonmee", 9_500_00)
    made.loan = made.lend("Somchai")
    money = LoanMoney(
        payer=made["Somchai"],
        received_on=date(2026, 9, 5),
        amounts={made.loan.pk: 1_120_00},
        way="transfer",
        slip_ref="S-1",
    )
    made.receipt = record_loan_receipt(group=made.group, money=money, operation=uuid4(), by=village.treasurer)
    return made


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_no_forged_write_gets_past_the_database_and_without_the_guard_it_would(lending, forged):
    statement, words = forged
    with pytest.raises(IntegrityError, match=words):
        execute(statement)
    GUARDS.drop(connection)
    assert execute(statement) > 0, "the guard is what refused"


def repayment(lending, **fields):
    given = {
        "group": lending.group,
        "loan": lending.loan,
        "entry": lending.post("receipt", ("O1200", "", 10_00), ("O4100", "", -10_00), on=date(2026, 9, 6)),
        "paid_on": date(2026, 9, 6),
        "interest_satang": 10_00,
        "payer": lending["Somchai"],
    }
    return Repayment(**given | fields)


def test_a_repayments_principal_is_what_its_entry_credits_the_loan_with(lending):
    with pytest.raises(IntegrityError, match=AS_POSTED), transaction.atomic():
        repayment(lending, principal_satang=5_00).save()
    entry = lending.post("receipt", ("O1200", "", 5_00), ("O1300", lending.loan.number, -5_00), on=date(2026, 9, 6))
    with pytest.raises(IntegrityError, match=AS_POSTED), transaction.atomic():
        repayment(lending, entry=entry).save()
    repayment(lending, entry=entry, interest_satang=0, principal_satang=5_00).save()
    repayment(lending).save()


def test_another_groups_entry_loan_or_payer_is_refused(lending):
    other = lending.village.neighbour
    with pytest.raises(IntegrityError, match=STRANGE), transaction.atomic():
        repayment(lending, group=other.group).save()
    receipt = LoanReceipt.objects.get()
    receipt.pk, receipt.operation, receipt.payer = None, uuid4(), other.member
    receipt.entry = repayment(lending).entry
    with pytest.raises(IntegrityError, match=STRANGE), transaction.atomic():
        receipt.save()


def test_a_security_let_go_may_be_replaced_and_one_in_force_not(lending):
    loan, guarantee = Loan.objects.get(), Guarantee.objects.get()
    with pytest.raises(IntegrityError, match=IN_FORCE), transaction.atomic():
        Guarantee.objects.filter(pk=guarantee.pk).update(hold=None)
    from loans.services.held import release_security

    assert release_security(loans=[loan], by=lending.village.treasurer) == 2
    assert Guarantee.objects.filter(pk=guarantee.pk).update(hold=None) == 1
