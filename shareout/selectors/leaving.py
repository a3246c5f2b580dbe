"""What the share-out puts in a leaver's way (membership/obstacles.py)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Member
from membership.obstacles import Obstacle
from shareout.selectors.payments import waiting_rows


def waiting_shares(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """A payment of dividend and rebate that waits is approved or taken back first; what is unpaid is settled then."""
    rows = waiting_rows(member.group).filter(member=member).order_by("pk")
    return [
        Obstacle(
            _("Dividend and rebate wait for approval"),
            reverse("shareout:payment", args=[member.group.code, row.pk]),
            row.satang,
        )
        for row in (rows.select_for_update() if for_update else rows)
    ]
