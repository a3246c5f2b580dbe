"""What the database itself refuses about decisions, contracts and payouts, past every line of Python."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from loans.guards import GUARDS
from loans.models import CommitteeVote, Decision, Disbursement, Loan
from loans.services.committee import Verdict
from loans.services.decisions import propose_decisions
from tests.loans.cast import Lending

ADDED, KEPT, FROZEN, ONCE = "satcha:added_only", "satcha:kept", "satcha:frozen", "satcha:set_once"
OWN, UNSIGNED = "satcha:own_business", "satcha:not_signed"
NOVEMBER_5, NOVEMBER_20 = date(2026, 11, 5), date(2026, 11, 20)
FORGED = {
    "an amount approved": ("UPDATE loans_decision SET satang = satang + 100", ADDED),
    "who confirmed": (
        "UPDATE loans_decision SET confirmed_by_id = (SELECT requested_by_id FROM loans_disbursement)", ADDED,
    ),
    "a decision gone": ("DELETE FROM loans_decision", KEPT),
    "a vote turned": ("UPDATE loans_committeevote SET vote = 'against'", ADDED),
    "a vote gone": ("DELETE FROM loans_committeevote", KEPT),
    "a proposal's amount": ("UPDATE loans_decisionproposal SET satang = satang + 100", FROZEN),
    "a proposal's votes": ("UPDATE loans_decisionproposal SET votes = '[]'", FROZEN),
    "a proposal gone": ("DELETE FROM loans_decisionproposal", KEPT),
    "a contract's amount": ("UPDATE loans_loan SET satang = satang + 100", FROZEN),
    "a contract's rate": ("UPDATE loans_loan SET rate_bp = 50", FROZEN),
    "a contract's number": ("UPDATE loans_loan SET number = 'ก.7/2569'", FROZEN),
    "a contract's borrower": ("UPDATE loans_loan SET member_id = (SELECT max(member_id) FROM loans_guarantee)", FROZEN),
    "a signature's day": ("UPDATE loans_loan SET signed_on = '2026-11-01'", ONCE),
    "the day of the payout": ("UPDATE loans_loan SET paid_out_on = '2026-11-01'", ONCE),
    "a contract gone": ("DELETE FROM loans_loan", KEPT),
    "a first schedule": ("UPDATE loans_scheduleversion SET satang = satang - 100", ADDED),
    "an instalment": ("UPDATE loans_scheduledinstalment SET due_on = '2030-01-05'", ADDED),
    "an instalment gone": ("DELETE FROM loans_scheduledinstalment", KEPT),
    "a payout's way": ("UPDATE loans_disbursement SET way = 'cash'", FROZEN),
    "who asked for a payout": (
        "UPDATE loans_disbursement SET requested_by_id = (SELECT made_by_id FROM loans_loan)", FROZEN,
    ),
    "who approved a payout": (
        "UPDATE loans_disbursement SET approved_by_id = (SELECT made_by_id FROM loans_loan)", ONCE,
    ),
    "a payout gone": ("DELETE FROM loans_disbursement", KEPT),
}  # fmt: skip


@pytest.fixture
def lent(time_machine, village):
    """Somchai's loan paid out, with a vote on file, and a decision about Kasem that waits."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    lending = Lending(village)
    lending.loan = lending.lend("Somchai", on=NOVEMBER_5)
    decision = lending.loan.application.decision
    CommitteeVote.objects.create(decision=decision, voter=village.chair, vote="for")
    lending.save("Kasem", 5_000_00)
    lending.asked = lending.apply("Kasem", 1_000_00, on=NOVEMBER_5)
    votes = {user.pk: "for" for user in (village.chair, village.secretary)}
    [lending.row] = propose_decisions(
        group=lending.group,
        verdicts=[Verdict(application=lending.asked, outcome="approved", satang=1_000_00, instalments=12, votes=votes)],
        resolution=lending.resolve("12/2569", NOVEMBER_20),
        operation=uuid4(),
        by=village.secretary,
    )
    return lending


def execute(statement, values=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def refused_until_unguarded(statement, words, values=()):
    with pytest.raises(IntegrityError, match=words):
        execute(statement, values)
    GUARDS.drop(connection)
    with transaction.atomic():
        assert execute(statement, values) > 0, "the guard is what refused"
        transaction.set_rollback(True)  # keys that point here would refuse it in the end


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_decided_signed_and_paid_does_not_change_by_sql(lent, forged):
    refused_until_unguarded(*FORGED[forged])


@pytest.mark.parametrize("who", ["recorded_by", "confirmed_by"])
def test_the_maker_of_an_application_decides_nothing_by_sql(lent, who):
    people = {"recorded_by": lent.village.secretary, "confirmed_by": lent.village.chair} | {who: lent.asked.entered_by}
    row = Decision(
        application=lent.asked, operation=uuid4(), terms=lent.row.terms, outcome="approved", satang=1_00, instalments=1,
        resolution=lent.row.resolution, recorded_at=lent.row.recorded_at, **people,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=OWN), transaction.atomic():
        row.save()
    GUARDS.drop(connection)
    row.save()


def test_the_borrower_confirms_nothing_by_sql(lent):
    row = Decision(
        application=lent.asked, operation=uuid4(), terms=lent.row.terms, outcome="approved", satang=1_00, instalments=1,
        resolution=lent.row.resolution, recorded_at=lent.row.recorded_at, recorded_by=lent.village.secretary,
        confirmed_by=lent.village.user("Kasem"),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=OWN), transaction.atomic():
        row.save()


def test_the_borrower_does_not_vote_by_sql(lent):
    vote = CommitteeVote(decision=lent.loan.application.decision, voter=lent.village.user("Somchai"), vote="for")
    with pytest.raises(IntegrityError, match=OWN), transaction.atomic():
        vote.save()
    GUARDS.drop(connection)
    vote.save()


def test_the_borrower_approves_no_own_payout_by_sql(lent):
    loan = lent.contract("Prani", 1_000_00, on=NOVEMBER_5)
    row = Disbursement(
        group=lent.group, loan=loan, way="cash", operation=uuid4(), requested_by=lent.village.user("Prani"),
        requested_at=lent.row.recorded_at,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=OWN), transaction.atomic():
        row.save()
    GUARDS.drop(connection)
    row.save()


@pytest.mark.parametrize("unsigned", ["the borrower", "a guarantor"])
def test_an_unsigned_contract_is_not_paid_by_sql(lent, unsigned):
    loan = lent.contract("Prani", 1_000_00, on=NOVEMBER_5, is_signed=False)
    if unsigned == "a guarantor":
        Loan.objects.filter(pk=loan.pk).update(signed_on=NOVEMBER_5)
    refused_until_unguarded("UPDATE loans_loan SET paid_out_on = '2026-11-20' WHERE id = %s", UNSIGNED, [loan.pk])
