"""What an act on a loan would do as of a day: the preview and the posting read the same figures (satang).

`content` is what the act freezes: text and whole numbers only, so that the second officer approves exactly that and the
posting can tell whether the books have moved since.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from funds import selectors as books
from funds.accounts import account_for
from loans.act_errors import (
    AboveYearlyCap,
    ActBeforeSchedule,
    AllowanceAgrees,
    AllowanceOnlyShown,
    FirstDueTooEarly,
    FirstDueTooLate,
    LoanNotLive,
    NothingToSetOff,
    RecoveredTooMuch,
    SavingsTooSmall,
    ScheduleRefused,
)
from loans.models import Guarantee, Loan, LoanAct, Repayment, ScheduleVersion
from loans.schedule import DayCount, Instalment, Method, Rhythm, build_schedule, cap_schedule, due_date
from loans.selectors.allowance import allowance
from loans.selectors.standings import standing_of, terms_of
from loans.standing import Standing, carried_by_reschedule, repay
from loans.yearly_rate import exceeds_cap, nominal_apr
from members.group_settings import setting
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

LOAN_ACCOUNT, ALLOWANCE_ACCOUNT, PLEDGE_SAVINGS = "O1300", "O1390", "O2100"
Kind = LoanAct.Kind
ON_A_LIVE_LOAN = (Kind.RESCHEDULE, Kind.SET_OFF, Kind.WRITE_OFF)
TYPED_AMOUNT = (Kind.SET_OFF, Kind.RECOVERY)  # the others follow from the books
MONTHS_TO_FIRST = 12  # at most; a single payment has its whole term besides
STANDING = {"entry__isnull": False, "entry__reversals__isnull": True}


@dataclass(frozen=True, kw_only=True)
class ActAsked:
    """What is asked for: an act of a kind on a day; the rest as the kind needs it. `agreed`: guarantees, by id."""

    kind: str
    loan: Loan | None = None
    on: date
    satang: int = 0
    instalments: int = 0
    grace: int = 0
    first_due_on: date | None = None
    agreed: frozenset[int] = frozenset()
    way: str = ""
    bank_holder: str = ""
    slip_ref: str = ""
    payer: str = ""


@dataclass(frozen=True)
class ActPlan:
    """The act worked out: its amount, and everything that it freezes."""

    satang: int
    content: dict[str, Any]


def plan_act(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    """Work an act out as of its day. Raises what forbids it (loans.act_errors)."""
    if asked.loan is not None:
        _refuse_before_last(asked.loan, asked.on)
    return _PLANS[asked.kind](group, asked)


def asked_again(act: LoanAct) -> ActAsked:
    """What was asked for, read back from the act's row, to be worked out anew."""
    content: Mapping[str, Any] = act.content
    first_due = content.get("first_due_on")
    return ActAsked(
        kind=act.kind,
        loan=act.loan,
        on=act.done_on,
        satang=act.satang if act.kind in TYPED_AMOUNT else 0,
        instalments=content.get("instalments", 0),
        grace=content.get("grace", 0),
        first_due_on=date.fromisoformat(first_due) if first_due else None,
        agreed=frozenset(content.get("agreed", ())),
        way=content.get("way", ""),
        bank_holder=content.get("bank", ""),
        slip_ref=content.get("slip", ""),
        payer=content.get("payer", ""),
    )


def planned_instalments(content: Mapping[str, Any]) -> tuple[Instalment, ...]:
    """The instalments of a reschedule's content."""
    rows = content.get("lines", ())
    return tuple(Instalment(number, date.fromisoformat(due), part, interest) for number, due, part, interest in rows)


def live_guarantees(loan: Loan) -> list[Guarantee]:
    """Those who stand for a loan now, by position."""
    rows = Guarantee.objects.filter(loan=loan, released_on__isnull=True, declined_at__isnull=True)
    return list(rows.select_related("member", "hold").order_by("position", "pk"))


def free_to_set_off(loan: Loan) -> int:
    """How much of the borrower's pledge savings may be set off: what is free, and what secures this very loan."""
    account = account_for(loan.group, PLEDGE_SAVINGS, loan.member.holder)
    return max(books.available(account) + held_of(loan), 0)


def held_of(loan: Loan) -> int:
    """What is held of the borrower's savings for the loan now."""
    return loan.hold.satang if loan.hold is not None and loan.hold.released_at is None else 0


def written_off(loan: Loan) -> int:
    """The principal written off by acts that stand."""
    rows = Repayment.objects.filter(loan=loan, kind=Repayment.Kind.WRITE_OFF, entry__reversals__isnull=True)
    total: int = rows.aggregate(total=Sum("principal_satang", default=0))["total"]
    return total


def recovered(loan: Loan) -> int:
    """What came back of it."""
    rows = LoanAct.objects.filter(loan=loan, kind=Kind.RECOVERY, **STANDING)
    total: int = rows.aggregate(total=Sum("satang", default=0))["total"]
    return total


