"""The two pools as people look at them: side by side, never added together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from funds.chart import ADMINISTRATIVE, CASH, OPERATING, Type, head_of, type_of, unit_of
from funds.selectors import trial_balance
from members.models import SavingsGroup
from reports.selectors.years import year_start
from reports.words import say_date


@dataclass(frozen=True)
class PoolRow:
    """A line of a pool's card; a change is printed with its sign."""

    label: str
    satang: int
    url: str = ""
    is_change: bool = False


@dataclass(frozen=True)
class Pool:
    """What a pool holds and where it lies (operating) or how it came about this year (administrative).

    `claims` says of the operating pool whose money it is: (label, satang), adding up to what it holds.
    """

    code: str
    name: str
    purpose: str
    satang: int
    rows: tuple[PoolRow, ...]
    total_label: str
    url: str
    claims: tuple[tuple[str, int], ...] = ()

    @property
    def is_admin(self) -> bool:
        """Whether this is the administrative pool: hatched, with a diamond."""
        return self.code == ADMINISTRATIVE


def code_totals(*, group: SavingsGroup, on: date) -> dict[str, int]:
    """The raw balance of every code on a day; three queries."""
    return {line.code: line.balance for line in trial_balance(group, on)}


def pools(*, group: SavingsGroup, on: date, now: Mapping[str, int] | None = None) -> tuple[Pool, Pool]:
    """The operating and the administrative pool of a group as they stand on a day.

    now: the day's `code_totals`, where the caller has them. Three queries, and three without them.
    """
    first_day = year_start(group=group, on=on)
    now = code_totals(group=group, on=on) if now is None else now
    before = code_totals(group=group, on=first_day - timedelta(days=1))
    return _operating(group, now), _administrative(group, now, before, first_day)


def assets(balances: Mapping[str, int], unit: str) -> int:
    """What a pool holds: the sum of its asset accounts."""
    return sum(satang for code, satang in balances.items() if unit_of(code) == unit and type_of(code) is Type.ASSET)


def cash(balances: Mapping[str, int]) -> int:
    """What both cash boxes hold together."""
    return sum(balances.get(code, 0) for code in CASH)


def _operating(group: SavingsGroup, now: Mapping[str, int]) -> Pool:
    held = {code: satang for code, satang in now.items() if unit_of(code) == OPERATING and type_of(code) is Type.ASSET}
    shown = sorted({"O1100", "O1200", "O1300", *(code for code, satang in held.items() if satang)})
    order = {"O1200": 0, "O1300": 1, "O1100": 9}
    return Pool(
        code=OPERATING,
        name=_("Operating pool"),
        purpose=_("Savings and deposits, lent to members and used for the group's activities"),
        satang=sum(held.values()),
        rows=tuple(
            PoolRow(label=asset_name(code), satang=held.get(code, 0), url=account_url(group, code))
            for code in sorted(shown, key=lambda code: (order.get(code, 5), code))
        ),
        total_label=_("Total"),
        claims=_claims(now, sum(held.values())),
        url=pool_url(group, OPERATING),
    )


def _claims(now: Mapping[str, int], held: int) -> tuple[tuple[str, int], ...]:
    pledge, special = -now.get("O2100", 0), -now.get("O2200", 0)
    return (
        (_("Pledge savings of the members"), pledge),
        (_("Special savings of the members"), special),
        (_("Funds, profit and what else the group owes"), held - pledge - special),
    )


def _administrative(group: SavingsGroup, now: Mapping[str, int], before: Mapping[str, int], first_day: date) -> Pool:
    def moved(kind: Type) -> int:
        codes = [code for code in now if unit_of(code) == ADMINISTRATIVE and type_of(code) is kind]
        return sum(before.get(code, 0) - now[code] for code in codes)

    brought, total = assets(before, ADMINISTRATIVE), assets(now, ADMINISTRATIVE)
    received, spent = moved(Type.INCOME), moved(Type.COST)
    other = total - brought - received - spent
    rows = [
        PoolRow(_("Brought forward to %(day)s") % {"day": say_date(first_day)}, brought),
        PoolRow(_("Fees and other income received"), received, account_url(group, "A4100"), is_change=True),
        PoolRow(_("Paid for running the group"), spent, account_url(group, "A5100"), is_change=True),
    ]
    if other:
        rows.append(PoolRow(_("Allotted or advanced between the pools"), other, is_change=True))
    return Pool(
        code=ADMINISTRATIVE,
        name=_("Administrative pool"),
        purpose=_("Application and entrance fees, for notebooks, pens and the cost of contacts"),
        satang=total,
        rows=tuple(rows),
        total_label=_("Left in the pool"),
        url=pool_url(group, ADMINISTRATIVE),
    )


def asset_name(code: str) -> str:
    """Name an asset as people at the table do."""
    match code[1:]:
        case "1100":
            return _("Cash on hand")
        case "1200":
            return _("In the bank")
        case "1300":
            return _("Loans still out")
    return str(head_of(code).name)


def account_url(group: SavingsGroup, code: str) -> str:
    """Where a figure opens into its lines."""
    return reverse("reports:account", args=[group.code, code])


def pool_url(group: SavingsGroup, unit: str) -> str:
    """The page that says where a pool came from and where it went."""
    return reverse("reports:pool", args=[group.code, unit])
