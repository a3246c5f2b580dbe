"""Accounts of a group: made when first used, never renamed, never deleted."""

from collections.abc import Iterable
from typing import TypeAlias

from django.db import connection

from funds import chain, chart
from funds.errors import FeesAreNotLent, UnknownAccount
from funds.models import Account
from members import queries
from members.models import SavingsGroup

Key: TypeAlias = tuple[str, str]
_COLUMNS = ("id", "group_id", "code", "holder")


def account_for(group: SavingsGroup, code: str, holder: str = "") -> Account:
    """The group's account of a code and holder; made if it is not there. Raises UnknownAccount."""
    return accounts_for(group, [(code, holder)])[code, holder]


def accounts_for(group: SavingsGroup, keys: Iterable[Key]) -> dict[Key, Account]:
    """The group's accounts by (code, holder), the missing ones made: one query, or three. Raises UnknownAccount."""
    wanted = set(keys)
    for code, holder in wanted:
        _require_in_chart(code, holder)
    found = _existing(group, wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        rows = [Account(group=group, code=code, holder=holder) for code, holder in missing]
        Account.objects.bulk_create(rows, ignore_conflicts=True)
        found |= _existing(group, set(missing))
    return found


def existing_account(group: SavingsGroup, code: str, holder: str = "") -> Account | None:
    """The account if it was ever used; reads only."""
    return _existing(group, {(code, holder)}).get((code, holder))


def _existing(group: SavingsGroup, wanted: set[Key]) -> dict[Key, Account]:
    if not wanted:
        return {}
    codes, holders = {code for code, _ in wanted}, {holder for _, holder in wanted}
    rows = queries.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM funds_account"  # noqa: S608 - places for values
        f" WHERE group_id = %s AND code IN {queries.places(codes)} AND holder IN {queries.places(holders)}",
        [group.pk, *codes, *holders],
    )
    found = {}
    for row in rows:
        if row[2:] in wanted:
            account = Account.from_db(connection.alias, _COLUMNS, row)
            account.group = group
            found[account.code, account.holder] = account
    return found


def _require_in_chart(code: str, holder: str) -> None:
    if code == "A1300":
        raise FeesAreNotLent(code=code, holder=holder)
    if not chart.is_account(code) or not chart.head_of(code).holder.fits(holder) or not chain.is_text(holder):
        raise UnknownAccount(code=code, holder=holder)
