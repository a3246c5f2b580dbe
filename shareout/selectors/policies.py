"""Ways to divide the profit: rows read as the plain values that the plan works with."""

from typing import Any

from django.db.models import Q, QuerySet

from funds.models import AccountYear
from shareout.models import ShareOut, ShareOutPolicy
from shareout.policy import Arrears, Head, HeadShare, Leavers, Policy
from shareout.weights import Weighting


def policies_of(year: AccountYear) -> QuerySet[ShareOutPolicy]:
    """The ways to divide a year's profit that were saved, in the order of saving."""
    return ShareOutPolicy.objects.filter(group=year.group_id, year=year).select_related("saved_by").order_by("pk")


def is_frozen(row: ShareOutPolicy) -> bool:
    """Whether a saved way stays as it is: adopted once, or of a year whose share-out stands."""
    adopted = Q(policy=row) | Q(year=row.year_id, cancelled_at__isnull=True)
    return ShareOut.objects.filter(adopted, group=row.group_id).exists()


def policy_of(row: ShareOutPolicy) -> Policy:
    """The policy that a row says. Raises PolicyError where it cannot be carried out."""
    return Policy(
        heads=_heads(row.heads),
        weighting=Weighting(row.weighting),
        step=row.step,
        rest_to=Head(row.rest_to),
        leavers=Leavers(row.leavers),
        arrears=Arrears(row.arrears),
        fixed_rate_bp=row.fixed_rate_bp,
        cap_satang=row.cap_satang,
        minimum_months=row.minimum_months,
    )


def policy_from(frozen: dict[str, Any]) -> Policy:
    """The policy that a share-out froze (`dataclasses.asdict`, through JSON)."""
    return Policy(
        heads=_heads([each["head"], each["share_bp"], each["name"]] for each in frozen["heads"]),
        weighting=Weighting(frozen["weighting"]),
        step=frozen["step"],
        rest_to=Head(frozen["rest_to"]),
        leavers=Leavers(frozen["leavers"]),
        arrears=Arrears(frozen["arrears"]),
        fixed_rate_bp=frozen["fixed_rate_bp"],
        cap_satang=frozen["cap_satang"],
        minimum_months=frozen["minimum_months"],
    )


def _heads(rows: Any) -> tuple[HeadShare, ...]:
    return tuple(HeadShare(Head(head), share_bp, name) for head, share_bp, name in rows)
