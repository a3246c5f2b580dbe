"""Ways to divide the profit, saved under a name to be compared and adopted. Nothing is posted by them.

A way may be changed and deleted until the general meeting adopted one: then all of the year's stay as the meeting saw
them. One that was ever adopted stays for good, also when the adoption was taken back.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from funds.journal import lock_book
from funds.models import AccountYear
from members.models import User
from shareout.models import ShareOutPolicy
from shareout.policy import Head, Policy
from shareout.selectors.policies import is_frozen
from shareout.share_out_errors import FundUnnamed, PolicyChangedSince, PolicyFrozen, PolicyNameTaken
from shareout.share_out_postings import is_fund_name


@transaction.atomic
def save_policy(*, year: AccountYear, name: str, policy: Policy, by: User) -> ShareOutPolicy:
    """Save a way to divide a year's profit under a name of its own.

    The same name with the same policy returns the row. Raises PolicyNameTaken, FundUnnamed.
    """
    _require_fund_names(policy)
    row = _row(year, " ".join(name.split()), policy, by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        known = ShareOutPolicy.objects.filter(year=year, name=row.name).first()
        if known is None:
            raise
        if not _is_same(known, row):
            raise PolicyNameTaken(name=row.name) from None
        return known
    return row


@transaction.atomic
def change_policy(*, row: ShareOutPolicy, name: str, policy: Policy, seen: str, by: User) -> ShareOutPolicy:
    """Put another policy, or another name, in the place of a saved one.

    seen: `version_of` the row that was looked at, so that nobody overwrites unseen what another officer saved
    meanwhile. Raises PolicyFrozen, PolicyChangedSince, PolicyNameTaken, FundUnnamed.
    """
    _require_fund_names(policy)
    locked = _locked(row)
    wanted = _row(locked.year, " ".join(name.split()), policy, by)
    if wanted.name == locked.name and _is_same(locked, wanted):
        return locked
    if seen != version_of(locked):
        raise PolicyChangedSince(name=locked.name, by=locked.saved_by.display_name)
    wanted.pk, wanted._state.adding = locked.pk, False
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        if not ShareOutPolicy.objects.filter(year=locked.year, name=wanted.name).exclude(pk=locked.pk).exists():
            raise
        raise PolicyNameTaken(name=wanted.name) from None
    return wanted


@transaction.atomic
def delete_policy(*, row: ShareOutPolicy) -> None:
    """Delete a saved way; nothing was posted by it. Raises PolicyFrozen."""
    _locked(row).delete()


def version_of(row: ShareOutPolicy) -> str:
    """What a page remembers of a saved way, to notice that somebody else has changed it."""
    return row.saved_at.isoformat()


def _locked(row: ShareOutPolicy) -> ShareOutPolicy:
    """The row behind the book's lock, behind which adoptions stand as well. Raises PolicyFrozen."""
    lock_book(row.group)
    rows = ShareOutPolicy.objects.select_for_update(of=("self",)).select_related("year", "saved_by")
    locked = rows.filter(pk=row.pk).first()
    if locked is None or is_frozen(locked):
        raise PolicyFrozen(name=row.name)
    return locked


def _require_fund_names(policy: Policy) -> None:
    if any(each.head == Head.OTHER and not is_fund_name(each.name) for each in policy.heads):
        raise FundUnnamed


def _row(year: AccountYear, name: str, policy: Policy, by: User) -> ShareOutPolicy:
    return ShareOutPolicy(
        group_id=year.group_id,
        year=year,
        name=name,
        heads=[[str(each.head), each.share_bp, each.name] for each in policy.heads],
        weighting=str(policy.weighting),
        step=policy.step,
        rest_to=str(policy.rest_to),
        leavers=str(policy.leavers),
        arrears=str(policy.arrears),
        fixed_rate_bp=policy.fixed_rate_bp,
        cap_satang=policy.cap_satang,
        minimum_months=policy.minimum_months,
        saved_by=by,
        saved_at=timezone.now(),
    )


def _is_same(known: ShareOutPolicy, row: ShareOutPolicy) -> bool:
    names = (
        "heads", "weighting", "step", "rest_to", "leavers", "arrears", "fixed_rate_bp", "cap_satang", "minimum_months",
    )  # fmt: skip
    return all(getattr(known, name) == getattr(row, name) for name in names)
