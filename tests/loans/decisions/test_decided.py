"""One resolution decides applications: votes, quorum, amounts, once."""

import pytest

from loans import deciding_errors as errors
from loans.applying_errors import MoreThanAllowed
from loans.selectors.decisions import quorum_of
from loans.services.decisions import NewResolution, confirm_decisions
from members.models import Member, Resolution
from tests.loans.decisions.conftest import AGAINST, FOR, NOVEMBER_5, NOVEMBER_20, Committee, state


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
