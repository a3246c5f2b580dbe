"""What is done with an activity's goods: asked for, approved by another where something goes out, posted once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import account_for
from funds.act_rules import require_allowed, require_apart, settle
from funds.act_words import act_content, act_details, act_title, waiting_title
from funds.activity_errors import ActGone, CannotUndo, StockMoved
from funds.acts import DEEDS
from funds.errors import OperationReused
from funds.journal import EntryDraft, Line, lock_book, post_entries, reverse_entry
from funds.models import Act, Activity, Entry, Good, KindLoan
from funds.postings_in_kind import held_account, lines_of
from funds.services.days import require_bookable
from funds.services.keeping import place_hold, release_hold
from funds.waiting import require_free_cash
from members import cosign
from members.access import Right, has_right
from members.models import Member, Resolution, User
from thai.months import buddhist_year


@dataclass(frozen=True)
class ActInput:
    """An act as a form gives it: quantity in thousandths (grams in kind), satang where money moves."""

    kind: str
    done_on: date
    quantity: int
    good: Good | None = None
    satang: int | None = None
    way: str = ""
    bank: str = ""
    slip_ref: str = ""
    member: Member | None = None
    party: str = ""
    due_on: date | None = None
    loan: KindLoan | None = None
    undoes: Act | None = None
    reason: str = ""
    resolution: Resolution | None = None


@transaction.atomic
def do_act(*, activity: Activity, given: ActInput, operation: UUID, by: User) -> Act:
    """Write an act down. What brings in is posted at once; what takes out waits for a second officer.

    The same operation with the same content returns the act. Raises OperationReused and what funds.activity_errors
    names; InsufficientFunds or InsufficientStock when what would leave is not there.
    """
    lock_book(activity.group)
    act = _new_act(activity, given, operation, by)
    known = Act.objects.filter(operation=operation).first()
    if known is not None:
        if not _is_same(known, act):
            raise OperationReused
        return known
    require_allowed(act)
    require_apart(act, by)
    settle(act)
    require_bookable(group=activity.group, on=act.done_on, touches_cash=act.way == "cash")
    if act.deed.two_people:
        act.hold = _hold(act)
        act.signature = _signature(act)
        act.save()
        return act
    return _post(act, approver=None)


@transaction.atomic
def ask_again(*, act: Act) -> Act:
    """Ask for the second officer's signature again, the first having lapsed. Raises ActGone."""
    locked = _lock_waiting(act)
    locked.signature = _signature(locked)
    locked.save(update_fields=["signature"])
    return locked


@transaction.atomic
def approve_signed(*, act: Act) -> Act:
    """Post an act with the signature that a second officer gave at the first one's device.

    Raises ActGone, StockMoved, members.cosign.CoSignRefused, and as `do_act`.
    """
    locked = _lock_waiting(act)
    if locked.signature is None:
        raise cosign.SignatureMissing
    signer = cosign.use(signature=locked.signature, content=act_content(locked), by=locked.requested_by)
    return _approve(locked, signer)


@transaction.atomic
def approve_act(*, act: Act, by: User) -> Act:
    """Post an act as the second officer, signed in on an own device. Raises as `approve_signed`."""
    locked = _lock_waiting(act)
    if by.pk == locked.requested_by_id:
        raise cosign.SignerIsAsker
    if not has_right(by, locked.activity.group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=by.display_name)
    return _approve(locked, by)


@transaction.atomic
def cancel_act(*, act: Act, by: User) -> Act:
    """Take an act back before it is posted; what it holds is free again. Raises ActGone."""
    locked = _lock_waiting(act)
    if locked.hold is not None:
        release_hold(hold=locked.hold, by=by)
    locked.state = Act.State.CANCELLED
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save()
    return locked


def _approve(act: Act, approver: User) -> Act:
    require_apart(act, approver)
    asked = (act.cost, act.change, act.interest)
    if act.hold is not None:
        release_hold(hold=act.hold, by=approver)
    require_allowed(act)
    settle(act)
    if act.change != asked[1] or act.interest != asked[2]:
        raise StockMoved
    if act.way == "cash":
        require_free_cash(act.activity.group, act.done_on)
    return _post(act, approver=approver)


def _post(act: Act, *, approver: User | None) -> Act:
    if act.kind == "kind_loan":
        act.made_loan = _loan_of(act)
    act.entry = _entry(act, approver)
    act.state = Act.State.POSTED
    act.approved_by, act.approved_at = approver, timezone.now() if approver else None
    act.save()
    return act


def _entry(act: Act, approver: User | None) -> Entry:
    group, ok = act.activity.group, (approver,) if approver else ()
    if act.undoes is not None:
        if act.undoes.entry is None:
            raise CannotUndo
        return reverse_entry(
            entry=act.undoes.entry, by=act.requested_by, ok=ok, operation=act.operation, reason=act.reason
        )
    draft = EntryDraft(
        kind=act.deed.entry,
        on=act.done_on,
        by=act.requested_by,
        ok=ok,
        lines=[Line(account_for(group, code, holder), amount) for code, holder, amount in lines_of(act)],
        operation=act.operation,
        details=act_details(act),
        payee=act.member if act.deed.two_people else None,
    )
    return post_entries(group=group, drafts=[draft], operation=act.operation)[0]


def _loan_of(act: Act) -> KindLoan:
    """The loan that an act makes, numbered within its activity and year."""
    assert act.member is not None
    assert act.due_on is not None
    year = buddhist_year(act.done_on)
    made = KindLoan.objects.filter(activity=act.activity, number__endswith=f"/{year}").count()
    return KindLoan.objects.create(
        activity=act.activity,
        number=f"{made + 1}/{year}",
        member=act.member,
        grams=act.quantity,
        interest_grams=act.interest,
        lent_on=act.done_on,
        due_on=act.due_on,
    )


def _hold(act: Act) -> Any:
    found = held_account(act)
    if found is None:
        return None
    code, holder, amount = found
    account = account_for(act.activity.group, code, holder)
    return place_hold(account=account, satang=amount, reason=waiting_title(act)[:80], by=act.requested_by)


def _signature(act: Act) -> Any:
    return cosign.request_cosign(
        group=act.activity.group,
        by=act.requested_by,
        right=Right.COSIGN,
        title=act_title(act),
        content=act_content(act),
    )


def _lock_waiting(act: Act) -> Act:
    lock_book(act.activity.group)
    locked = Act.objects.select_for_update().get(pk=act.pk)
    if locked.state != Act.State.WAITING:
        raise ActGone
    locked.activity = act.activity
    return locked


def _new_act(activity: Activity, given: ActInput, operation: UUID, by: User) -> Act:
    return Act(
        activity=activity,
        operation=operation,
        kind=DEEDS[given.kind].key,
        state=Act.State.WAITING,
        done_on=given.done_on,
        good=given.undoes.good if given.undoes else given.good,
        quantity=given.quantity,
        satang=given.satang,
        way=given.way,
        bank_holder=given.bank,
        slip_ref=given.slip_ref,
        member=given.member,
        party=given.party,
        due_on=given.due_on,
        loan=given.loan,
        undoes=given.undoes,
        reason=given.reason,
        resolution=given.resolution,
        requested_by=by,
        requested_at=timezone.now(),
    )


_CONTENT = (
    "activity_id", "kind", "done_on", "good_id", "quantity", "satang", "way", "bank_holder", "slip_ref", "member_id",
    "party", "due_on", "loan_id", "undoes_id", "reason", "resolution_id",
)  # fmt: skip


def _is_same(known: Act, act: Act) -> bool:
    return all(getattr(known, name) == getattr(act, name) for name in _CONTENT)
