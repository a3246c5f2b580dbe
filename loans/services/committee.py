"""The committee at the table: who decides, who leaves the vote, what it may resolve."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from loans import deciding_errors as errors
from loans.applying_errors import MayNotBorrow, MoreThanAllowed
from loans.models import CommitteeVote, Decision, DecisionProposal, LoanApplication
from loans.selectors.decisions import INTERESTS, deciders, interests, quorum_of
from loans.selectors.limits import may_borrow
from loans.services.applications import refuse_too_little
from members.models import Resolution, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

Outcome, Vote = Decision.Outcome, CommitteeVote.Vote


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was resolved about one application (satang), and how each member of the committee took part.

    votes: {user id: word of CommitteeVote.Vote}; whoever was absent is left out.
    """

    application: LoanApplication
    outcome: str
    satang: int = 0
    instalments: int = 0
    grace: int = 0
    reason: str = ""
    votes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """Those who decide, and who of them has an own interest in which application."""

    people: dict[int, User]
    interests: dict[int, dict[int, str]]

    @classmethod
    def of(cls, group: SavingsGroup, applications: Sequence[LoanApplication]) -> "Room":
        people = deciders(group)
        return cls({user.pk: user for user in people}, interests(group, applications, people))

    def votes(self, verdict: Verdict) -> list[list[Any]]:
        """The votes about an application, each with the interest for which somebody left."""
        found = []
        for pk, word in sorted(verdict.votes.items()):
            if pk not in self.people or word not in Vote.values:
                raise errors.VoterHasNoVote
            interest = self.interests[verdict.application.pk].get(pk, "")
            if interest and word != Vote.LEFT:
                raise errors.VoteOfInterested(
                    name=self.people[pk].display_name, number=verdict.application.number, interest=INTERESTS[interest]
                )
            found.append([pk, str(word), (interest or "declared") if word == Vote.LEFT else ""])
        return found


def tally_of(votes: list[list[Any]]) -> list[int]:
    counted = Counter(word for _pk, word, _interest in votes)
    return [counted[Vote.FOR], counted[Vote.AGAINST], counted[Vote.ABSTAINED]]


def require_sound(application: LoanApplication, resolution: Resolution, votes: list[list[Any]], committee: int) -> None:
    """A resolution after the application, of a quorate meeting, carried by those who had no own interest."""
    if resolution.decided_on > timezone.localdate():
        raise errors.ResolvedInFuture(day=format_date(resolution.decided_on, language=active_language()))
    if resolution.decided_on < application.asked_on:
        asked = format_date(application.asked_on, language=active_language())
        raise errors.ResolvedBeforeAsked(number=application.number, asked=asked)
    quorum = resolution.quorum if resolution.quorum is not None else quorum_of(committee)
    if len(votes) < quorum:
        raise errors.LoanNoQuorum(present=len(votes), quorum=quorum)
    carried, against, _abstained = tally_of(votes)
    if carried <= against:
        raise errors.LoanNotCarried(number=application.number, votes=carried, against=against)


def require_within(row: DecisionProposal) -> None:
    """No more than was asked for, than the terms allow, than the member may borrow today; no less than is sensible."""
    application, terms = row.application, row.terms
    is_less = row.satang < application.satang
    if row.satang > application.satang or is_less != (row.outcome == Outcome.REDUCED):
        raise errors.ApprovedOtherThanAsked(number=application.number, asked=format_baht(application.satang))
    if not 1 <= row.instalments <= terms.instalments_max or not 0 <= row.grace <= terms.grace_max:
        raise errors.TermOtherThanAllowed(
            product=application.product.name, longest=terms.instalments_max, grace=terms.grace_max
        )
    refuse_too_little(group=application.group, satang=row.satang, months=row.instalments)
    limit = may_borrow(application.member, application.product, without=application)
    if limit.unmet:
        raise MayNotBorrow(reason=limit.unmet[0].text)
    if row.satang > limit.most_satang:
        raise MoreThanAllowed(most=format_baht(limit.most_satang), reason=limit.binding.text)


def refuse_own_business(application: LoanApplication, officer: User) -> None:
    if officer.pk == application.entered_by_id:
        raise errors.MakerDecides(name=officer.display_name, number=application.number)
    interest = interests(application.group, [application], [officer])[application.pk].get(officer.pk)
    if interest:
        raise errors.InterestedDecides(
            name=officer.display_name, number=application.number, interest=INTERESTS[interest]
        )


def lock_proposal(proposal: DecisionProposal) -> DecisionProposal:
    rows = DecisionProposal.objects.select_for_update(of=("self",)).select_related(
        "application__group", "application__member__group", "application__product", "terms", "resolution",
        "recorded_by", "signature__group", "decision",
    )  # fmt: skip
    return rows.get(pk=proposal.pk)
