"""The share-out of a year: adopted by the general meeting, approved by a second officer, posted once and whole."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.errors import OperationReused
from funds.journal import lock_book
from members.access import Right, has_right
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Member, Resolution, SavingsGroup, User
from shareout.models import HeadAllotment, MemberShare, ShareOut, ShareOutPolicy
from shareout.plan import Plan, exported, fingerprint, plan_share_out
from shareout.selectors.policies import policy_of
from shareout.selectors.snapshot import snapshot_of
from shareout.share_out_errors import (
    BooksMovedSinceAdoption,
    BooksMovedSinceShown,
    GeneralMeetingDecides,
    MeetingOfOtherDay,
    NothingToDivide,
    PolicyFrozen,
    ShareOutDone,
    ShareOutStands,
    YearNotClosed,
)
from thai.dates import format_date
from thai.language import active_language


@transaction.atomic
def adopt_share_out(
    *, policy: ShareOutPolicy, held_on: date, resolution: Resolution, operation: UUID, by: User, shown: str = ""
) -> ShareOut:
    """Freeze the share-out that the general meeting adopted: snapshot, policy, every head and every member's share.

    Nothing is posted yet; a second officer approves. The same operation with the same content returns the row. shown:
    the fingerprint of what was looked at, where somebody looked. Raises OperationReused, YearNotClosed, ShareOutStands,
    GeneralMeetingDecides, MeetingOfOtherDay, NothingToDivide, PolicyFrozen, BooksMovedSinceShown.
    """
    group, year = policy.group, policy.year
    lock_book(group)
    known = ShareOut.objects.filter(operation=operation).first()
    if known is not None:
        if (known.policy_id, known.held_on, known.resolution_id) != (policy.pk, held_on, resolution.pk):
            raise OperationReused
        return known
    year.refresh_from_db(fields=["closing"])
    if not year.is_closed:
        raise YearNotClosed(year=year.year)
    if ShareOut.objects.filter(year=year, cancelled_at__isnull=True).exists():
        raise ShareOutStands(year=year.year)
    if resolution.group_id != group.pk or resolution.body != Resolution.Body.GENERAL:
        raise GeneralMeetingDecides
    if held_on != resolution.decided_on or not year.ends_on < held_on <= timezone.localdate():
        raise MeetingOfOtherDay(day=format_date(resolution.decided_on, language=active_language()))
    plan, code = planned(_as_saved(policy))
    if not plan.snapshot.distributable:
        raise NothingToDivide
    if shown and shown != code:
        raise BooksMovedSinceShown
    share_out = ShareOut.objects.create(
        group=group,
        year=year,
        policy=policy,
        operation=operation,
        held_on=held_on,
        resolution=resolution,
        snapshot=exported(plan.snapshot),
        frozen_policy=asdict(plan.policy),
        fingerprint=code,
        distributable=plan.snapshot.distributable,
        requested_by=by,
        requested_at=timezone.now(),
    )
    _freeze(share_out, plan)
    return share_out


@transaction.atomic
def approve_adoption(*, share_out: ShareOut, by: User) -> ShareOut:
    """Approve a share-out on the own device; twice by the same officer is one approval. Posts nothing.

    Raises ShareOutDone, SignerIsAsker, SignerLacksRight, BooksMovedSinceAdoption.
    """
    lock_book(share_out.group)
    locked = locked_share_out(share_out)
    if locked.approved_by_id == by.pk:
        return locked
    if locked.state != "simulated":
        raise ShareOutDone
    if by.pk == locked.requested_by_id:
        raise SignerIsAsker
    if not has_right(by, locked.group, Right.COSIGN):
        raise SignerLacksRight(name=by.display_name)
    require_unmoved(locked)
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["approved_by", "approved_at"])
    return locked


@transaction.atomic
def cancel_adoption(*, share_out: ShareOut, by: User) -> ShareOut:
    """Take a share-out back before it is posted, so that the meeting's decision can be entered anew.

    Raises ShareOutDone.
    """
    lock_book(share_out.group)
    locked = locked_share_out(share_out)
    if locked.state not in ("simulated", "adopted"):
        raise ShareOutDone
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def planned(policy: ShareOutPolicy) -> tuple[Plan, str]:
    """The share-out by a saved policy as the books are now, and its fingerprint."""
    rules = policy_of(policy)
    snapshot = snapshot_of(policy.year, leavers=rules.leavers)
    return plan_share_out(snapshot, rules), fingerprint(snapshot, rules)


def require_unmoved(share_out: ShareOut) -> None:
    """Hold the books to what was adopted. Called behind the book's lock. Raises BooksMovedSinceAdoption."""
    if has_moved(share_out):
        raise BooksMovedSinceAdoption


def has_moved(share_out: ShareOut) -> bool:
    """Whether the books no longer give what was adopted."""
    _plan, code = planned(share_out.policy)
    return code != share_out.fingerprint


def locked_share_out(share_out: ShareOut) -> ShareOut:
    """The share-out's row, locked, with the group's object."""
    rows = ShareOut.objects.select_for_update(of=("self",))
    locked = rows.select_related("year", "policy", "resolution", "requested_by", "approved_by", "signature").get(
        pk=share_out.pk
    )
    locked.group = locked.year.group = locked.policy.group = share_out.group
    locked.policy.year = locked.year
    return locked


def _as_saved(policy: ShareOutPolicy) -> ShareOutPolicy:
    """The policy as it is saved now, behind the lock that whoever changes or deletes it takes as well."""
    saved = ShareOutPolicy.objects.filter(pk=policy.pk).first()
    if saved is None:
        raise PolicyFrozen(name=policy.name)
    saved.group, saved.year = policy.group, policy.year
    return saved


def _freeze(share_out: ShareOut, plan: Plan) -> None:
    HeadAllotment.objects.bulk_create(
        HeadAllotment(
            share_out=share_out,
            position=position,
            head=str(each.head),
            name=each.name,
            share_bp=each.share_bp,
            satang=plan.heads[position],
        )
        for position, each in enumerate(plan.policy.heads)
    )
    earned = {key for weights in (plan.weights, plan.snapshot.interest) for key, weight in weights.items() if weight}
    ids = _ids(share_out.group, earned)
    MemberShare.objects.bulk_create(
        MemberShare(
            share_out=share_out,
            member_id=ids[number],
            weight=plan.weights.get(number, 0),
            interest_satang=plan.snapshot.interest.get(number, 0),
            dividend_satang=plan.dividend.shares.get(number, 0),
            rebate_satang=plan.rebate.shares.get(number, 0),
        )
        for number in sorted(earned)
    )


def _ids(group: SavingsGroup, numbers: set[int]) -> dict[int, int]:
    return dict(Member.objects.filter(group=group, number__in=numbers).values_list("number", "pk"))
