"""The committee's decisions: written down from the meeting by one officer, confirmed by another, then they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from funds.errors import OperationReused
from loans import deciding_errors as errors
from loans.models import CommitteeVote, Decision, DecisionProposal, LoanApplication
from loans.selectors.decisions import quorum_of
from loans.selectors.terms import terms_of_application
from loans.services.committee import (
    Outcome,
    Room,
    Verdict,
    lock_proposal,
    refuse_own_business,
    require_sound,
    require_within,
    tally_of,
)
from members import cosign
from members.access import Right, has_right
from members.models import Resolution, SavingsGroup, User
from members.services import record_resolution

STATUS_OF = {
    Outcome.APPROVED: LoanApplication.Status.APPROVED,
    Outcome.REDUCED: LoanApplication.Status.APPROVED,
    Outcome.REFUSED: LoanApplication.Status.REFUSED,
}


@dataclass(frozen=True, kw_only=True)
class NewResolution:
    """The resolution behind the decisions, where it is not on file yet; a quorum only where it is not the usual one."""

    number: str
    decided_on: date
    subject: str
    body: str = Resolution.Body.COMMITTEE
    quorum: int | None = None


@transaction.atomic
def propose_decisions(
    *,
    group: SavingsGroup,
    verdicts: Sequence[Verdict],
    resolution: Resolution | NewResolution,
    operation: UUID,
    by: User,
) -> list[DecisionProposal]:
    """Write down what one resolution says about one application or several; it holds once another officer confirms.

    All or none; the same operation again returns what was written. Raises NothingResolved, NotBeforeCommittee,
    DecidedAlreadyWaits, MakerDecides, InterestedDecides, VoteOfInterested, VoterHasNoVote, LoanNoQuorum,
    LoanNotCarried, LoanRefusalUnexplained, ApprovedOtherThanAsked, TermOtherThanAllowed, ResolvedBeforeAsked,
    ResolvedInFuture, MoreThanAllowed, OperationReused, and what record_resolution raises.
    """
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    if not verdicts:
        raise errors.NothingResolved
    known = _written_before(verdicts, operation)
    if known:
        return known
    room = Room.of(group, [verdict.application for verdict in verdicts])
    votes = {verdict.application.pk: room.votes(verdict) for verdict in verdicts}
    if isinstance(resolution, NewResolution):
        resolution = _record(group, resolution, votes, room, by)
    return [_propose(verdict, votes[verdict.application.pk], resolution, room, operation, by) for verdict in verdicts]


@transaction.atomic
def confirm_decisions(*, proposals: Sequence[DecisionProposal], by: User) -> list[Decision]:
    """Confirm decisions on the own device: from now on they hold. Twice by the same officer is one decision.

    Raises DecisionDone, SignerIsAsker, SignerLacksRight, MakerDecides, InterestedDecides and what has changed since:
    NotBeforeCommittee, VoteOfInterested, LoanNoQuorum, MoreThanAllowed.
    """
    return [_confirm(proposal, by) for proposal in proposals]


@transaction.atomic
def cancel_proposals(*, proposals: Sequence[DecisionProposal], by: User) -> None:
    """Take back what was written down before it is confirmed; it can be written anew. Raises DecisionDone."""
    for proposal in proposals:
        locked = DecisionProposal.objects.select_for_update().get(pk=proposal.pk)
        if not locked.is_waiting:
            raise errors.DecisionDone
        locked.cancelled_by, locked.cancelled_at = by, timezone.now()
        locked.save(update_fields=["cancelled_by", "cancelled_at"])


def _record(
    group: SavingsGroup, new: NewResolution, votes: Mapping[int, list[list[Any]]], room: Room, by: User
) -> Resolution:
    """Put the resolution on file, with the votes where they are the same about everybody."""
    present = max(len(each) for each in votes.values())
    quorum = quorum_of(len(room.people)) if new.quorum is None else new.quorum
    if present < quorum:
        raise errors.LoanNoQuorum(present=present, quorum=quorum)
    tallies = {tuple(tally_of(each)) for each in votes.values()}
    counted: dict[str, Any] = {}
    if len(tallies) == 1 and (tally := tallies.pop())[0] > tally[1]:
        counted = dict(zip(("votes_for", "votes_against", "votes_abstained"), tally, strict=True))
    return record_resolution(
        group=group,
        number=new.number,
        decided_on=new.decided_on,
        subject=new.subject,
        body=new.body,
        by=by,
        present=present,
        quorum=quorum,
        **counted,
    )


def _propose(
    verdict: Verdict, votes: list[list[Any]], resolution: Resolution, room: Room, operation: UUID, by: User
) -> DecisionProposal:
    application = _locked_application(verdict.application)
    if DecisionProposal.objects.filter(
        application=application, decision__isnull=True, cancelled_at__isnull=True
    ).exists():
        raise errors.DecidedAlreadyWaits(number=application.number)
    refuse_own_business(application, by)
    require_sound(application, resolution, votes, len(room.people))
    terms = terms_of_application(application)
    if terms is None:
        raise errors.NotBeforeCommittee(number=application.number, state=application.get_status_display())
    row = DecisionProposal(
        application=application,
        operation=_own_operation(operation, application),
        terms=terms,
        outcome=verdict.outcome,
        reason=verdict.reason.strip(),
        resolution=resolution,
        votes=votes,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    if verdict.outcome == Outcome.REFUSED:
        if not row.reason:
            raise errors.LoanRefusalUnexplained(number=application.number)
    else:
        row.satang, row.instalments, row.grace = verdict.satang, verdict.instalments, verdict.grace
        require_within(row)
    row.save()
    return row


def _confirm(proposal: DecisionProposal, by: User) -> Decision:
    row = lock_proposal(proposal)
    if row.decision is not None and row.decision.confirmed_by_id == by.pk:
        return row.decision
    if not row.is_waiting:
        raise errors.DecisionDone
    if by.pk == row.recorded_by_id:
        raise cosign.SignerIsAsker
    application = _locked_application(row.application)
    group = application.group
    if not has_right(by, group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=by.display_name)
    refuse_own_business(application, by)
    room = Room.of(group, [application])
    voters = {pk: word for pk, word, _interest in row.votes}
    require_sound(application, row.resolution, room.votes(_verdict_of(row, voters)), len(room.people))
    if row.outcome != Outcome.REFUSED:
        require_within(row)
    decision = Decision.objects.create(
        application=application,
        operation=row.operation,
        terms=row.terms,
        outcome=row.outcome,
        satang=row.satang,
        instalments=row.instalments,
        grace=row.grace,
        reason=row.reason,
        resolution=row.resolution,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        confirmed_by=by,
    )
    CommitteeVote.objects.bulk_create(
        CommitteeVote(decision=decision, voter_id=pk, vote=word, interest=interest) for pk, word, interest in row.votes
    )
    row.decision = decision
    row.save(update_fields=["decision"])
    application.status = STATUS_OF[Outcome(row.outcome)]
    application.save(update_fields=["status"])
    return decision


def _verdict_of(row: DecisionProposal, votes: Mapping[int, str]) -> Verdict:
    return Verdict(application=row.application, outcome=row.outcome, votes=votes)


def _locked_application(application: LoanApplication) -> LoanApplication:
    rows = LoanApplication.objects.select_for_update(of=("self",)).select_related("group", "member__group", "product")
    locked = rows.get(pk=application.pk)
    if locked.status != LoanApplication.Status.READY:
        raise errors.NotBeforeCommittee(number=locked.number, state=locked.get_status_display())
    return locked


def written_by_form(group: SavingsGroup, asked: Iterable[int], operation: UUID) -> list[LoanApplication]:
    """Of these applications (ids) those about which a form wrote something down when it was sent before."""
    keys = [uuid5(operation, str(pk)) for pk in asked]
    rows = DecisionProposal.objects.filter(application__group=group, operation__in=keys).order_by("application__number")
    return [row.application for row in rows.select_related("application__member", "application__product")]


def _own_operation(operation: UUID, application: LoanApplication) -> UUID:
    return uuid5(operation, str(application.pk))


def _written_before(verdicts: Sequence[Verdict], operation: UUID) -> list[DecisionProposal]:
    """What the same form wrote before. Raises OperationReused where it said something else."""
    keys = {_own_operation(operation, verdict.application): verdict for verdict in verdicts}
    known = list(DecisionProposal.objects.filter(operation__in=keys).select_related("resolution").order_by("pk"))
    if known and (
        len(known) != len(verdicts)
        or any((row.outcome, row.satang) != (keys[row.operation].outcome, keys[row.operation].satang) for row in known)
    ):
        raise OperationReused
    return known
