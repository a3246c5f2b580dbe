"""Who may found groups, and the codes of the slips just printed, kept sealed in their session."""

import time
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest

from members.access import may_found_groups, person
from members.models import ActivationSlip, SavingsGroup, User
from members.sealing import seal, unseal
from membership.slips import IssuedSlip

SLIPS = "first_slips"
KEPT_SECONDS = 15 * 60


def founder_of(request: HttpRequest) -> User:
    """Whoever asks, if they may found groups somewhere; 404 for everybody else."""
    user = person(request)
    if not may_found_groups(user):
        raise Http404
    return user


def keep_slips(request: HttpRequest, group: SavingsGroup, issued: Sequence[IssuedSlip]) -> None:
    """Keep the codes for a quarter of an hour, so that a jammed printer costs nothing."""
    request.session[SLIPS] = {
        "group": group.pk,
        "until": int(time.time()) + KEPT_SECONDS,
        "codes": {str(one.slip.pk): seal(one.code, purpose=SLIPS) for one in issued},
    }


def kept_slips(request: HttpRequest, group: SavingsGroup) -> list[IssuedSlip]:
    """The slips of a group whose codes are still kept for whoever printed them; replaced ones are left out."""
    kept: dict[str, Any] = request.session.get(SLIPS) or {}
    if kept.get("group") != group.pk or kept.get("until", 0) < time.time():
        return []
    slips = ActivationSlip.objects.filter(pk__in=kept["codes"], group=group, voided_at__isnull=True)
    slips = slips.select_related("user", "member", "issued_by", "group__village__tambon").order_by("pk")
    return [IssuedSlip(slip=slip, code=unseal(kept["codes"][str(slip.pk)], purpose=SLIPS)) for slip in slips]
