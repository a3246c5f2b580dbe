"""What a share-out says to a reversal (funds/reversing.py)."""

from datetime import date

from funds.models import Entry
from shareout.models import ShareOut
from shareout.share_out_errors import ShareOutStays


def refuse_share_out(entry: Entry, on: date) -> None:
    """The batch of a posted share-out is whole: what was built on it is every member's share. Raises ShareOutStays."""
    posted = ShareOut.objects.filter(group=entry.group_id, first_entry__lte=entry.pk, last_entry__gte=entry.pk)
    if posted.exists():
        raise ShareOutStays(number=entry.n)
