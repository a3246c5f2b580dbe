"""What is done with the books besides posting: holding money, erasing words, writing opening rows."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from funds.balances import available_of, held_amounts, raw_balances
from funds.chart import is_in_kind
from funds.errors import HoldReleased, InsufficientFunds, InsufficientStock, MalformedEntry
from funds.journal import lock_book, post_entry
from funds.journal.drafts import Person, code_of
from funds.models import Account, Entry, EntryDetails, Hold, Opening, Posting
from members.models import SavingsGroup
from thai.money import format_baht
from thai.quantities import format_kg


@transaction.atomic
def place_hold(*, account: Account, satang: int, reason: str, by: Person) -> Hold:
    """Keep money of an account from leaving. satang > 0. Raises InsufficientFunds when less than that is free."""
    lock_book(account.group)
    if type(satang) is not int or satang <= 0 or not reason:
        raise MalformedEntry(fault=f"hold {satang!r}")
    balance = raw_balances(account.group, [account])[account.pk]
    free = available_of(account, balance, held_amounts(account.group, [account]).get(account.pk, 0))
    if free < satang:
        name = f"{account.name} {account.holder}".strip()
        if is_in_kind(account.code):
            raise InsufficientStock(account=name, available=format_kg(free), needed=format_kg(satang))
        raise InsufficientFunds(account=name, available=format_baht(free), needed=format_baht(satang))
    return Hold.objects.create(
        group_id=account.group_id,
        account=account,
        satang=satang,
        reason=reason,
        placed_by=code_of(by),
        placed_at=timezone.now(),
    )


@transaction.atomic
def release_hold(*, hold: Hold, by: Person) -> Hold:
    """Let held money go again, once. Raises HoldReleased."""
    lock_book(hold.group)
    now = timezone.now()
    changed = Hold.objects.filter(pk=hold.pk, released_at__isnull=True).update(released_by=code_of(by), released_at=now)
    if not changed:
        raise HoldReleased
    hold.refresh_from_db()
    return hold


@transaction.atomic
def erase_details(*, entry: Entry, by: Person, ok: Iterable[Person], operation: uuid.UUID, reason: str) -> Entry:
    """Erase the words of an entry (names, memo); amounts, number and hash stay, and the chain with them.

    Posts the decision `erasure`, which names the entry; its own words cannot be erased.
    """
    if entry.kind == "erasure":
        raise MalformedEntry(fault="the words of an erasure")
    decision = post_entry(
        group=entry.group,
        kind="erasure",
        on=timezone.localdate(),
        by=by,
        ok=ok,
        lines=(),
        operation=operation,
        details={"erased": entry.n, "memo": reason},
    )
    EntryDetails.objects.filter(entry=entry).delete()
    return decision


@transaction.atomic
def write_openings(*, group: SavingsGroup, ends_on: date) -> int:
    """Write the opening rows of a closed year that ended on a day; returns how many. Accounts at zero have none."""
    lock_book(group)
    rows = (
        Posting.objects.filter(group=group, booked_on__lte=ends_on)
        .order_by()
        .values_list("account_id")
        .annotate(total=Sum("amount"))
        .exclude(total=0)
    )
    Opening.objects.filter(group=group, booked_on=ends_on).delete()
    made = Opening.objects.bulk_create(
        Opening(group=group, account_id=account, booked_on=ends_on, amount=total) for account, total in rows
    )
    return len(made)
