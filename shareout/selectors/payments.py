"""What is still to be paid of dividend and rebate, this year's and earlier ones', and the lists that wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.selectors import balances
from funds.waiting import Waiting
from loans.selectors.due import LoanDue, loans_due
from members.cosign import usable
from members.models import CoSignature, Member, Office, PassbookAccess, SavingsGroup, User
from shareout.models import MemberShare, ShareOut, SharePayment
from shareout.policy import Arrears
from shareout.share_out_postings import PAYABLE


@dataclass(frozen=True)
class Unpaid:
    """A member with dividend and rebate to be paid; satang.

    unpaid: on the account. waiting: of it, asked for and not approved yet. of_this: what this share-out gave. overdue:
    on loans today, of what may be set off. is_own: of the officer who looks.
    """

    member: Member
    unpaid: int
    waiting: int
    of_this: int
    overdue: int
    is_own: bool

    @property
    def free(self) -> int:
        """What can still be asked for."""
        return max(0, self.unpaid - self.waiting)

    @property
    def earlier(self) -> int:
        """What of it is left from earlier years."""
        return max(0, self.unpaid - self.of_this)


@dataclass(frozen=True)
class WaitingList:
    """Payments asked for together: one approval for all of them."""

    rows: tuple[SharePayment, ...]

    @property
    def first(self) -> SharePayment:
        """A row that says who asked, when, which way."""
        return self.rows[0]

    @property
    def satang(self) -> int:
        """All of it."""
        return sum(row.satang for row in self.rows)


@dataclass(frozen=True)
class UnpaidTotals:
    """Everybody together, satang; `count`: who can still be asked for by the officer who looks."""

    unpaid: int
    waiting: int
    earlier: int
    free: int
    count: int


def totals_of_unpaid(rows: Iterable[Unpaid]) -> UnpaidTotals:
    """Sum what is to be paid."""
    kept = list(rows)
    return UnpaidTotals(
        unpaid=sum(row.unpaid for row in kept),
        waiting=sum(row.waiting for row in kept),
        earlier=sum(row.earlier for row in kept),
        free=sum(row.free for row in kept),
        count=sum(1 for row in kept if row.free and not row.is_own),
    )


def unpaid_shares(group: SavingsGroup, *, officer: User | None = None, of: ShareOut | None = None) -> list[Unpaid]:
    """Who has dividend or rebate to be paid, by member number; constant queries."""
    owed = {int(holder): -satang for holder, satang in balances(group, PAYABLE).items() if satang < 0}
    members = list(Member.objects.filter(group=group, number__in=owed).order_by("number"))
    asked = waiting_satang(group)
    given = _given(of)
    overdue = overdue_loans(group, members, timezone.localdate())
    own = own_members(officer) if officer is not None else frozenset[int]()
    found = []
    for member in members:
        member.group = group
        found.append(
            Unpaid(
                member=member,
                unpaid=owed[member.number],
                waiting=asked.get(member.pk, 0),
                of_this=given.get(member.pk, 0),
                overdue=sum(loan.due_satang for loan in overdue.get(member.pk, ())),
                is_own=member.pk in own,
            )
        )
    return found


def payable_now(group: SavingsGroup, rows: Iterable[Unpaid], way: str) -> list[int]:
    """The members (ids) whom one list may pay this way, by the general meeting's rule; the officer's own left out."""
    is_set_off, rule = way == SharePayment.Way.SET_OFF, arrears_rule(group)
    found = []
    for row in rows:
        suits = row.overdue > 0 if is_set_off else rule == Arrears.PAY or not row.overdue
        has_book = way != SharePayment.Way.SAVINGS or not row.member.has_left
        if suits and has_book and row.free and not row.is_own:
            found.append(row.member.pk)
    return found


def unpaid_of(group: SavingsGroup, members: Iterable[Member]) -> dict[int, int]:
    """What can still be asked for, by member id: payable, less what waits; constant queries."""
    owed, asked = balances(group, PAYABLE), waiting_satang(group)
    return {member.pk: max(0, -owed.get(member.holder, 0) - asked.get(member.pk, 0)) for member in members}


def overdue_loans(group: SavingsGroup, members: Iterable[Member], on: date) -> dict[int, list[LoanDue]]:
    """The loans that are in arrears on a day, by the borrower's id; constant queries."""
    due = loans_due(group, on, members=[member.pk for member in members])
    late = {pk: [loan for loan in loans if _is_late(loan, on)] for pk, loans in due.items()}
    return {pk: loans for pk, loans in late.items() if loans}


