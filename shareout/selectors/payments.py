"""What is still to be paid of dividend and rebate, this year's and earlier ones', and the lists that wait."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.selectors import balances
from funds.selectors.reversals import with_reversal
from funds.waiting import Waiting
from loans.selectors.due import LoanDue, loans_due, loans_due_by_books
from members.cosign import usable
from members.models import Member, SavingsGroup, User
from shareout.models import MemberShare, ShareOut, SharePayment
from shareout.policy import Arrears
from shareout.selectors.payees import own_members, receivers_of
from shareout.share_out_postings import PAYABLE


@dataclass(frozen=True)
class Unpaid:
    """A member with dividend and rebate to be paid; satang.

    unpaid: on the account. waiting: of it, asked for and not approved yet. of_this: what this share-out gave. overdue:
    on loans today, of what may be set off. is_own: of the officer who looks. rule: the general meeting's for those in
    arrears. turn: how many payments were asked for before, so that each press is one. asked: what waits, the latest.
    receiver: who signs where it is not the member.
    """

    member: Member
    unpaid: int
    waiting: int
    of_this: int
    overdue: int
    is_own: bool
    rule: Arrears = Arrears.PAY
    turn: int = 0
    asked: SharePayment | None = None
    receiver: str = ""
    waiting_cash: int = 0

    @property
    def to_sign(self) -> int:
        """What is signed for in cash: what waits to be paid in cash, and what is left unless it is kept back."""
        return self.waiting_cash + (0 if self.is_withheld or self.is_set_off_first else self.free)

    @property
    def free(self) -> int:
        """What can still be asked for."""
        return max(0, self.unpaid - self.waiting)

    @property
    def earlier(self) -> int:
        """What of it is left from earlier years."""
        return max(0, self.unpaid - self.of_this)

    @property
    def is_withheld(self) -> bool:
        """Whether the general meeting's rule keeps the money back; a set-off is possible all the same."""
        return self.overdue > 0 and self.rule == Arrears.WITHHOLD

    @property
    def is_set_off_first(self) -> bool:
        """Whether the general meeting's rule sets the share off before anything is paid."""
        return self.overdue > 0 and self.rule == Arrears.SET_OFF

    @property
    def may_pay(self) -> bool:
        """Whether one press pays all that is left in cash."""
        return bool(self.free) and not (self.is_own or self.is_withheld or self.is_set_off_first)

    @property
    def set_off(self) -> int:
        """What a set-off would take of it."""
        return min(self.free, self.overdue)


@dataclass(frozen=True)
class WaitingList:
    """Payments asked for together: one approval for all of them."""

    rows: tuple[SharePayment, ...]

    @property
    def code(self) -> str:
        """What stands in it, in a code: who approves says which list was seen."""
        content = json.dumps([[row.pk, row.satang] for row in self.rows])
        return hashlib.sha256(content.encode()).hexdigest()

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


def unpaid_shares(
    group: SavingsGroup,
    *,
    officer: User | None = None,
    of: ShareOut | None = None,
    show: str = "due",
    only: Collection[int] | None = None,
) -> list[Unpaid]:
    """Who has dividend or rebate to be paid, by member number, for a page to show; constant queries.

    show: `due`; `paid`, who got all of this share-out; `all`. only: these members (ids), paid or not.
    """  # fmt: skip
    owed = {int(holder): -satang for holder, satang in balances(group, PAYABLE).items() if satang < 0}
    given = _given(of)
    rows = Member.objects.filter(group=group).select_related("parent").order_by("number")
    due, shared = Q(number__in=owed), Q(pk__in=[pk for pk, satang in given.items() if satang])
    chosen = {"due": due, "paid": shared & ~due, "all": due | shared}[show]
    members = list(rows.filter(chosen) if only is None else rows.filter(pk__in=only))
    asked, rule, turns = _asked(group), arrears_rule(group), _turns(group)
    today, receivers = timezone.localdate(), receivers_of(members)
    overdue = _late(loans_due_by_books(group, today), today)
    own = own_members(officer, members) if officer is not None else frozenset[int]()
    found = []
    for member in members:
        member.group = group
        waiting = asked.get(member.pk, [])
        found.append(
            Unpaid(
                member=member,
                unpaid=owed.get(member.number, 0),
                waiting=sum(row.satang for row in waiting),
                of_this=given.get(member.pk, 0),
                overdue=sum(loan.due_satang for loan in overdue.get(member.pk, ())),
                is_own=member.pk in own,
                rule=rule,
                turn=turns.get(member.pk, 0),
                asked=waiting[-1] if waiting else None,
                receiver=receivers[member.pk],
                waiting_cash=sum(row.satang for row in waiting if row.way == SharePayment.Way.CASH),
            )
        )
    return found


