"""Who decides on a loan, who has an own interest in it, and what the committee has before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funds.waiting import Waiting
from loans.models import CommitteeVote, DecisionProposal, Guarantee, LoanApplication
from members.access import Right, officers_with
from members.cosign import live_signature
from members.models import CoSignature, Member, Office, PassbookAccess, Resolution, SavingsGroup, User

INTERESTS: dict[str, Promise] = {
    "borrower": gettext_lazy("the borrower"),
    "acts_for": gettext_lazy("acts for the borrower"),
    "guarantor": gettext_lazy("a guarantor"),
    "spouse": gettext_lazy("the borrower's spouse"),
    "household": gettext_lazy("of the borrower's household"),
    "declared": gettext_lazy("declared at the meeting"),
}


@dataclass(frozen=True)
class People:
    """Who stands behind a user in a group: the members they are, and the passbooks they open."""

    members: Mapping[int, list[Member]]
    opens: Mapping[int, set[int]]


def deciders(group: SavingsGroup) -> list[User]:
    """Those who hold the right to decide on loans today."""
    return list(officers_with(group, Right.DECIDE_LOANS))


def quorum_of(count: int) -> int:
    """More than half."""
    return count // 2 + 1


def people_behind(group: SavingsGroup, users: Iterable[User]) -> People:
    """The members behind users and the passbooks that they open; two queries."""
    keys = [user.pk for user in users]
    members: defaultdict[int, list[Member]] = defaultdict(list)
    opens: defaultdict[int, set[int]] = defaultdict(set)
    for access in PassbookAccess.objects.filter(user__in=keys, member__group=group).select_related("member"):
        opens[access.user_id].add(access.member_id)
        if access.relation == PassbookAccess.Relation.OWN:
            members[access.user_id].append(access.member)
    for office in Office.objects.filter(user__in=keys, group=group, member__isnull=False).select_related("member"):
        assert office.member is not None
        members[office.user_id].append(office.member)
    return People(members, opens)


def interest_of(application: LoanApplication, user: User, behind: People, guarantors: set[int]) -> str:
    """The own interest of a user in an application, as a key of INTERESTS; "" where there is none."""
    borrower = application.member
    own = behind.members.get(user.pk, [])
    opens = behind.opens.get(user.pk, set())
    if any(member.pk == borrower.pk for member in own):
        return "borrower"
    if borrower.pk in opens:
        return "acts_for"
    if any(member.pk in guarantors for member in own) or opens & guarantors:
        return "guarantor"
    if any(borrower.pk == member.spouse_id or member.pk == borrower.spouse_id for member in own):
        return "spouse"
    if borrower.household_id and any(member.household_id == borrower.household_id for member in own):
        return "household"
    return ""


def interests(
    group: SavingsGroup, applications: Iterable[LoanApplication], users: Iterable[User]
) -> dict[int, dict[int, str]]:
    """Who of these users has which own interest: {application id: {user id: key}}; three queries."""
    asked, people = list(applications), list(users)
    behind = people_behind(group, people)
    guarantors: defaultdict[int, set[int]] = defaultdict(set)
    standing = Guarantee.objects.filter(
        application__in=[one.pk for one in asked], declined_at__isnull=True, released_on__isnull=True
    )
    for application, member in standing.values_list("application_id", "member_id"):
        guarantors[application].add(member)
    return {
        one.pk: {user.pk: found for user in people if (found := interest_of(one, user, behind, guarantors[one.pk]))}
        for one in asked
    }


def before_committee(group: SavingsGroup) -> QuerySet[LoanApplication]:
    """The applications that are ready, who asked first first, with their guarantors and any decision that waits."""
    standing = Guarantee.objects.filter(declined_at__isnull=True, released_on__isnull=True)
    waiting = DecisionProposal.objects.filter(cancelled_at__isnull=True, decision__isnull=True)
    return (
        LoanApplication.objects.filter(group=group, status=LoanApplication.Status.READY)
        .select_related("member__household", "member__spouse", "product", "entered_by")
        .prefetch_related(
            Prefetch("guarantees", standing.select_related("member").order_by("position"), to_attr="standing"),
            Prefetch("proposals", waiting.select_related("resolution", "recorded_by"), to_attr="waiting"),
        )
        .order_by("asked_on", "number")
    )


def waiting_proposals(group: SavingsGroup, resolution: Resolution | None = None) -> QuerySet[DecisionProposal]:
    """The decisions that wait for a second officer, all or those of one resolution."""
    found = DecisionProposal.objects.filter(
        application__group=group, decision__isnull=True, cancelled_at__isnull=True
    ).select_related(
        "application__member", "application__product", "resolution", "recorded_by", "signature__signed_by", "terms"
    )
    if resolution is not None:
        found = found.filter(resolution=resolution)
    return found.order_by("pk")


def proposals_of(group: SavingsGroup, resolution: Resolution) -> QuerySet[DecisionProposal]:
    """Everything that was written down of a resolution, taken back ones too."""
    found = DecisionProposal.objects.filter(application__group=group, resolution=resolution)
    related = ("application__member", "application__product", "recorded_by", "decision__confirmed_by", "cancelled_by")
    return found.select_related(*related, "signature__signed_by", "terms").order_by("pk")


@dataclass(frozen=True)
class Voted:
    """How one member of the committee took part, in words."""

    name: str
    vote: str
    interest: str


def votes_of(proposal: DecisionProposal) -> list[Voted]:
    """The votes of a decision as they read, in the order of names; one query."""
    names = {user.pk: user.display_name for user in User.objects.filter(pk__in=[pk for pk, *_rest in proposal.votes])}
    return [
        Voted(names.get(pk, ""), str(CommitteeVote.Vote(word).label), str(INTERESTS.get(interest, "")))
        for pk, word, interest in sorted(proposal.votes, key=lambda vote: names.get(vote[0], ""))
    ]


def waiting_decisions(group: SavingsGroup, user: User) -> list[Waiting]:
    """The decisions of the loan committee that a second officer has to confirm, one line a resolution."""
    by_resolution: dict[int, list[DecisionProposal]] = {}
    for row in waiting_proposals(group):
        by_resolution.setdefault(row.resolution_id, []).append(row)
    return [
        Waiting(
            title=_("Loans decided by resolution %(number)s") % {"number": rows[0].resolution.number},
            satang=sum(row.satang for row in rows),
            to="",
            text=", ".join(row.application.member.full_name for row in rows),
            asked_by=rows[0].recorded_by,
            asked_at=rows[0].recorded_at,
            url=reverse("loans:resolved", args=[group.code, resolution]),
        )
        for resolution, rows in by_resolution.items()
    ]


def signature_of_any(rows: Iterable[DecisionProposal]) -> CoSignature | None:
    """The signature asked for at the first officer's laptop, while it can still be given or used."""
    return next((signature for row in rows if (signature := live_signature(row))), None)
