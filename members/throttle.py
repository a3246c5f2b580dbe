"""The growing delay at the door. Nobody is ever locked out; an attacker waits, a stranger elsewhere does not.

Three counters, each kept under a keyed hash:

* **pair** (account, address): free twice, then 4, 8, 16 ... seconds, at most 15 minutes;
* **address**: free thirty times (a whole village may share one), then the same growth, at most 5 minutes;
* **account**: counts *addresses* that failed, not failures, so that one attacker counts once whatever they try; free
  ten, at most one minute.

A device that has signed in to this account before (it carries a signed mark) is counted by its mark alone: who shares
its address or attacks its owner from elsewhere does not slow it down.

An address is an IPv4 address or an IPv6 network of 64 bits, which one visitor has all to themselves.

A try is counted before the password is looked at, so that a thousand at once gain nothing; a good one is taken back.
"""

import ipaddress
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import LoginThrottle
from members.sealing import blind_index

WINDOW = timedelta(hours=12)
PURPOSE = "throttle"


@dataclass(frozen=True)
class Limit:
    """How often for free, and how long at most."""

    free: int
    cap: int

    def delay(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        if failures <= self.free:
            return 0
        return min(2 ** min(failures - self.free + 1, 20), self.cap)


PAIR = Limit(free=2, cap=15 * 60)
ADDRESS = Limit(free=30, cap=5 * 60)
ACCOUNT = Limit(free=10, cap=60)


class TryAgainLater(DomainError):
    """Too many failures; `seconds` says how long to wait."""

    sentence = _("Too many tries. Try again in %(seconds)s seconds.")

    @property
    def seconds(self) -> int:
        """How long to wait."""
        return int(self.values["seconds"])


@dataclass(frozen=True)
class Try:
    """One counted try; `wait` is the delay it brings should it fail."""

    pair: str
    others: tuple[str, ...]
    wait: int


def begin_try(*, account: str, address: str, device: str = "") -> Try:
    """Count a try before its outcome is known; raises TryAgainLater while a delay runs.

    Committed apart from everything else: a caller must not roll it back.
    """
    network = network_of(address)
    pair = _key(f"pair|{account}|{device or network}")
    by_address, by_account = _key(f"address|{network}"), _key(f"account|{account}")
    now = timezone.now()
    with transaction.atomic():
        rows = _locked_rows([pair] if device else [pair, by_address, by_account], now)
        _refuse_while_blocked(rows.values(), now)
        counters = {pair: PAIR}
        if not device:
            counters[by_address] = ADDRESS
            if rows[pair].failures == 0:
                counters[by_account] = ACCOUNT
        wait = max(_count(rows[key], limit, now) for key, limit in counters.items())
    return Try(pair=pair, others=tuple(key for key in counters if key != pair), wait=wait)


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that an IPv6 visitor has all to themselves."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(found), 64), strict=False))


def take_back(attempt: Try) -> None:
    """A try was good after all: forget the pair, take the others down by this one, clear what has aged."""
    with transaction.atomic():
        LoginThrottle.objects.filter(key=attempt.pair).delete()
        for row in LoginThrottle.objects.select_for_update().filter(key__in=attempt.others).order_by("key"):
            row.failures = max(row.failures - 1, 0)
            row.blocked_until = row.last_failed_at
            row.save(update_fields=["failures", "blocked_until"])
        LoginThrottle.objects.filter(last_failed_at__lt=timezone.now() - WINDOW).delete()


def _key(text: str) -> str:
    return blind_index(text, purpose=PURPOSE)


def _locked_rows(keys: list[str], now: datetime) -> dict[str, LoginThrottle]:
    fresh = [LoginThrottle(key=key, last_failed_at=now, blocked_until=now) for key in sorted(keys)]
    LoginThrottle.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = LoginThrottle.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in rows}


def _refuse_while_blocked(rows: Iterable[LoginThrottle], now: datetime) -> None:
    longest = max(row.blocked_until for row in rows)
    if longest > now:
        raise TryAgainLater(seconds=max(math.ceil((longest - now).total_seconds()), 1))


def _count(row: LoginThrottle, limit: Limit, now: datetime) -> int:
    aged = row.last_failed_at < now - WINDOW
    row.failures = 1 if aged else row.failures + 1
    row.last_failed_at = now
    wait = limit.delay(row.failures)
    row.blocked_until = now + timedelta(seconds=wait)
    row.save(update_fields=["failures", "last_failed_at", "blocked_until"])
    return wait
