"""The list of meetings: found by number, date or place, with what each brought."""

import re

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from funds.models import Posting
from meetings.models import Meeting
from meetings.selectors.meetings import meetings_of
from members.models import SavingsGroup
from thai.dates import DateError, parse_date
from thai.digits import to_western

_NUMBER = re.compile(r"(\d{1,3})/(\d{4})")
_RECEIPTS = ("receipt", "paper_receipt")


def listed_meetings(group: SavingsGroup, words: str = "") -> QuerySet[Meeting]:
    """Meetings, the latest first, that fit the words; `received` is the sum of each one's receipts (satang)."""
    receipts = Posting.objects.filter(
        entry_id__gte=OuterRef("first_entry_id"),
        entry_id__lte=OuterRef("close_entry_id"),
        entry__kind__in=_RECEIPTS,
        amount__gt=0,
    )
    sums = receipts.order_by().annotate(one=F("entry__group")).values("one").annotate(sum=Sum("amount")).values("sum")
    found = meetings_of(group).annotate(received=Subquery(sums[:1]))
    return found.filter(_fits(words)) if words else found


def received_of(found: QuerySet[Meeting]) -> int:
    """What all meetings of a list brought together, satang."""
    return found.aggregate(sum=Sum("received"))["sum"] or 0


def _fits(words: str) -> Q:
    plain = to_western(words)
    if match := _NUMBER.fullmatch(plain):
        return Q(number=int(match[1]), year=int(match[2]))
    if plain.isascii() and plain.isdigit() and len(plain) <= 4:
        return Q(number=int(plain)) | Q(year=int(plain)) | Q(place__icontains=words)
    try:
        return Q(held_on=parse_date(words))
    except DateError:
        return Q(place__icontains=words)
