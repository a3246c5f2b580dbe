"""Ways to divide the profit, saved under a name to be compared and adopted. Nothing is posted by them."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from funds.chain import is_text
from funds.chart import head_of
from funds.models import AccountYear
from members.models import User
from shareout.models import ShareOutPolicy
from shareout.policy import Head, Policy
from shareout.share_out_errors import FundUnnamed, PolicyNameTaken
from shareout.share_out_postings import ACCOUNTS


@transaction.atomic
def save_policy(*, year: AccountYear, name: str, policy: Policy, by: User) -> ShareOutPolicy:
    """Save a way to divide a year's profit under a name of its own; a name stands for one policy for ever.

    The same name with the same policy returns the row. Raises PolicyNameTaken, FundUnnamed.
    """
    if any(each.head == Head.OTHER and not _is_holder(each.name) for each in policy.heads):
        raise FundUnnamed
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


def _is_holder(name: str) -> bool:
    """Whether a fund's name can be the holder of its account: not empty, at most forty letters, no comma."""
    return is_text(name) and head_of(ACCOUNTS[Head.OTHER]).holder.fits(name)
