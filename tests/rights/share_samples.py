"""A share-out that was taken back, and a payment that waits for a second officer."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from funds.models import AccountYear
from members.models import Member, SavingsGroup, User
from members.services import record_resolution
from shareout.models import ShareOut, SharePayment
from shareout.policy import CUSTOMARY
from shareout.services.policies import save_policy

FEBRUARY_14 = date(2026, 2, 14)


def share_samples(group: SavingsGroup, member: Member, by: User) -> dict[str, Any]:
    """Rows only, as the year of the walk is not over yet."""
    year = AccountYear.objects.filter(group=group).latest("starts_on")
    resolution = record_resolution(
        group=group, number="G1/2569", decided_on=FEBRUARY_14, subject="จัดสรรกำไร", by=by, body="general"
    )
    share_out = ShareOut.objects.create(
        group=group, year=year, policy=save_policy(year=year, name="แบบ ก", policy=CUSTOMARY, by=by),
        operation=uuid4(), held_on=FEBRUARY_14, resolution=resolution, snapshot={}, frozen_policy={}, fingerprint="-",
        distributable=0, requested_by=by, requested_at=timezone.now(), cancelled_by=by, cancelled_at=timezone.now(),
    )  # fmt: skip
    payment = SharePayment.objects.create(
        group=group, member=member, operation=uuid4(), satang=1_00, way="cash", requested_by=by,
        requested_at=timezone.now(),
    )  # fmt: skip
    return {"share_out_id": share_out.pk, "share_payment_id": payment.pk}
