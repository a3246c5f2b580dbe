"""Who stands guarantor for whom, for how much in all, and where guarantees run in a ring."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from funds.selectors import balances
from loans.models import Guarantee, Loan, LoanApplication
from loans.rings import shortest_ring
from loans.selectors.cover import ASKED, free_savings_of
from loans.selectors.standings import LOANS
from members.group_settings import setting
from members.models import Member, Office, PassbookAccess, SavingsGroup, User
from members.selectors.people import PeopleFilter, people

SHOWS = ("all", "full", "short", "ring")
DAYS_AFTER_ACTIVATION = 7
RELATED = ("member__group", "application__member", "application__product", "loan__member", "loan__product")


@dataclass(frozen=True)
class Standing:
    """One guarantee that lives (satang): for whom, how much, and what is still owed on the loan."""

    guarantee: Guarantee
    outstanding: int | None

    @property
    def borrower(self) -> Member:
        """Whose debt it secures."""
        return borrower_of(self.guarantee)


@dataclass(frozen=True)
class GuarantorRow:
    """What one member stands for in all (satang), beside the savings that are still free."""

    member: Member
    count: int
    most: int
    satang: int
    outstanding: int
    free: int
    ring: tuple[Member, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether the group's rule allows no further guarantee."""
        return self.count >= self.most


@dataclass(frozen=True, slots=True)
class GuarantorTotals:
    """The list in figures."""

    members: int
    count: int
    satang: int


def live_guarantees(group: SavingsGroup) -> QuerySet[Guarantee]:
    """Guarantees that bind: of loans still owed or awaiting payout, and given words for applications; two queries."""
    owed = [number for number, satang in balances(group, LOANS).items() if satang]
    paid_out = Q(loan__group=group, loan__paid_out_on__isnull=False, loan__number__in=owed)
    contracted = Q(loan__group=group, loan__paid_out_on__isnull=True, loan__cancelled_on__isnull=True)
    asked = Q(loan__isnull=True, application__group=group, application__status__in=ASKED, confirmed_at__isnull=False)
    found = Guarantee.objects.filter(paid_out | contracted | asked, declined_at__isnull=True, released_on__isnull=True)
    return found.select_related(*RELATED).order_by("member__number", "pk")


def count_live_guarantees(member: Member, *, without: LoanApplication | None = None) -> int:
    """For how many loans a member stands guarantor now, adopted ones among them."""
    found = live_guarantees(member.group).filter(member=member)
    if without is not None:
        found = found.exclude(application=without)
    return found.count()


def stood_for_elsewhere(member: Member, *, without: LoanApplication) -> tuple[int, int]:
    """How many other loans a member stands guarantor for, and how much in all (satang)."""
    found = live_guarantees(member.group).filter(member=member).exclude(application=without)
    summed = found.order_by().aggregate(count=Count("pk"), satang=Sum("satang", default=0))
    return summed["count"], summed["satang"]


def most_guarantees(group: SavingsGroup) -> int:
    """The group's rule: most live guarantees of one member."""
    most: int = setting(group, "guarantees_max")
    return most


def borrower_of(guarantee: Guarantee) -> Member:
    """Whose debt a guarantee secures."""
    owner: Loan | LoanApplication | None = guarantee.loan or guarantee.application
    assert owner is not None
    return owner.member


def standings_of(member: Member) -> list[Standing]:
    """Everything that a member stands for, with what is owed on each loan."""
    owed = balances(member.group, LOANS)
    return [
        Standing(each, owed.get(each.loan.number, 0) if each.loan else None)
        for each in live_guarantees(member.group).filter(member=member)
    ]


def outstanding_of(standings: Iterable[Standing]) -> int:
    """What is still owed on the loans that somebody stands for (satang)."""
    return sum(standing.outstanding or 0 for standing in standings)


def guarantor_rows(group: SavingsGroup, *, q: str = "", show: str = "all") -> list[GuarantorRow]:
    """Every member who stands guarantor, by number; constant queries."""
    live, owed, most = list(live_guarantees(group)), balances(group, LOANS), most_guarantees(group)
    of_member: dict[int, list[Guarantee]] = defaultdict(list)
    for guarantee in live:
        of_member[guarantee.member_id].append(guarantee)
    members = {guarantee.member_id: guarantee.member for guarantee in live}
    known = {borrower_of(guarantee).pk: borrower_of(guarantee) for guarantee in live} | members
    free, edges = free_savings_of(group, members.values()), _edges(live)
    fit = set(people(group=group, by=PeopleFilter(q=q)).values_list("pk", flat=True)) if q else set(members)
    rows = [
        GuarantorRow(
            member=members[pk],
            count=len(own),
            most=most,
            satang=sum(each.satang for each in own),
            outstanding=sum(owed.get(each.loan.number, 0) for each in own if each.loan),
            free=free[pk],
            ring=tuple(known[each] for each in shortest_ring(edges, pk)),
        )
        for pk, own in of_member.items()
        if pk in fit
    ]
    return [row for row in rows if _is_shown(row, show)]


