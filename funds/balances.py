"""What every decision reads: the head, and sums of all postings, never a cache."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet, Sum

from funds.models import Account, Entry, Hold, Posting, entry_id
from members.models import SavingsGroup


def read_head(group: SavingsGroup) -> Entry | None:
    """The group's last entry."""
    return _from_the_last(group).first()


def read_head_hash(group: SavingsGroup) -> str | None:
    """The hash of the group's last entry alone: for whoever asks only whether the books still stand as they stood."""
    return _from_the_last(group).values_list("hash", flat=True).first()


def _from_the_last(group: SavingsGroup) -> QuerySet[Entry]:
    return Entry.objects.filter(id__gt=entry_id(group.pk, 0), id__lt=entry_id(group.pk + 1, 0)).order_by("-id")


def raw_balances(group: SavingsGroup, accounts: Iterable[Account], as_of: date | None = None) -> dict[int, int]:
    """The sums of all postings by account id, debit > 0, of all days or until the end of one; one query.

    Asked by the accounts' ids alone, so that the index on postings tells everything.
    """
    ids = [account.pk for account in accounts]
    if not ids:
        return {}
    postings = Posting.objects.filter(group=group, account__in=ids).order_by()
    if as_of is not None:
        postings = postings.filter(booked_on__lte=as_of)
    rows = postings.values("account_id").annotate(total=Sum("amount")).values_list("account_id", "total")
    return dict.fromkeys(ids, 0) | dict(rows)


def held_amounts(group: SavingsGroup, accounts: Iterable[Account]) -> dict[int, int]:
    """What is held of each account, by account id; accounts without a hold are absent; one query."""
    ids = [account.pk for account in accounts]
    if not ids:
        return {}
    holds = Hold.objects.filter(group=group, account__in=ids, released_at__isnull=True)
    return dict(holds.order_by().values_list("account_id").annotate(Sum("satang")))


def available_of(account: Account, balance: int, held: int) -> int:
    """How much may still leave an account: from its raw balance to its floor, less what is held."""
    return balance * (account.head.floor.value or 1) - held
