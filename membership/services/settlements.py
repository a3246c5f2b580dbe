"""The settlement of a leaver: computed, asked for, held, approved by another, posted once; then membership ends."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.errors import OperationReused
from funds.journal import Line, lock_book, post_entry
from funds.models import Hold, Way
from funds.services.days import require_bookable
from funds.services.voucher_holds import hold_line
from funds.services.voucher_people import refuse_own_business
from members import cosign
from members.access import Right, has_right
from members.models import Member, User
from members.services.people import ForeignPerson
from membership.errors import (
    DebtsExceedSavings,
    LeavingBlocked,
    LeavingDone,
    ResolutionMissing,
    SettlementDone,
    SettlementMoved,
    SettlementTooEarly,
)
from membership.models import Leaving, Settlement, SettlementLine, SettlementPayee
from membership.obstacles import obstacles_of
from membership.payees import Heir, payees_of, refuse_payee
from membership.selectors.loans import LOAN, held_for_own_loans, paid_off
from membership.selectors.settlement import PLEDGE, Plan, plan_settlement
from membership.services.loans import free_security, note_paid_off
from membership.services.settlement_input import SettlementInput, parts_of, settlement_row, ways_of
from membership.settlement import split
from membership.settlement_words import settlement_content, settlement_details
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

_CONTENT = ("leaving_id", "paid_on", "way", "bank_holder", "slip_ref", "resolution_id")
STATUS = {
    Leaving.Reason.RESIGNATION: Member.Status.RESIGNED,
    Leaving.Reason.EXPULSION: Member.Status.EXPELLED,
    Leaving.Reason.DEATH: Member.Status.DECEASED,
}


@transaction.atomic
def request_settlement(*, leaving: Leaving, settlement: SettlementInput, operation: UUID, by: User) -> Settlement:
    """Compute what a leaver gets, write it down, hold it, and ask for the second officer. Nothing is posted yet.

    The same operation with the same content returns the row. Raises OperationReused, LeavingDone, SettlementDone (one
    waits already), PeopleNotApart, PayeeDecides, LeavingBlocked, DebtsExceedSavings, ResolutionMissing, HeirsMissing,
    HeirsOnFile, SharesNotWhole, SettlementTooEarly, BooksNotOpen, PeriodLocked, DeclaredAccountTouched, CashBusy,
    FutureDate, PoolHasNotEnough.
    """
    lock_book(leaving.group)
    row = settlement_row(leaving, settlement, operation, by)
    known = Settlement.objects.filter(operation=operation).first()
    if known is not None:
        if any(getattr(known, name) != getattr(row, name) for name in _CONTENT):
            raise OperationReused
        return known
    locked = _lock_leaving(leaving)
    if locked.settlements.filter(cancelled_at__isnull=True).exists():
        raise SettlementDone
    refuse_own_business(member=locked.member, officer=by)
    _require_resolution(row, settlement.heirs)
    payees = payees_of(locked, settlement.heirs)
    ways = ways_of(row, settlement, len(payees))
    plan = _require_possible(locked, row, [way.way for way in ways])
    refuse_payee(leaving=locked, payees=payees, officer=by)
    row.owed_satang, row.interest_satang = plan.settlement.owed_total, plan.settlement.interest
    row.set_off_satang, row.lapsed_satang = plan.settlement.set_off_total, plan.settlement.lapsed
    row.paid_satang = plan.settlement.paid
    row.save()
    parts = split(row.paid_satang, [payee.percent for payee in payees])
    made = [
        SettlementPayee(
            settlement=row, position=place, name=payee.name, relation=payee.relation, percent=payee.percent,
            satang=part, member=payee.member, way=way.way, slip_ref=way.slip_ref, bank_holder=way.bank_holder,
        )
        for place, (payee, part, way) in enumerate(zip(payees, parts, ways, strict=True), 1)
    ]  # fmt: skip
    SettlementPayee.objects.bulk_create(made)
    _write_lines(row, plan.postings(parts_of(made)), by, held=held_for_own_loans(locked.member, row.paid_on))
    ask_signature(settlement=row)
    return row


@transaction.atomic
def ask_signature(*, settlement: Settlement) -> Settlement:
    """Ask for the second officer's signature at the first one's own laptop, again if it has lapsed."""
    locked = _lock_waiting(settlement)
    locked.signature = cosign.request_cosign(
        group=locked.group,
        by=locked.requested_by,
        right=Right.COSIGN,
        title=_("Approve the settlement of a leaver"),
        content=settlement_content(locked),
    )
    locked.save(update_fields=["signature"])
    settlement.signature = locked.signature
    return locked


@transaction.atomic
def approve_settlement(*, settlement: Settlement, by: User) -> Settlement:
    """Approve on the own device and post; twice by the same officer is one entry. The membership ends with it.

    Posts: debit the member's savings, unpaid dividend, interest to the day; credit what is set off (own loans with
    their fines and interest, which get their repayment), cash or bank for each payee. Raises SettlementDone,
    SettlementMoved,
    SignerIsAsker, SignerLacksRight, PeopleNotApart, PayeeDecides,
    LeavingBlocked and what the gate refuses.
    """
    lock_book(settlement.group)
    locked = _locked(settlement)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise SettlementDone
    return _post(locked, by)


@transaction.atomic
def approve_signed_settlement(*, settlement: Settlement) -> Settlement:
    """Spend the second officer's signature given at the first one's laptop, and post.

    Raises SettlementDone, members.cosign.CoSignRefused and as `approve_settlement`.
    """
    lock_book(settlement.group)
    locked = _lock_waiting(settlement)
    if locked.signature is None:
        raise cosign.SignatureMissing
    signer = cosign.use(signature=locked.signature, content=settlement_content(locked), by=locked.requested_by)
    return _post(locked, signer)


@transaction.atomic
def cancel_settlement(*, settlement: Settlement, by: User) -> Settlement:
    """Take a settlement back before it is posted; what it holds is free again. Raises SettlementDone."""
    lock_book(settlement.group)
    locked = _lock_waiting(settlement)
    _release(locked, by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def _post(row: Settlement, approver: User) -> Settlement:
    leaving = _lock_leaving(row.leaving)
    if approver.pk == row.requested_by_id:
        raise cosign.SignerIsAsker
    if not has_right(approver, row.group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=approver.display_name)
    refuse_own_business(member=leaving.member, officer=approver)
    payees = list(row.payees.all())
    refuse_payee(leaving=leaving, payees=payees, officer=approver)
    plan = _require_possible(leaving, row, [payee.way for payee in payees])
    lines = [(line.account_code, line.account_holder, line.satang) for line in row.lines.all()]
    if plan.postings(parts_of(payees)) != lines:
        raise SettlementMoved
    _release(row, approver)
    loans = paid_off(leaving.member, row.paid_on, plan.settlement)
    free_security(loans, approver)
    accounts = accounts_for(row.group, [(code, holder) for code, holder, _satang in lines])
    row.entry = post_entry(
        group=row.group,
        kind="resignation",
        on=row.paid_on,
        by=row.requested_by,
        ok=[approver],
        lines=[Line(accounts[code, holder], satang) for code, holder, satang in lines],
        operation=row.operation,
        details=settlement_details(row),
        payee=leaving.member,
    )
    note_paid_off(row, loans)
    row.approved_by, row.approved_at = approver, timezone.now()
    row.save(update_fields=["entry", "approved_by", "approved_at"])
    _end_membership(leaving, row)
    return row


def _end_membership(leaving: Leaving, row: Settlement) -> None:
    member = leaving.member
    member.status = STATUS[Leaving.Reason(leaving.reason)]
    member.left_on = leaving.ended_on
    member.leaving = row.resolution or leaving.resolution
    member.leaving_reason = leaving.explanation
    member.version += 1
    member.save(update_fields=["status", "left_on", "leaving", "leaving_reason", "version"])
    leaving.settled_at = row.approved_at
    leaving.save(update_fields=["settled_at"])


def _require_possible(leaving: Leaving, row: Settlement, ways: Sequence[str]) -> Plan:
    """Nothing in the way, a day that the books take, debts that the savings cover; and the figures of that day."""
    obstacles = obstacles_of(leaving.member, row.paid_on, for_update=True)
    if obstacles:
        raise LeavingBlocked(obstacle=obstacles[0].text)
    plan = plan_settlement(leaving.member, row.paid_on)
    is_cash = Way.CASH in ways and plan.settlement.paid > 0
    require_bookable(group=leaving.group, on=row.paid_on, touches_cash=is_cash)
    first = max(leaving.ended_on, plan.last_entry_on or leaving.ended_on)
    if row.paid_on < first:
        raise SettlementTooEarly(day=format_date(first, language=active_language()))
    if plan.settlement.shortage:
        raise DebtsExceedSavings(shortage=format_baht(plan.settlement.shortage))
    return plan


def _require_resolution(row: Settlement, heirs: Sequence[Heir]) -> None:
    resolution = row.resolution or row.leaving.resolution
    if resolution is not None and resolution.group_id != row.leaving.group_id:
        raise ForeignPerson
    if resolution is None and (row.leaving.reason == Leaving.Reason.RESIGNATION or heirs):
        raise ResolutionMissing


def _write_lines(row: Settlement, lines: Sequence[tuple[str, str, int]], by: User, held: int) -> None:
    """Keep the lines, each holding what it takes: pledge savings that secure an own loan are held for it already, and
    a loan that is paid meanwhile only moves the settlement."""
    pledge = (PLEDGE, row.leaving.member.holder)
    accounts = accounts_for(row.leaving.group, [(code, holder) for code, holder, _satang in lines])
    for place, (code, holder, satang) in enumerate(lines, 1):
        taken = satang - held if (code, holder) == pledge else satang if code != LOAN else 0
        hold = hold_line(account=accounts[code, holder], satang=taken, by=by) if taken else None
        SettlementLine.objects.create(
            settlement=row, place=place, account_code=code, account_holder=holder, satang=satang, hold=hold
        )


def _release(row: Settlement, by: User) -> None:
    held = Hold.objects.filter(pk__in=row.lines.values("hold"), released_at__isnull=True)
    held.update(released_by=by.code, released_at=timezone.now())


def _lock_leaving(leaving: Leaving) -> Leaving:
    """The leaving and its member, locked and read again behind the book's lock. Raises LeavingDone."""
    locked = (
        Leaving.objects.select_for_update(of=("self", "member"))
        .select_related("member", "resolution")
        .get(pk=leaving.pk)
    )
    locked.group = locked.member.group = leaving.group
    if not locked.is_under_way or locked.member.status != Member.Status.ACTIVE:
        raise LeavingDone
    return locked


def _locked(settlement: Settlement) -> Settlement:
    rows = Settlement.objects.select_for_update(of=("self",)).select_related(
        "leaving__member", "leaving__resolution", "requested_by", "resolution"
    )
    locked = rows.get(pk=settlement.pk)
    locked.group = locked.leaving.group = locked.leaving.member.group = settlement.group
    return locked


def _lock_waiting(settlement: Settlement) -> Settlement:
    locked = _locked(settlement)
    if not locked.is_waiting:
        raise SettlementDone
    return locked
