"""Dividend and rebate paid: a list asked for by one officer, approved by another, an entry for each member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from funds.errors import OperationReused
from funds.journal import lock_book
from funds.services.days import require_bookable
from members.access import Right, has_right
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Member, SavingsGroup, User
from shareout.models import SharePayment
from shareout.policy import Arrears
from shareout.selectors.payees import own_members
from shareout.selectors.payments import arrears_rule, overdue_loans, unpaid_of
from shareout.services.payment_posting import post_payments
from shareout.share_out_errors import (
    LeaverHasNoBook,
    MoreThanUnpaid,
    NobodyChosen,
    NothingInArrears,
    OwnShare,
    PaymentDone,
    SetOffFirst,
    ShareWithheld,
    SlipMissing,
)
from thai.money import format_baht

Way = SharePayment.Way


@dataclass(frozen=True, kw_only=True)
class PaymentList:
    """Who is paid (satang by member id; None: all that is unpaid, for a set-off what is overdue at most), which way."""

    members: Mapping[int, int | None]
    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""


@transaction.atomic
def request_payments(*, group: SavingsGroup, asked: PaymentList, operation: UUID, by: User) -> list[SharePayment]:
    """Write a list of payments down, for one second officer to approve all of it. Posts nothing.

    The same operation with the same content returns the rows. Raises OperationReused, NobodyChosen, SlipMissing,
    OwnShare, MoreThanUnpaid, ShareWithheld, SetOffFirst, NothingInArrears, LeaverHasNoBook, BooksNotOpen.
    """
    lock_book(group)
    members = list(Member.objects.filter(group=group, pk__in=list(asked.members)).order_by("number"))
    if not members or len(members) != len(asked.members):
        raise NobodyChosen
    ids = {uuid5(operation, member.holder): member for member in members}
    if known := list(SharePayment.objects.filter(operation__in=ids).order_by("member__number")):
        if not _is_same(known, asked):
            raise OperationReused
        return known
    if asked.way == Way.TRANSFER and not asked.slip_ref:
        raise SlipMissing
    _refuse_own(members, by)
    sums = _sums(group, members, asked)
    now, is_transfer = timezone.now(), asked.way == Way.TRANSFER
    return SharePayment.objects.bulk_create(
        SharePayment(
            group=group,
            member=member,
            operation=own,
            satang=sums[member.pk],
            way=asked.way,
            bank_holder=asked.bank_holder if is_transfer else "",
            slip_ref=asked.slip_ref if is_transfer else "",
            requested_by=by,
            requested_at=now,
        )
        for own, member in ids.items()
    )


@transaction.atomic
def approve_payments(*, payments: Sequence[SharePayment], by: User) -> list[SharePayment]:
    """Approve a list on the own device, and post it as paid today, all or nothing; again by the same officer is once.

    Posts for each member: debit O2400; credit cash, the bank, O2200 the member's first book (opened where there is
    none), or the loans in arrears (O4200, O4100, O1300). Raises PaymentDone, SignerIsAsker, SignerLacksRight, OwnShare,
    ShareWithheld, SetOffFirst, LeaverHasNoBook, DeclaredAccountTouched, CashBusy and what the gate refuses.
    """
    if not payments:
        raise NobodyChosen
    group = payments[0].group
    lock_book(group)
    rows = _locked(group, payments)
    if all(row.entry_id is not None and row.approved_by_id == by.pk for row in rows):
        return rows
    if not all(row.is_waiting for row in rows):
        raise PaymentDone
    if any(row.requested_by_id == by.pk for row in rows):
        raise SignerIsAsker
    if not has_right(by, group, Right.COSIGN):
        raise SignerLacksRight(name=by.display_name)
    _refuse_own([row.member for row in rows], by)
    for way in sorted({row.way for row in rows}):
        _require_payable(group, [row.member for row in rows if row.way == way], way)
    today = timezone.localdate()
    require_bookable(group=group, on=today, touches_cash=any(row.way == Way.CASH for row in rows))
    post_payments(group=group, rows=rows, on=today, by=by)
    now = timezone.now()
    for row in rows:
        row.approved_by, row.approved_at = by, now
    SharePayment.objects.bulk_update(rows, ["entry", "approved_by", "approved_at"], batch_size=250)
    return rows


@transaction.atomic
def cancel_payments(*, payments: Sequence[SharePayment], by: User) -> list[SharePayment]:
    """Take a list back before it is paid. Raises PaymentDone."""
    if not payments:
        raise NobodyChosen
    group = payments[0].group
    lock_book(group)
    rows = _locked(group, payments)
    if not all(row.is_waiting for row in rows):
        raise PaymentDone
    now = timezone.now()
    for row in rows:
        row.cancelled_by, row.cancelled_at = by, now
    SharePayment.objects.bulk_update(rows, ["cancelled_by", "cancelled_at"], batch_size=250)
    return rows


def _sums(group: SavingsGroup, members: Sequence[Member], asked: PaymentList) -> dict[int, int]:
    """What each gets: as asked, or all that is unpaid; of a set-off no more than is overdue."""
    _require_payable(group, members, asked.way)
    free = unpaid_of(group, members)
    overdue = overdue_loans(group, members, timezone.localdate()) if asked.way == Way.SET_OFF else {}
    sums = {}
    for member in members:
        most = free[member.pk]
        if asked.way == Way.SET_OFF:
            due = sum(loan.due_satang for loan in overdue.get(member.pk, ()))
            if not due or (asked.members[member.pk] or 0) > due:
                raise NothingInArrears(name=member.full_name, due=format_baht(due))
            most = min(most, due)
        wanted = asked.members[member.pk]
        sums[member.pk] = most if wanted is None else wanted
        if not 0 < sums[member.pk] <= free[member.pk]:
            raise MoreThanUnpaid(name=member.full_name, unpaid=format_baht(free[member.pk]))
    return sums


def _require_payable(group: SavingsGroup, members: Sequence[Member], way: str) -> None:
    """Hold a way of payment to the general meeting's rule for arrears, and special savings to members."""
    rule = arrears_rule(group)
    if way != Way.SET_OFF and rule != Arrears.PAY:
        late = overdue_loans(group, members, timezone.localdate())
        for member in members:
            if member.pk in late:
                refusal: type[Any] = ShareWithheld if rule == Arrears.WITHHOLD else SetOffFirst
                raise refusal(name=member.full_name)
    for member in members:
        if way == Way.SAVINGS and member.has_left:
            raise LeaverHasNoBook(name=member.full_name)


def _refuse_own(members: Sequence[Member], officer: User) -> None:
    own = own_members(officer, members)
    for member in members:
        if member.pk in own:
            raise OwnShare(name=member.full_name)


def _locked(group: SavingsGroup, payments: Sequence[SharePayment]) -> list[SharePayment]:
    wanted = sorted({row.pk for row in payments})
    rows = SharePayment.objects.select_for_update(of=("self",)).filter(group=group, pk__in=wanted)
    found = list(rows.select_related("member__parent", "requested_by").order_by("member__number", "pk"))
    for row in found:
        row.group = row.member.group = group
    return found


def _is_same(known: Sequence[SharePayment], asked: PaymentList) -> bool:
    said = {row.member_id: row.satang for row in known}
    ways = {(row.way, row.bank_holder, row.slip_ref) for row in known}
    is_transfer = asked.way == Way.TRANSFER
    wanted = (asked.way, asked.bank_holder if is_transfer else "", asked.slip_ref if is_transfer else "")
    return (
        said.keys() == asked.members.keys()
        and ways == {wanted}
        and all(satang in (None, said[pk]) for pk, satang in asked.members.items())
    )
