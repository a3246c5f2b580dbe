"""Whoever has an own interest does not vote."""

import pytest
from django.db import IntegrityError, transaction

from loans import deciding_errors as errors
from loans.models import CommitteeVote, LoanApplication
from loans.services.decisions import confirm_decisions
from members.models import Member, PassbookAccess
from tests.loans.decisions.conftest import FOR, LEFT, Committee, interest


def test_without_a_tie_there_is_no_interest(committee: Committee) -> None:
    assert interest(committee) == ""


def test_interest_of_the_borrower(committee: Committee) -> None:
    assert interest(committee, committee.apply("Prani", 1_000_00)) == "borrower"


def test_interest_of_who_acts_for_the_borrower(committee: Committee) -> None:
    PassbookAccess.objects.create(user=committee.prani, member=committee["Somchai"], relation="body")
    assert interest(committee) == "acts_for"


def test_interest_of_a_guarantor(committee: Committee) -> None:
    assert interest(committee, committee.apply("Kasem", 1_000_00, guarantors=("Prani",))) == "guarantor"


@pytest.mark.parametrize("whose", ["Somchai", "Prani"])
def test_interest_of_the_spouse_whichever_of_the_two_named_the_other(committee: Committee, whose: str) -> None:
    other = "Prani" if whose == "Somchai" else "Somchai"
    Member.objects.filter(pk=committee[whose].pk).update(spouse=committee[other])
    committee.asked.refresh_from_db()
    assert interest(committee, LoanApplication.objects.get(pk=committee.asked.pk)) == "spouse"


def test_interest_of_the_same_household(committee: Committee) -> None:
    Member.objects.filter(pk=committee["Prani"].pk).update(household=committee["Somchai"].household)
    assert interest(committee) == "household"


def test_a_vote_of_whoever_has_an_interest_is_refused(committee: Committee) -> None:
    Member.objects.filter(pk=committee["Prani"].pk).update(household=committee["Somchai"].household)
    with pytest.raises(errors.VoteOfInterested, match="ปราณี"):
        committee.propose()
    (row,) = committee.propose(committee.verdict(votes=committee.votes(FOR, FOR, LEFT)))
    (decision,) = confirm_decisions(proposals=[row], by=committee.village.chair)
    left = decision.votes.get(voter=committee.prani)
    assert (left.vote, left.interest) == (LEFT, "household")


def test_an_interest_that_arose_before_the_confirmation_counts(committee: Committee) -> None:
    rows = committee.propose()
    Member.objects.filter(pk=committee["Prani"].pk).update(household=committee["Somchai"].household)
    with pytest.raises(errors.VoteOfInterested):
        confirm_decisions(proposals=rows, by=committee.village.chair)


def test_the_database_takes_no_vote_of_the_borrower(committee: Committee) -> None:
    asked = committee.apply("Prani", 1_000_00)
    decision = committee.decide(asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeVote.objects.create(decision=decision, voter=committee.prani, vote=FOR)
    CommitteeVote.objects.create(decision=decision, voter=committee.prani, vote=LEFT, interest="borrower")
