"""What a member sees of the group: the two pools in one figure each, and the last count of the cash."""

from dataclasses import dataclass
from datetime import date

from funds.chart import ADMINISTRATIVE, OPERATING, Type
from funds.selectors import trial_balance
from meetings.models import CashCount, Meeting
from members.models import SavingsGroup


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


def our_group(*, group: SavingsGroup, last: Meeting | None) -> OurGroup:
    """The figures that every member may see; `last` is the last closed meeting. Constant queries."""
    held = {OPERATING: 0, ADMINISTRATIVE: 0}
    for line in trial_balance(group):
        if line.type is Type.ASSET and line.unit in held:
            held[line.unit] += line.balance
    return OurGroup(held[OPERATING], held[ADMINISTRATIVE], _last_count(last))


def _last_count(meeting: Meeting | None) -> LastCount | None:
    if meeting is None:
        return None
    count = CashCount.objects.filter(meeting=meeting, set_aside_at__isnull=True).first()
    return LastCount(
        on=meeting.held_on,
        number=str(meeting),
        difference=count.difference_satang if count else None,
        auditor=meeting.verified_by.display_name if meeting.verified_by else "",
    )
