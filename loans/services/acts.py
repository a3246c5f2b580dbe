"""Acts on a loan that goes badly: asked for by one officer on a resolution, approved by another, posted once."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import account_for
from funds.errors import OperationReused
from funds.journal import lock_book
from funds.models import Hold, Way
from funds.services.days import require_bookable
from funds.services.keeping import place_hold, release_hold
from funds.services.voucher_people import refuse_own_business
from loans.act_errors import (
    ActDone,
    ActWaits,
    GeneralMeetingNeeded,
    InterestedOfficer,
    LoanActNeedsResolution,
    LoanMoved,
    ResolvedLater,
)
from loans.models import Loan, LoanAct
from loans.selectors.act_plans import (
    PLEDGE_SAVINGS,
    ActAsked,
    ActPlan,
    asked_again,
    live_guarantees,
    plan_act,
)
from loans.services.act_posting import post_act
from members import cosign
from members.access import Right, has_right
from members.errors import DomainError
from members.models import Member, Office, PassbookAccess, Resolution, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language

Kind = LoanAct.Kind
SET_OFF_REASON = "set-off"
BY_RESOLUTION = (Kind.RESCHEDULE, Kind.SET_OFF, Kind.WRITE_OFF)


@transaction.atomic
def request_act(
    *, group: SavingsGroup, asked: ActAsked, reason: str, resolution: Resolution | None, operation: UUID, by: User
) -> LoanAct:
    """Write an act down with all its figures, for the second officer to approve. Nothing is posted yet.

    A set-off holds the savings that it needs from now on, beyond those that secure the loan already.
    A new schedule, a set-off and a write-off need a resolution, the write-off one of the general meeting. The same
    operation with the same content returns the row. Raises OperationReused, LoanActNeedsResolution,
    GeneralMeetingNeeded, ResolvedLater, InterestedOfficer, ActWaits, what `plan_act` and what the day forbids.
    """
    lock_book(group)
    known = LoanAct.objects.filter(group=group, operation=operation).first()
    if known is not None:
        if asked_again(known) != asked or (known.reason, known.resolution) != (reason, resolution):
            raise OperationReused
        return known
    _require_resolution(asked.kind, resolution, asked.on)
    _refuse_interested(asked.loan, by)
    _require_day(group, asked)
    waiting = LoanAct.objects.filter(
        group=group, loan=asked.loan, kind=asked.kind, entry__isnull=True, cancelled_at__isnull=True
    )
    if waiting.exists():
        raise ActWaits(number=asked.loan.number if asked.loan else "")
    plan = plan_act(group, asked)
    hold = _set_aside(asked.loan, plan, by) if asked.kind == Kind.SET_OFF and asked.loan is not None else None
    return LoanAct.objects.create(
        group=group,
        loan=asked.loan,
        kind=asked.kind,
        satang=plan.satang,
        done_on=asked.on,
        reason=reason,
        content=plan.content,
        resolution=resolution,
        operation=operation,
        requested_by=by,
        requested_at=timezone.now(),
        hold=hold,
    )


@transaction.atomic
def approve_act(*, act: LoanAct, by: User) -> LoanAct:
    """Approve an act on the own device and post it; twice by the same officer is one entry.

    Posts what `services.act_posting` says of its kind. Raises ActDone, LoanMoved (the loan is not what it was when the
    act was written down), SignerIsAsker, SignerLacksRight, InterestedOfficer, what the day and what the gate forbid.
    """
    lock_book(act.group)
    locked = locked_act(act)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise ActDone
    if by.pk == locked.requested_by_id:
        raise cosign.SignerIsAsker
    if not has_right(by, locked.group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=by.display_name)
    _refuse_interested(locked.loan, by)
    _refuse_interested(locked.loan, locked.requested_by)
    asked = asked_again(locked)
    _require_day(locked.group, asked)
    _let_go(locked, by)
    if _planned(locked.group, asked) != ActPlan(locked.satang, locked.content):
        raise LoanMoved
    locked.entry = post_act(act=locked, by=by)
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["entry", "approved_by", "approved_at"])
    return locked


@transaction.atomic
def cancel_act(*, act: LoanAct, by: User) -> LoanAct:
    """Take an act back before it is posted; savings set aside for it are free again. Raises ActDone."""
    lock_book(act.group)
    locked = locked_act(act)
    if not locked.is_waiting:
        raise ActDone
    _let_go(locked, by)
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def locked_act(act: LoanAct) -> LoanAct:
    """The act's row, locked, with the group's object."""
    related = ("loan__member", "loan__hold", "resolution", "requested_by", "signature", "hold")
    locked = LoanAct.objects.select_for_update(of=("self",)).select_related(*related).get(pk=act.pk)
    locked.group = act.group
    if locked.loan is not None:
        locked.loan.group = locked.loan.member.group = act.group
    return locked


def _set_aside(loan: Loan, plan: ActPlan, by: User) -> Hold | None:
    rest: int = plan.satang - plan.content["held"]
    if rest <= 0:
        return None
    account = account_for(loan.group, PLEDGE_SAVINGS, loan.member.holder)
    return place_hold(account=account, satang=rest, reason=SET_OFF_REASON, by=by)


def _let_go(act: LoanAct, by: User) -> None:
    if act.hold is not None and act.hold.released_at is None:
        release_hold(hold=act.hold, by=by)


def _planned(group: SavingsGroup, asked: ActAsked) -> ActPlan | None:
    """The act worked out now; None where it can no longer be done."""
    try:
        return plan_act(group, asked)
    except DomainError:
        return None


def _require_resolution(kind: str, resolution: Resolution | None, on: date) -> None:
    if resolution is None:
        if kind in BY_RESOLUTION:
            raise LoanActNeedsResolution
        return
    if kind == Kind.WRITE_OFF and resolution.body != Resolution.Body.GENERAL:
        raise GeneralMeetingNeeded
    if resolution.decided_on > on:
        day = format_date(resolution.decided_on, language=active_language())
        raise ResolvedLater(number=resolution.number, day=day)


def _require_day(group: SavingsGroup, asked: ActAsked) -> None:
    is_cash = asked.kind == Kind.RECOVERY and asked.way == Way.CASH
    require_bookable(group=group, on=asked.on, touches_cash=is_cash)


def _refuse_interested(loan: Loan | None, officer: User) -> None:
    """Neither the borrower nor who stands guarantor, in person or by a passbook, takes part."""
    if loan is None:
        return
    refuse_own_business(member=loan.member, officer=officer)
    for guarantee in live_guarantees(loan):
        if _is_theirs(guarantee.member, officer):
            raise InterestedOfficer(name=officer.display_name)


def _is_theirs(member: Member, officer: User) -> bool:
    opens = PassbookAccess.objects.filter(member=member, user=officer).exists()
    return opens or Office.objects.filter(member=member, user=officer).exists()
