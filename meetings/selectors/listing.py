"""The list of meetings: found by number, date or place, with what each brought."""

import re

from django.db.models import BigIntegerField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from funds.models import Entry, Posting
from meetings.models import Meeting
from meetings.selectors.meetings import meetings_of
from members.models import SavingsGroup
from thai.dates import DateError, parse_date
from thai.digits import to_western

_NUMBER = re.compile(r"(\d{1,3})/(\d{4})")
_RECEIPTS = ("receipt", "paper_receipt")


def listed_meetings(group: SavingsGroup, words: str = "") -> QuerySet[Meeting]:
    """Meetings, the latest first, that fit the words; `received` is the sum of each one's receipts (satang).

    All that an evening debited, less what its few other entries did: to look at each receipt's kind takes three times
    as long.
    """
    first, last = OuterRef("first_entry_id"), OuterRef("close_entry_id")
    moved = Posting.objects.filter(entry_id__gte=first, entry_id__lte=last, amount__gt=0)
    evening = Entry.objects.filter(id__gte=OuterRef(first), id__lte=OuterRef(last))
    others = evening.exclude(kind__in=_RECEIPTS).order_by().values("pk")
    beside = Posting.objects.filter(entry__in=others, amount__gt=0)
    found = meetings_of(group).annotate(received=_summed(moved) - Coalesce(_summed(beside), 0))
    return found.filter(_fits(words)) if words else found


def _summed(rows: QuerySet[Posting]) -> Subquery:
    """Their amounts in one sum, as a part of another query; null where there are none."""
    total = Func(F("amount"), function="SUM", output_field=BigIntegerField())
    return Subquery(rows.order_by().annotate(total=total).values("total"))


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