def guarantor_totals(rows: Sequence[GuarantorRow]) -> GuarantorTotals:
    """How many guarantors, guarantees, and how much they stand for (satang)."""
    return GuarantorTotals(len(rows), sum(row.count for row in rows), sum(row.satang for row in rows))


def rings_of(application: LoanApplication, guarantors: Iterable[Member]) -> list[tuple[Member, ...]]:
    """The rings that an application closes, each from a guarantor on: A stands for the borrower, and so on to A."""
    live = list(live_guarantees(application.group))
    edges = _edges(live)
    known = {each.member_id: each.member for each in live} | {borrower_of(each).pk: borrower_of(each) for each in live}
    found = []
    for member in guarantors:
        ring = shortest_ring(edges | {member.pk: [application.member_id]}, member.pk)
        if ring:
            named = known | {member.pk: member, application.member_id: application.member}
            found.append(tuple(named[each] for each in ring))
    return found


def asked_guarantees(user: User, group: SavingsGroup) -> QuerySet[Guarantee]:
    """The guarantees that wait for the own word of whoever is signed in."""
    found = Guarantee.objects.filter(
        member__in=own_members(user, group), application__status__in=ASKED,
        confirmed_at__isnull=True, declined_at__isnull=True, released_on__isnull=True,
    )  # fmt: skip
    return found.select_related(*RELATED).order_by("pk")


def own_guarantees(user: User, group: SavingsGroup) -> list[Standing]:
    """What whoever is signed in stands for."""
    members = own_members(user, group).select_related("group")
    return [standing for member in members for standing in standings_of(member)]


def own_members(user: User, group: SavingsGroup) -> QuerySet[Member]:
    """The memberships that are somebody's own: not a child's, not a body's."""
    own = PassbookAccess.Relation.OWN
    return Member.objects.filter(group=group, openers__user=user, openers__relation=own)


def users_of(members: Iterable[Member]) -> dict[int, Member]:
    """Who acts for which of these members, by user id: the own passbook, or an office held as that member."""
    chosen = {member.pk: member for member in members}
    own = PassbookAccess.objects.filter(member__in=chosen).order_by().values_list("user", "member")
    seats = Office.objects.filter(member__in=chosen).order_by().values_list("user", "member")
    return {user: chosen[member] for user, member in [*own, *seats] if member is not None}


def interested_users(application: LoanApplication) -> dict[int, Member]:
    """Whoever has a part in an application and so none in its decision: borrower, spouse, guarantors, by user id."""
    borrower = Member.objects.select_related("spouse").get(pk=application.member_id)
    spouses = list(Member.objects.filter(spouse=borrower)) + ([borrower.spouse] if borrower.spouse else [])
    standing = Guarantee.objects.filter(application=application, declined_at__isnull=True, released_on__isnull=True)
    guarantors = [guarantee.member for guarantee in standing.select_related("member")]
    return users_of([*guarantors, *spouses, borrower])


def may_confirm_from(user: User) -> date | None:
    """From which day on somebody may give a word on the own page; None where that day has come."""
    if user.activated_on is None:
        return None
    day = user.activated_on + timedelta(days=DAYS_AFTER_ACTIVATION)
    return day if timezone.localdate() < day else None


def is_spouse(member: Member, borrower: Member) -> bool:
    """Whether two members are married to each other by the register."""
    return borrower.pk == member.spouse_id or member.pk == borrower.spouse_id


def _edges(live: Iterable[Guarantee]) -> dict[int, list[int]]:
    edges: dict[int, list[int]] = defaultdict(list)
    for guarantee in live:
        edges[guarantee.member_id].append(borrower_of(guarantee).pk)
    return edges


def _is_shown(row: GuarantorRow, show: str) -> bool:
    shown = {"full": row.is_full, "short": row.free == 0, "ring": bool(row.ring)}
    return shown.get(show, True)
