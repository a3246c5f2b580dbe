"""The second officer's signature under the committee's decisions, at the laptop of who wrote them down."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from loans import deciding_errors as errors
from loans.models import CommitteeVote, Decision, DecisionProposal
from loans.services.committee import lock_proposal
from loans.services.decisions import confirm_decisions
from members import cosign
from members.access import Right
from thai.money import format_baht

Outcome, Vote = Decision.Outcome, CommitteeVote.Vote


@transaction.atomic
def ask_signature(*, proposals: Sequence[DecisionProposal]) -> cosign.CoSignature:
    """Ask for the second officer's signature at the laptop of who wrote the decisions down. Raises DecisionDone."""
    rows = [lock_proposal(proposal) for proposal in proposals]
    if not rows or not all(row.is_waiting for row in rows):
        raise errors.DecisionDone
    signature = cosign.request_cosign(
        group=rows[0].application.group,
        by=rows[0].recorded_by,
        right=Right.COSIGN,
        title=_("Decisions of the loan committee"),
        content=decision_content(rows),
    )
    DecisionProposal.objects.filter(pk__in=[row.pk for row in rows]).update(signature=signature)
    return signature


@transaction.atomic
def confirm_signed(*, proposals: Sequence[DecisionProposal]) -> list[Decision]:
    """Spend the signature given at this laptop and let the decisions hold; a second click finds them.

    Raises DecisionDone, members.cosign.CoSignRefused and what confirm_decisions raises.
    """
    rows = [lock_proposal(proposal) for proposal in proposals]
    signature = rows[0].signature if rows else None
    if signature is None or any(row.signature_id != signature.pk for row in rows):
        raise cosign.SignatureMissing
    done = [row.decision for row in rows if row.decision is not None]
    if len(done) == len(rows) and all(decision.confirmed_by_id == signature.signed_by_id for decision in done):
        return done
    if not all(row.is_waiting for row in rows):
        raise errors.DecisionDone
    signer = cosign.use(signature=signature, content=decision_content(rows), by=rows[0].recorded_by)
    return confirm_decisions(proposals=rows, by=signer)


def decision_content(rows: Sequence[DecisionProposal]) -> dict[Any, Any]:
    """What the second officer signs: the resolution, and line by line what it says about whom."""
    resolution = rows[0].resolution
    content: dict[Any, Any] = {
        _("Resolution"): resolution.number,
        _("Date of the meeting"): resolution.decided_on,
    }
    for row in rows:
        label = f"{row.application.number}. {row.application.member.full_name}"
        tally = Counter(word for _pk, word, _interest in row.votes)
        said = f"{tally[Vote.FOR]}-{tally[Vote.AGAINST]}-{tally[Vote.ABSTAINED]}-{tally[Vote.LEFT]}"
        amount = f" {format_baht(row.satang)} / {row.instalments}" if row.satang else f" {row.reason}"
        content[label] = _said(row.outcome, amount, said)
    content[_("Reference")] = " ".join(str(row.operation)[:8] for row in rows)
    return content


def _said_outcome(outcome: str, amount: str, votes: str) -> str:
    return f"{Outcome(outcome).label}{amount} ({votes})"


_said = lazy(_said_outcome, str)
