"""One officer writes a decision down, another confirms it, once."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from funds.errors import OperationReused
from funds.waiting import waiting_in
from loans import deciding_errors as errors
from loans.services.decision_signatures import ask_signature, confirm_signed
from loans.services.decisions import NewResolution, cancel_proposals, confirm_decisions, propose_decisions
from members import cosign
from members.cosign import SignerIsAsker, SignerLacksRight
from tests.loans.decisions.conftest import FOR, LEFT, NOVEMBER_5, NOVEMBER_20, Committee


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