def _reschedule(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    loan, now = _live(asked)
    if asked.first_due_on is None or asked.first_due_on <= asked.on:
        raise FirstDueTooEarly(day=_printed(asked.on))
    months = asked.instalments if loan.rhythm == Rhythm.SINGLE_PAYMENT else 0
    latest = due_date(asked.on, MONTHS_TO_FIRST + months)
    if asked.first_due_on > latest:
        raise FirstDueTooLate(day=_printed(latest))
    figures: dict[str, Any] = {
        "principal": now.outstanding,
        "monthly_rate": loan.monthly_rate,
        "instalments": asked.instalments,
        "method": Method(loan.method),
        "rhythm": Rhythm(loan.rhythm),
        "starts_on": asked.on,
        "first_due_on": asked.first_due_on,
        "day_count": DayCount(loan.day_count),
        "grace_principal": asked.grace,
    }
    try:
        lines = build_schedule(**figures, round_to=loan.round_to)
        exact = cap_schedule(**figures)
    except ValueError:
        raise ScheduleRefused from None
    apr = nominal_apr(lines, now.outstanding, asked.on)
    if exceeds_cap(exact, now.outstanding, asked.on):
        raise AboveYearlyCap(apr=apr)
    interest, fine = carried_by_reschedule(terms_of(loan), now)
    guarantees = {each.pk for each in live_guarantees(loan)}
    return ActPlan(
        now.outstanding,
        {
            "interest": interest,
            "fine": fine,
            "first_due_on": asked.first_due_on.isoformat(),
            "instalments": asked.instalments,
            "grace": asked.grace,
            "lines": [[line.number, line.due_on.isoformat(), line.principal, line.interest] for line in lines],
            "apr": str(apr),
            "agreed": sorted(guarantees & asked.agreed),
            "freed": sorted(guarantees - asked.agreed),
        },
    )


def _set_off(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    loan, now = _live(asked)
    if not 0 < asked.satang <= now.settlement:
        raise NothingToSetOff(owed=format_baht(now.settlement))
    free = free_to_set_off(loan)
    if asked.satang > free:
        raise SavingsTooSmall(free=format_baht(free))
    parts = repay(now, asked.satang, fines_last=bool(setting(group, "repay_fines_last", asked.on)))
    if parts.left_over:
        raise NothingToSetOff(owed=format_baht(asked.satang - parts.left_over))
    return ActPlan(
        asked.satang,
        {
            "fine": parts.fine,
            "interest": parts.interest,
            "principal": parts.principal,
            "left": now.outstanding - parts.principal,
            "held": held_of(loan),
        },
    )


def _write_off(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    _loan, now = _live(asked)
    booked = -books.balance(account_for(group, ALLOWANCE_ACCOUNT))
    covered = min(now.outstanding, max(booked, 0))
    content = {"allowance": covered, "cost": now.outstanding - covered}
    return ActPlan(now.outstanding, content | {"interest": now.interest_owed, "fine": now.fine_owed})


def _recovery(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    assert asked.loan is not None
    rest = written_off(asked.loan) - recovered(asked.loan)
    if not 0 < asked.satang <= rest:
        raise RecoveredTooMuch(rest=format_baht(rest))
    content = {"way": asked.way, "bank": asked.bank_holder, "slip": asked.slip_ref, "payer": asked.payer}
    return ActPlan(asked.satang, content | {"rest": rest - asked.satang})


def _allowance(group: SavingsGroup, asked: ActAsked) -> ActPlan:
    found = allowance(group, asked.on)
    if not found.is_booked:
        raise AllowanceOnlyShown
    if not found.to_book:
        raise AllowanceAgrees
    lines = [[line.bucket, line.outstanding, line.percent, line.satang] for line in found.lines]
    return ActPlan(found.to_book, {"needed": found.needed, "booked": found.booked, "lines": lines})


_PLANS: dict[str, Callable[[SavingsGroup, ActAsked], ActPlan]] = {
    Kind.RESCHEDULE: _reschedule,
    Kind.SET_OFF: _set_off,
    Kind.WRITE_OFF: _write_off,
    Kind.RECOVERY: _recovery,
    Kind.ALLOWANCE: _allowance,
}


def _live(asked: ActAsked) -> tuple[Loan, Standing]:
    """The loan and where it stands; void and paid-off loans have nothing outstanding."""
    assert asked.loan is not None
    loan = asked.loan
    balance = books.balance(account_for(loan.group, LOAN_ACCOUNT, loan.number))
    if loan.paid_out_on is None or loan.paid_out_on > asked.on or balance <= 0:
        raise LoanNotLive(number=loan.number)
    return loan, standing_of(loan, asked.on)


def _refuse_before_last(loan: Loan, on: date) -> None:
    """Nothing is worked out as of a day before what was already booked for the loan."""
    paid = Repayment.objects.filter(loan=loan, entry__reversals__isnull=True).aggregate(last=Max("paid_on"))["last"]
    began = ScheduleVersion.objects.filter(loan=loan).aggregate(last=Max("starts_on"))["last"]
    last = max((day for day in (paid, began) if day is not None), default=None)
    if last is not None and on < last:
        raise ActBeforeSchedule(number=loan.number, day=_printed(last))


def _printed(on: date) -> str:
    return format_date(on, language=active_language())
