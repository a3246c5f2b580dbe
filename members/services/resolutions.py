"""Resolutions: what a meeting decided, with the votes that carried it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import Resolution, SavingsGroup, User

VOTES = ("votes_for", "votes_against", "votes_abstained")


class ResolutionTaken(DomainError):
    """Two resolutions cannot have one number."""

    sentence = _("Resolution %(number)s is recorded already.")


class NotCarried(DomainError):
    """What found no majority was not resolved."""

    sentence = _("%(against)s were against and %(votes)s for: this was not carried, so it is no resolution.")


class NoQuorum(DomainError):
    """A meeting without its quorum decides nothing."""

    sentence = _("%(quorum)s must be present for a quorum, but %(present)s were: this meeting could not decide.")


class MoreVotesThanPresent(DomainError):
    """Only those present vote."""

    sentence = _("%(votes)s voted or abstained, but %(present)s were present. Please look at the minutes again.")


class VotesIncomplete(DomainError):
    """Votes are recorded whole or not at all."""

    sentence = _("Fill in all three: for, against, abstained. Nought is a number too.")


class PresentMissing(DomainError):
    """A quorum says nothing without those present."""

    sentence = _("Fill in how many were present.")


@transaction.atomic
def record_resolution(
    *,
    group: SavingsGroup,
    number: str,
    decided_on: date,
    subject: str,
    by: User,
    body: str = Resolution.Body.COMMITTEE,
    text: str = "",
    present: int | None = None,
    quorum: int | None = None,
    votes_for: int | None = None,
    votes_against: int | None = None,
    votes_abstained: int | None = None,
) -> Resolution:
    """Enter what a meeting decided; votes, those present and the quorum as the minutes have them, or not at all.

    Raises ResolutionTaken, VotesIncomplete, NotCarried, PresentMissing, NoQuorum, MoreVotesThanPresent.
    """
    _refuse_votes(present, quorum, votes_for, votes_against, votes_abstained)
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    if Resolution.objects.filter(group=group, number=number).exists():
        raise ResolutionTaken(number=number)
    return Resolution.objects.create(
        group=group,
        number=number,
        decided_on=decided_on,
        subject=subject,
        body=body,
        text=text,
        present=present,
        quorum=quorum,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstained=votes_abstained,
        recorded_by=by,
    )


def _refuse_votes(
    present: int | None, quorum: int | None, for_it: int | None, against: int | None, abstained: int | None
) -> None:
    if quorum is not None:
        if present is None:
            raise PresentMissing()
        if present < quorum:
            raise NoQuorum(quorum=quorum, present=present)
    votes = (for_it, against, abstained)
    if all(one is None for one in votes):
        return
    if for_it is None or against is None or abstained is None:
        raise VotesIncomplete()
    if for_it <= against:
        raise NotCarried(votes=for_it, against=against)
    if present is not None and for_it + against + abstained > present:
        raise MoreVotesThanPresent(votes=for_it + against + abstained, present=present)
