"""What a member sees of the group: the two pools in one figure each, and the last count of the cash."""

from dataclasses import dataclass
from datetime import date

from funds.chart import ADMINISTRATIVE, OPERATING, Type
from funds.selectors import trial_balance
from meetings.models import CashCount
from members.models import SavingsGroup
from reports.selectors.meetings import closed_meetings


@dataclass(frozen=True)
class LastCount:
    """The cash of the last closed meeting and who verified it; `difference` is None where only paper knows."""

    on: date
    number: str
    difference: int | None
    auditor: str


@dataclass(frozen=True)
class OurGroup:
    """The pools side by side (satang, never added together) and the last count."""

    operating: int
    administrative: int
    count: LastCount | None


def our_group(*, group: SavingsGroup) -> OurGroup:
    """The figures that every member may see; constant queries."""
    held = {OPERATING: 0, ADMINISTRATIVE: 0}
    for line in trial_balance(group):
        if line.type is Type.ASSET and line.unit in held:
            held[line.unit] += line.balance
    return OurGroup(held[OPERATING], held[ADMINISTRATIVE], _last_count(group))


def _last_count(group: SavingsGroup) -> LastCount | None:
    meeting = closed_meetings(group=group).first()
    if meeting is None:
        return None
    count = CashCount.objects.filter(meeting=meeting, set_aside_at__isnull=True).first()
    return LastCount(
        on=meeting.held_on,
        number=str(meeting),
        difference=count.difference_satang if count else None,
        auditor=meeting.verified_by.display_name if meeting.verified_by else "",
    )
