"""Which months a receipt paid, noted in the transaction that posts it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Sum

from funds.models import Entry, Posting
from members.models import SavingsGroup
from savings.errors import MonthsDisagree
from savings.models import PledgeMonth
from thai.money import format_baht

PLEDGE_SAVINGS = "O2100"


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A part of a receipt: this member's month (its first day) and how much of it was paid (satang > 0)."""

    entry_id: int
    member_id: int
    month: date
    satang: int


@transaction.atomic
def record_pledge_months(*, group: SavingsGroup, paid: Iterable[PaidMonth]) -> int:
    """Note the months that receipts paid, in two statements however many; returns how many were noted.

    Called in the transaction that posts the receipts. The months of a receipt add up to what it credits to pledge
    savings (O2100), else MonthsDisagree and nothing stands.
    """
    parts = [part for part in paid if part.satang]
    if not parts:
        return 0
    sums: defaultdict[int, int] = defaultdict(int)
    for part in parts:
        sums[part.entry_id] += part.satang
    _refuse_disagreement(group, sums)
    _write(group, parts)
    return len(parts)


def _write(group: SavingsGroup, parts: list[PaidMonth]) -> None:
    """Insert the rows by one statement, whatever their number; the table's constraints check each."""
    numbers = (*zip(*((part.entry_id, part.member_id, part.satang) for part in parts), strict=True),)
    months = [part.month.isoformat() for part in parts]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ["{" + ",".join(map(str, values)) + "}" for values in (*numbers, months)]
            cursor.execute(_INSERT + _FROM_ARRAYS, [group.pk, *arrays])
        else:
            rows = [(group.pk, *values) for values in zip(*numbers, months, strict=True)]
            cursor.executemany(_INSERT + "VALUES (%s, %s, %s, %s, %s)", rows)


_INSERT = f"INSERT INTO {PledgeMonth._meta.db_table} (group_id, entry_id, member_id, satang, month) "
_FROM_ARRAYS = "SELECT %s, part.* FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::date[]) part"


def _refuse_disagreement(group: SavingsGroup, sums: dict[int, int]) -> None:
    credited = dict(
        Posting.objects.filter(group=group, entry_id__gte=min(sums), entry_id__lte=max(sums))
        .filter(account__code=PLEDGE_SAVINGS)
        .values_list("entry_id")
        .annotate(satang=Sum("amount"))
    )
    for entry_id, months in sums.items():
        line = -credited.get(entry_id, 0)
        if line != months:
            number = Entry.objects.values_list("n", flat=True).filter(pk=entry_id).first()
            raise MonthsDisagree(number=number, months=format_baht(months), line=format_baht(line))
