"""What every decision reads: the head, and sums of all postings, never a cache."""

from collections.abc import Iterable
from datetime import date

from funds.models import Account, Entry, entry_id
from members import queries
from members.models import SavingsGroup


def read_head(group: SavingsGroup) -> Entry | None:
    """The group's last entry."""
    return next(iter(Entry.objects.raw(f"SELECT * {_FROM_THE_LAST}", _range_of(group))), None)


def read_head_hash(group: SavingsGroup) -> str | None:
    """The hash of the group's last entry alone: for whoever asks only whether the books still stand as they stood."""
    found = queries.rows(f"SELECT hash {_FROM_THE_LAST}", _range_of(group))
    return found[0][0] if found else None


_FROM_THE_LAST = "FROM funds_entry WHERE id > %s AND id < %s ORDER BY id DESC LIMIT 1"


def _range_of(group: SavingsGroup) -> list[int]:
    return [entry_id(group.pk, 0), entry_id(group.pk + 1, 0)]


def raw_balances(group: SavingsGroup, accounts: Iterable[Account], as_of: date | None = None) -> dict[int, int]:
    """The sums of all postings by account id, debit > 0, of all days or until the end of one; one query.

    Asked by the accounts' ids alone, so that the index on postings tells everything.
    """
    ids = [account.pk for account in accounts]
    if not ids:
        return {}
    until, days = ("", []) if as_of is None else (" AND booked_on <= %s", [as_of])
    found = queries.rows(
        "SELECT account_id, CAST(SUM(amount) AS bigint) FROM funds_posting"  # noqa: S608 - places for values
        f" WHERE group_id = %s AND account_id IN {queries.places(ids)}{until} GROUP BY account_id",
        [group.pk, *ids, *days],
    )
    return dict.fromkeys(ids, 0) | dict(found)


def held_amounts(group: SavingsGroup, accounts: Iterable[Account]) -> dict[int, int]:
    """What is held of each account, by account id; accounts without a hold are absent; one query."""
    ids = [account.pk for account in accounts]
    if not ids:
        return {}
    found = queries.rows(
        "SELECT account_id, CAST(SUM(satang) AS bigint) FROM funds_hold"  # noqa: S608 - places for values
        f" WHERE group_id = %s AND account_id IN {queries.places(ids)} AND released_at IS NULL GROUP BY account_id",
        [group.pk, *ids],
    )
    return dict(found)


def available_of(account: Account, balance: int, held: int) -> int:
    """How much may still leave an account: from its raw balance to its floor, less what is held."""
    return balance * (account.head.floor.value or 1) - held
