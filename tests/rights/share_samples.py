"""A share-out that was taken back, and a payment that waits for a second officer."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from funds.models import AccountYear
from members.models import Member, SavingsGroup, User
from members.services import record_resolution
from shareout.models import LateFinding, ShareOut, SharePayment
from shareout.plan import exported, fingerprint
from shareout.policy import CUSTOMARY
from shareout.selectors.snapshot import snapshot_of
from shareout.services.policies import save_policy

FEBRUARY_14 = date(2026, 2, 14)


def share_samples(group: SavingsGroup, member: Member, by: User) -> dict[str, Any]:
    """Rows only, as the year of the walk is not over yet."""
    year = AccountYear.objects.filter(group=group).latest("starts_on")
    resolution = record_resolution(
        group=group, number="G1/2569", decided_on=FEBRUARY_14, subject="จัดสรรกำไร", by=by, body="general"
    )
    taken = snapshot_of(year)
    share_out = ShareOut.objects.create(
        group=group, year=year, policy=save_policy(year=year, name="แบบ ก", policy=CUSTOMARY, by=by),
        operation=uuid4(), held_on=FEBRUARY_14, resolution=resolution, snapshot=exported(taken),
        frozen_policy=asdict(CUSTOMARY), fingerprint=fingerprint(taken, CUSTOMARY),
        distributable=0, requested_by=by, requested_at=timezone.now(), cancelled_by=by, cancelled_at=timezone.now(),
    )  # fmt: skip
    payment = SharePayment.objects.create(
        group=group, member=member, operation=uuid4(), satang=1_00, way="cash", requested_by=by,
        requested_at=timezone.now(),
    )  # fmt: skip
    finding = LateFinding.objects.create(
        group=group, year=year, is_more=True, account_code="O1200", satang=1_00, memo="ดอกเบี้ยธนาคาร",
        resolution=resolution, operation=uuid4(), requested_by=by, requested_at=timezone.now(),
    )  # fmt: skip
    tried = save_policy(year=year, name="แบบ ข", policy=replace(CUSTOMARY, step=100), by=by)
    return {
        "share_out_id": share_out.pk, "share_payment_id": payment.pk, "late_finding_id": finding.pk,
        "share_policy_id": tried.pk,
    }  # fmt: skip