def _is_late(loan: LoanDue, on: date) -> bool:
    return loan.due_satang > 0 and loan.since is not None and loan.since < on


def waiting_satang(group: SavingsGroup) -> dict[int, int]:
    """What is asked for and not approved yet, by member id."""
    rows = waiting_rows(group).order_by().values_list("member").annotate(total=Sum("satang"))
    return dict(rows)


def waiting_rows(group: SavingsGroup) -> QuerySet[SharePayment]:
    """The payments that a second officer has yet to approve."""
    return SharePayment.objects.filter(group=group, entry__isnull=True, cancelled_at__isnull=True)


def waiting_lists(group: SavingsGroup) -> list[WaitingList]:
    """What waits, put together as it was asked for, the oldest first; one query."""
    found: dict[tuple[object, ...], list[SharePayment]] = {}
    rows = waiting_rows(group).select_related("member", "requested_by", "signature__signed_by")
    for row in rows.order_by("requested_at", "member__number"):
        row.group = row.member.group = group
        found.setdefault((row.requested_by_id, row.requested_at, row.way, row.slip_ref), []).append(row)
    return [WaitingList(tuple(each)) for each in found.values()]


def waiting_list(group: SavingsGroup, first: int) -> WaitingList | None:
    """The list that a payment (id) waits in."""
    return next((each for each in waiting_lists(group) if any(row.pk == first for row in each.rows)), None)


def waiting_payments(group: SavingsGroup, user: User) -> list[Waiting]:
    """The lists among what waits for a second officer."""
    return [
        Waiting(
            title=_("Dividend and rebate paid"),
            satang=each.satang,
            to=_("%(count)s members") % {"count": len(each.rows)},
            asked_by=each.first.requested_by,
            asked_at=each.first.requested_at,
            url=reverse("shareout:payment", args=[group.code, each.first.pk]),
        )
        for each in waiting_lists(group)
    ]


def usable_signature(row: SharePayment | ShareOut) -> CoSignature | None:
    """The signature asked for at the first officer's laptop, while it can still be given or used."""
    return usable(row.signature)


def own_members(officer: User) -> frozenset[int]:
    """The members (ids) whose money is the officer's own: as that member, or by a passbook that they open."""
    opened = PassbookAccess.objects.filter(user=officer).values_list("member_id", flat=True)
    sitting = Office.objects.filter(user=officer, member__isnull=False).values_list("member_id", flat=True)
    return frozenset({*opened, *(pk for pk in sitting if pk is not None)})


def payee_codes(members: Iterable[int]) -> dict[int, set[str]]:
    """Everyone behind each payee, by member id: who opens the passbook, the officer who is that member."""
    ids = list(members)
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for model in (PassbookAccess, Office):
        rows = model._default_manager.filter(member__in=ids).values_list("member_id", "user__code")
        for pk, code in rows:
            found[pk].add(code)
    return found


def arrears_rule(group: SavingsGroup) -> Arrears:
    """What the last posted share-out says of borrowers in arrears."""
    rows = ShareOut.objects.filter(group=group, posted_at__isnull=False).order_by("-posted_at", "-pk")
    frozen = rows.values_list("frozen_policy", flat=True).first()
    return Arrears(frozen["arrears"]) if frozen else Arrears.PAY


def _given(share_out: ShareOut | None) -> dict[int, int]:
    if share_out is None:
        return {}
    return {share.member_id: share.satang for share in MemberShare.objects.filter(share_out=share_out)}