def payable_now(rows: Iterable[Unpaid], way: str) -> list[int]:
    """The members (ids) whom one list may pay this way, by the general meeting's rule; the officer's own left out."""
    is_set_off = way == SharePayment.Way.SET_OFF
    found = []
    for row in rows:
        suits = row.overdue > 0 if is_set_off else not (row.is_withheld or row.is_set_off_first)
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
    return _late(loans_due(group, on, members=[member.pk for member in members]), on)


def _late(due: Mapping[int, Iterable[LoanDue]], on: date) -> dict[int, list[LoanDue]]:
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
    """What waits, put together by who asked and which way, the oldest first; one query.

    What is asked for while a signature is being given is a list of its own: signed is what was seen.
    """
    found: dict[tuple[object, ...], list[SharePayment]] = {}
    rows = waiting_rows(group).select_related("member", "requested_by", "signature__signed_by")
    for row in rows.order_by("requested_at", "member__number"):
        row.group = row.member.group = group
        signed = row.signature_id if usable(row.signature) else None
        found.setdefault((row.requested_by_id, row.way, row.bank_holder, row.slip_ref, signed), []).append(row)
    return [WaitingList(tuple(each)) for each in found.values()]


def waiting_list(group: SavingsGroup, first: int) -> WaitingList | None:
    """The list that a payment (id) waits in."""
    return next((each for each in waiting_lists(group) if any(row.pk == first for row in each.rows)), None)


def decided_list(group: SavingsGroup, pk: int) -> WaitingList | None:
    """The payments that were approved, or taken back, together with this one."""
    row = SharePayment.objects.filter(group=group, pk=pk).first()
    if row is None:
        return None
    names = ("approved_by", "approved_at") if row.approved_at else ("cancelled_by", "cancelled_at", "requested_by")
    rows = SharePayment.objects.filter(group=group, **{name: getattr(row, name) for name in names})
    related = rows.select_related("member", "entry", "requested_by", "approved_by", "cancelled_by", "signature")
    decided = list(related.order_by("member__number", "pk"))
    for each in decided:
        each.group = each.member.group = group
    return WaitingList(tuple(decided))


def payments_of(member: Member) -> list[SharePayment]:
    """What was asked for and paid of a member's shares, the latest first; `reversed_n`: the entry that undid it."""
    rows = SharePayment.objects.filter(group=member.group_id, member=member)
    related = rows.select_related("entry", "requested_by", "approved_by", "cancelled_by")
    return list(with_reversal(related).order_by("-pk"))


def shares_by_year(member: Member) -> list[MemberShare]:
    """What each posted share-out gave a member, the latest year first."""
    rows = MemberShare.objects.filter(member=member, share_out__posted_at__isnull=False)
    return list(rows.select_related("share_out__year", "entry").order_by("-share_out__year__starts_on"))


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


def arrears_rule(group: SavingsGroup) -> Arrears:
    """What the last posted share-out says of borrowers in arrears."""
    rows = ShareOut.objects.filter(group=group, posted_at__isnull=False).order_by("-posted_at", "-pk")
    frozen = rows.values_list("frozen_policy", flat=True).first()
    return Arrears(frozen["arrears"]) if frozen else Arrears.PAY


def _given(share_out: ShareOut | None) -> dict[int, int]:
    if share_out is None:
        return {}
    return {share.member_id: share.satang for share in MemberShare.objects.filter(share_out=share_out)}


def _asked(group: SavingsGroup) -> dict[int, list[SharePayment]]:
    found: dict[int, list[SharePayment]] = {}
    for row in waiting_rows(group).select_related("requested_by").order_by("requested_at", "pk"):
        found.setdefault(row.member_id, []).append(row)
    return found


def _turns(group: SavingsGroup) -> dict[int, int]:
    rows = SharePayment.objects.filter(group=group).order_by().values_list("member").annotate(count=Count("pk"))
    return dict(rows)
