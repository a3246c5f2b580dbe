"""The committee decides: a quorum, no vote of whoever has an own interest, two people, within the terms."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from funds.errors import OperationReused
from funds.waiting import waiting_in
from loans import deciding_errors as errors
from loans.applying_errors import MoreThanAllowed
from loans.models import CommitteeVote, Decision, DecisionProposal, LoanApplication
from loans.selectors.decisions import interests, quorum_of
from loans.selectors.queue import lendable, loan_queue
from loans.services.committee import Verdict
from loans.services.decision_signatures import ask_signature, confirm_signed
from loans.services.decisions import NewResolution, cancel_proposals, confirm_decisions, propose_decisions
from loans.services.queue import rank_application
from members import cosign
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Member, Office, PassbookAccess, Resolution, User
from members.services import user_for_member
from tests.loans.cast import Lending
from tests.village import TestVillage

NOVEMBER_5, NOVEMBER_20 = date(2026, 11, 5), date(2026, 11, 20)
FOR, AGAINST, LEFT = "for", "against", "left"


class Committee(Lending):
    """Anong and Malee decide, and with them Prani of the loan committee; Somchai has saved 5,000 baht."""

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.prani = village.user("Prani")
        Office.objects.create(
            group=self.group, user=self.prani, role="loan", starts_on=date(2026, 1, 1), member=village.member("Prani")
        )
        self.people = (village.chair, village.secretary, self.prani)
        self.save("Somchai", 5_000_00)
        self.asked = self.apply(on=NOVEMBER_5)

    def votes(self, *words: str, people: tuple[User, ...] | None = None) -> dict[int, str]:
        given = words or (FOR,) * 3
        return {user.pk: word for user, word in zip(people or self.people, given, strict=False) if word}

    def verdict(self, application: LoanApplication | None = None, **fields: Any) -> Verdict:
        asked = application or self.asked
        given: dict[str, Any] = {"outcome": "approved", "satang": asked.satang, "instalments": 12, **fields}
        return Verdict(application=asked, **{"votes": self.votes(), **given})

    def propose(self, *verdicts: Verdict, by: User | None = None, **rest: Any) -> list[DecisionProposal]:
        new = NewResolution(number="4/2569", decided_on=NOVEMBER_20, subject="พิจารณาเงินกู้")
        given = {"resolution": new, "operation": uuid4(), **rest}
        return propose_decisions(
            group=self.group, verdicts=verdicts or (self.verdict(),), by=by or self.village.secretary, **given
        )


@pytest.fixture
def committee(time_machine: Any, village: TestVillage) -> Committee:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Committee(village)


def state(application: LoanApplication) -> str:
    application.refresh_from_db()
    return application.status


def test_a_decision_holds_from_the_confirmation_on(committee: Committee) -> None:
    rows = committee.propose()
    assert state(committee.asked) == "ready"
    (decision,) = confirm_decisions(proposals=rows, by=committee.village.chair)
    assert (state(committee.asked), decision.satang, decision.outcome) == ("approved", 12_000_00, "approved")
    assert sorted(decision.votes.values_list("vote", flat=True)) == [FOR, FOR, FOR]
    assert (decision.recorded_by, decision.confirmed_by) == (committee.village.secretary, committee.village.chair)


def test_the_resolution_keeps_votes_and_quorum(committee: Committee) -> None:
    (row,) = committee.propose(committee.verdict(votes=committee.votes(FOR, FOR, AGAINST)))
    found = row.resolution
    assert (found.present, found.quorum) == (3, 2)
    assert (found.votes_for, found.votes_against, found.votes_abstained) == (2, 1, 0)


def test_one_resolution_decides_several(committee: Committee) -> None:
    committee.save("Kasem", 2_000_00)
    second = committee.apply("Kasem", 3_000_00, on=NOVEMBER_5)
    refused = committee.verdict(second, outcome="refused", satang=0, instalments=0, reason="ยังมีหนี้นอกกลุ่ม")
    rows = committee.propose(committee.verdict(), refused)
    assert len({row.resolution_id for row in rows}) == 1
    confirm_decisions(proposals=rows, by=committee.village.chair)
    assert (state(committee.asked), state(second)) == ("approved", "refused")


def test_less_may_be_approved(committee: Committee) -> None:
    rows = committee.propose(committee.verdict(outcome="reduced", satang=8_000_00, reason="รายได้น้อย"))
    (decision,) = confirm_decisions(proposals=rows, by=committee.village.chair)
    assert (decision.outcome, decision.satang) == ("reduced", 8_000_00)


@pytest.mark.parametrize(
    ("outcome", "satang"), [("reduced", 12_000_00), ("approved", 8_000_00), ("approved", 13_000_00)]
)
def test_approved_is_what_was_asked_for(committee: Committee, outcome: str, satang: int) -> None:
    with pytest.raises(errors.ApprovedOtherThanAsked):
        committee.propose(committee.verdict(outcome=outcome, satang=satang))


def test_a_refusal_says_why(committee: Committee) -> None:
    with pytest.raises(errors.LoanRefusalUnexplained):
        committee.propose(committee.verdict(outcome="refused", satang=0, instalments=0, reason=" "))


def test_no_more_is_approved_than_may_be_borrowed(committee: Committee) -> None:
    Member.objects.filter(pk=committee["Kasem"].pk).update(household=None)
    poor = committee.apply("Kasem", 3_000_00, on=NOVEMBER_5)
    committee.save("Kasem", 500_00)
    with pytest.raises(MoreThanAllowed, match="1,500"):
        committee.propose(committee.verdict(poor))


def test_the_term_stays_within_the_product(committee: Committee) -> None:
    with pytest.raises(errors.TermOtherThanAllowed):
        committee.propose(committee.verdict(instalments=13))


def test_more_than_half_must_be_there(committee: Committee) -> None:
    assert [quorum_of(count) for count in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, 3]
    with pytest.raises(errors.LoanNoQuorum):
        committee.propose(committee.verdict(votes=committee.votes(FOR)))
    assert not Resolution.objects.filter(number="4/2569").exists()


def test_a_resolution_may_ask_for_another_quorum(committee: Committee) -> None:
    strict = NewResolution(number="4/2569", decided_on=NOVEMBER_20, subject="พิจารณาเงินกู้", quorum=3)
    with pytest.raises(errors.LoanNoQuorum):
        committee.propose(committee.verdict(votes=committee.votes(FOR, FOR)), resolution=strict)


def test_what_found_no_majority_is_not_resolved(committee: Committee) -> None:
    with pytest.raises(errors.LoanNotCarried):
        committee.propose(committee.verdict(votes=committee.votes(FOR, AGAINST)))


def test_only_the_committee_votes(committee: Committee) -> None:
    with pytest.raises(errors.VoterHasNoVote):
        committee.propose(committee.verdict(votes={**committee.votes(), committee.village.auditor.pk: FOR}))


# --- own interest -------------------------------------------------------------------------------------------


def interest(committee: Committee, application: LoanApplication | None = None) -> str:
    asked = application or committee.asked
    return interests(committee.group, [asked], [committee.prani])[asked.pk].get(committee.prani.pk, "")


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


# --- two people ---------------------------------------------------------------------------------------------


def test_who_wrote_the_decision_down_does_not_confirm_it(committee: Committee) -> None:
    rows = committee.propose()
    with pytest.raises(SignerIsAsker):
        confirm_decisions(proposals=rows, by=committee.village.secretary)


def test_neither_borrower_nor_maker_records_or_confirms(committee: Committee) -> None:
    own = committee.apply("Prani", 1_000_00, on=NOVEMBER_5)
    with pytest.raises(errors.InterestedDecides):
        committee.propose(committee.verdict(own, votes=committee.votes(FOR, FOR, LEFT)), by=committee.prani)
    rows = committee.propose()
    with pytest.raises(errors.MakerDecides):
        confirm_decisions(proposals=rows, by=committee.village.treasurer)  # who entered the application
    made = committee.apply("Kasem", 1_000_00, on=NOVEMBER_5, entered_by=committee.village.secretary)
    with pytest.raises(errors.MakerDecides):
        committee.propose(committee.verdict(made), resolution=rows[0].resolution)


def test_control_without_the_rule_only_the_database_stops_the_maker(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loans.services import decisions

    monkeypatch.setattr(decisions, "refuse_own_business", lambda application, officer: None)
    rows = committee.propose()
    with pytest.raises(IntegrityError, match="own_business"), transaction.atomic():
        confirm_decisions(proposals=rows, by=committee.village.treasurer)


def test_an_outsider_confirms_nothing(committee: Committee) -> None:
    rows = committee.propose()
    with pytest.raises(SignerLacksRight):
        confirm_decisions(proposals=rows, by=committee.village.user("Kasem"))


def test_the_second_officer_signs_at_the_same_laptop(committee: Committee) -> None:
    rows = committee.propose()
    signature = ask_signature(proposals=rows)
    cosign.sign_as(signature=signature, user=committee.village.auditor)
    (decision,) = confirm_signed(proposals=rows)
    assert decision.confirmed_by == committee.village.auditor
    assert [one.pk for one in confirm_signed(proposals=rows)] == [decision.pk]


def test_a_decision_that_waits_stands_in_the_list_of_approvals(committee: Committee) -> None:
    rows = committee.propose()
    (waiting,) = waiting_in(committee.group, committee.village.chair)
    assert (waiting.satang, waiting.asked_by) == (12_000_00, committee.village.secretary)
    confirm_decisions(proposals=rows, by=committee.village.chair)
    assert not waiting_in(committee.group, committee.village.chair)


# --- once ---------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_decision(committee: Committee) -> None:
    operation = uuid4()
    first, again = (committee.propose(operation=operation) for _ in range(2))
    assert [row.pk for row in first] == [row.pk for row in again]
    with pytest.raises(OperationReused):
        committee.propose(committee.verdict(outcome="reduced", satang=1_00, reason="น้อย"), operation=operation)
    confirmed = [confirm_decisions(proposals=first, by=committee.village.chair)[0].pk for _ in range(2)]
    assert len(set(confirmed)) == 1


def test_one_decision_waits_at_a_time_and_can_be_taken_back(committee: Committee) -> None:
    rows = committee.propose()
    with pytest.raises(errors.DecidedAlreadyWaits):
        committee.propose(resolution=committee.resolve("5/2569", NOVEMBER_20))
    cancel_proposals(proposals=rows, by=committee.village.chair)
    with pytest.raises(errors.DecisionDone):
        confirm_decisions(proposals=rows, by=committee.village.chair)
    again = committee.propose(resolution=rows[0].resolution)
    assert confirm_decisions(proposals=again, by=committee.village.chair)


def test_what_is_decided_is_decided(committee: Committee) -> None:
    rows = committee.propose()
    confirm_decisions(proposals=rows, by=committee.village.chair)
    with pytest.raises(errors.NotBeforeCommittee):
        committee.propose(resolution=rows[0].resolution)
    with pytest.raises(errors.DecisionDone):
        cancel_proposals(proposals=rows, by=committee.village.chair)


def test_only_what_is_ready_is_decided(committee: Committee) -> None:
    waiting = committee.apply("Kasem", 1_000_00, status="submitted")
    with pytest.raises(errors.NotBeforeCommittee):
        committee.propose(committee.verdict(waiting))


def test_the_resolution_follows_the_application(committee: Committee) -> None:
    with pytest.raises(errors.ResolvedBeforeAsked):
        committee.propose(resolution=committee.resolve("3/2569", date(2026, 11, 4)))
    tomorrow = NewResolution(number="9/2569", decided_on=date(2026, 11, 23), subject="พิจารณาเงินกู้")
    with pytest.raises(errors.ResolvedInFuture):
        committee.propose(resolution=tomorrow)


def test_a_resolution_about_nobody_is_none(committee: Committee) -> None:
    with pytest.raises(errors.NothingResolved):
        propose_decisions(
            group=committee.group,
            verdicts=[],
            resolution=committee.resolve(),
            operation=uuid4(),
            by=committee.village.secretary,
        )


# --- money and queue ----------------------------------------------------------------------------------------


def test_what_can_be_lent_is_cash_and_bank_less_what_is_promised(committee: Committee) -> None:
    committee.decide(committee.asked)
    money = lendable(committee.group)
    assert (money.cash, money.bank, money.promised) == (50_000_00, 205_000_00, 12_000_00)
    assert money.free == 243_000_00


def test_the_queue_is_the_order_of_approval_until_the_money_ends(time_machine: Any, village: TestVillage) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    poor = Lending(village, box=15_000_00, bank=0)
    for name, satang in (("Somchai", 10_000_00), ("Kasem", 6_000_00), ("Prani", 1_000_00)):
        poor.decide(poor.apply(name, satang, on=NOVEMBER_5))
    queue = loan_queue(poor.group)
    assert [(one.member.full_name.split()[0], one.can_be_paid) for one in queue] == [
        ("นายสมชาย", True), ("นายเกษม", False), ("นางปราณี", False),
    ]  # fmt: skip
    last = queue[-1].application
    rank_application(application=last, rank=1, reason="ค่ารักษาพยาบาลด่วน", by=village.secretary)
    queue = loan_queue(poor.group)
    assert (queue[0].rank, queue[0].member.number, queue[0].reason) == (1, 5, "ค่ารักษาพยาบาลด่วน")
    assert [one.can_be_paid for one in queue] == [True, True, False]


def test_a_place_in_the_queue_says_why(committee: Committee) -> None:
    committee.decide(committee.asked)
    with pytest.raises(errors.RankUnexplained):
        rank_application(application=committee.asked, rank=1, reason="", by=committee.village.secretary)


def test_only_who_waits_for_money_has_a_place(committee: Committee) -> None:
    with pytest.raises(errors.NotInQueue):
        rank_application(application=committee.asked, rank=1, reason="ด่วน", by=committee.village.secretary)


def test_nobody_moves_the_own_place(committee: Committee) -> None:
    own = committee.apply("Prani", 1_000_00, on=NOVEMBER_5)
    committee.decide(own)
    with pytest.raises(errors.InterestedDecides):
        rank_application(application=own, rank=1, reason="ด่วน", by=committee.prani)


def test_an_officer_with_several_memberships_is_seen_behind_each(committee: Committee) -> None:
    user_for_member(member=committee["Boonmee"], by=committee.village.administrator)
    Office.objects.filter(user=committee.prani).update(ends_on=date(2026, 11, 1))
    Office.objects.create(
        group=committee.group, user=committee.village.user("Kasem"), role="loan", starts_on=date(2026, 1, 1),
        member=committee["Boonmee"],
    )  # fmt: skip
    found = interests(committee.group, [committee.asked], [committee.village.user("Kasem")])
    assert found[committee.asked.pk] == {committee.village.user("Kasem").pk: "guarantor"}
    assert Decision.objects.count() == 0
