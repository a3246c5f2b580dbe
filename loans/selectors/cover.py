"""What secures a loan: the borrower's own free pledge savings first, the rest divided among the guarantors.

Nothing is held before the contract. Until then whoever has given their word has promised so much of what is free.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from funds.models import Account, Hold, Posting
from loans.models import Guarantee, LoanApplication
from loans.selectors.terms import terms_of_application
from members.models import Member, SavingsGroup

PLEDGE = "O2100"
Status = LoanApplication.Status
ASKED = (Status.SUBMITTED, Status.READY, Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Cover:
    """How an application is secured (satang). `part`: what one more guarantor would stand for."""

    principal: int
    own: int
    asked: int
    named: int
    confirmed: int
    promised: int

    @property
    def rest(self) -> int:
        """What the guarantors divide."""
        return self.principal - self.own

    @property
    def among(self) -> int:
        """Among how many they divide it: those asked for, or more if more are named."""
        return max(self.asked, self.named)

    @property
    def part(self) -> int:
        """What each of them stands for, rounded up to the satang."""
        return equal_part(self.rest, self.among)

    @property
    def lacking(self) -> int:
        """What nobody stands for yet."""
        return max(0, self.rest - self.promised) if self.among else 0

    @property
    def missing(self) -> int:
        """How many guarantors have yet to give their word."""
        return max(0, self.asked - self.confirmed)

    @property
    def is_covered(self) -> bool:
        """Whether as many as asked for have given their word, and together they stand for the rest."""
        return not self.missing and not self.lacking


def equal_part(rest: int, among: int) -> int:
    """Divide equally, rounded up to the satang."""
    return -(-rest // among) if among else 0


def free_savings(member: Member) -> int:
    """Pledge savings that nothing holds and no given word has promised (satang)."""
    return free_savings_of(member.group, [member]).get(member.pk, 0)


def free_savings_of(
    group: SavingsGroup, members: Iterable[Member], *, without: LoanApplication | None = None
) -> dict[int, int]:
    """What each member's pledge savings still cover, by member id; promises for `without` left out; four queries."""
    chosen = list(members)
    saved, held = pledge_savings_of(group, chosen), held_savings_of(group, chosen)
    promised = promised_of(group, chosen, without=without)
    return {
        member.pk: max(0, saved.get(member.pk, 0) - held.get(member.pk, 0) - promised.get(member.pk, 0))
        for member in chosen
    }


def pledge_savings_of(group: SavingsGroup, members: Iterable[Member]) -> dict[int, int]:
    """The pledge savings of each member (satang, shown positive) by member id; one query."""
    holders = {member.holder: member.pk for member in members}
    rows = Posting.objects.filter(group=group, account__in=_accounts(group, holders)).order_by()
    return {holders[holder]: -satang for holder, satang in rows.values_list("account__holder").annotate(Sum("amount"))}


def held_savings_of(group: SavingsGroup, members: Iterable[Member]) -> dict[int, int]:
    """What is held of each member's pledge savings, by member id; one query."""
    holders = {member.holder: member.pk for member in members}
    rows = Hold.objects.filter(group=group, released_at__isnull=True, account__in=_accounts(group, holders)).order_by()
    return {holders[holder]: satang for holder, satang in rows.values_list("account__holder").annotate(Sum("satang"))}


def promised_of(
    group: SavingsGroup, members: Iterable[Member], *, without: LoanApplication | None = None
) -> dict[int, int]:
    """What given words have promised and nothing holds yet, by member id; one query."""
    rows = Guarantee.objects.filter(
        Q(application__status__in=ASKED, loan__isnull=True)
        | Q(loan__isnull=False, loan__paid_out_on__isnull=True, loan__cancelled_on__isnull=True),
        application__group=group, member__in=[member.pk for member in members], confirmed_at__isnull=False,
        declined_at__isnull=True, released_on__isnull=True, hold__isnull=True,
    )  # fmt: skip
    if without is not None:
        rows = rows.exclude(application=without)
    return dict(rows.order_by().values_list("member").annotate(Sum("satang")))


def cover_of(application: LoanApplication, *, principal: int | None = None) -> Cover:
    """How an application is secured as things stand, for its amount or another one; a handful of queries."""
    terms, amount = terms_of_application(application), application.satang if principal is None else principal
    free = free_savings_of(application.group, [application.member])[application.member_id]
    standing = list(standing_guarantees(application).values_list("confirmed_at", "satang"))
    words = [satang for confirmed_at, satang in standing if confirmed_at is not None]
    return Cover(
        principal=amount,
        own=min(free, amount),
        asked=terms.guarantors if terms else 0,
        named=len(standing),
        confirmed=len(words),
        promised=sum(words),
    )


def standing_guarantees(application: LoanApplication) -> QuerySet[Guarantee]:
    """Those named for an application who have neither declined nor been replaced."""
    found = Guarantee.objects.filter(application=application, declined_at__isnull=True, released_on__isnull=True)
    return found.select_related("member__group", "confirmed_by").order_by("position", "pk")


def _accounts(group: SavingsGroup, holders: Iterable[str]) -> QuerySet[Account, int]:
    rows = Account.objects.filter(group=group, code=PLEDGE, holder__in=list(holders))
    return rows.order_by().values_list("pk", flat=True)
