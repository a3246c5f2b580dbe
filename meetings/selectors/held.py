"""Cash that something beside the meeting holds: a voucher, a reversal, a settlement that waits for its approval."""

from collections.abc import Mapping

from django.db.models import Sum

from funds.chart import CASH
from funds.models import Hold
from meetings.models import Meeting, PaymentLine


def cash_held_beside(meeting: Meeting) -> Mapping[str, int]:
    """What of each pool's cash box is held, satang by the pool's letter, without this meeting's own payments."""
    own = PaymentLine.objects.filter(meeting=meeting, hold__isnull=False).values("hold")
    holds = Hold.objects.filter(group=meeting.group_id, account__code__in=CASH, released_at__isnull=True)
    sums = holds.exclude(pk__in=own).order_by().values_list("account__code").annotate(total=Sum("satang"))
    return dict.fromkeys("OA", 0) | {code[0]: total for code, total in sums}
