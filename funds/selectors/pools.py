"""A pool's money: where it came from, where it is now, where it went.

Only entries that move what the pool holds are counted: closing a year or crediting interest gives money another name,
it neither comes nor goes. A reversal takes away from the side of what it undoes. So for every pool and time:
brought forward + came - went = what it holds now, which is the trial balance's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from funds import chart
from funds.models import Account, Entry, Posting, entry_id
from funds.selectors.journal import code_balances
from members.models import SavingsGroup

CAME, WENT = "came", "went"


@dataclass(frozen=True)
class Flow:
    """One account's part: satang > 0 came (or went); below nought where a reversal took more away."""

    code: str
    satang: int

    @property
    def name(self) -> Any:
        """The chart's name."""
        return chart.head_of(self.code).name


@dataclass(frozen=True)
class PoolFlows:
    """A pool between two days. Everything in satang, largest first."""

    unit: str
    since: date | None
    until: date
    brought: int
    came: tuple[Flow, ...]
    went: tuple[Flow, ...]
    now: tuple[Flow, ...]

    @property
    def came_satang(self) -> int:
        """Everything that came."""
        return sum(flow.satang for flow in self.came)

    @property
    def went_satang(self) -> int:
        """Everything that went."""
        return sum(flow.satang for flow in self.went)

    @property
    def now_satang(self) -> int:
        """What the pool holds."""
        return sum(flow.satang for flow in self.now)


def codes_of(unit: str, *, assets: bool) -> list[str]:
    """A pool's accounts: what it holds, or whose it is and why."""
    return [head.code for head in chart.HEADS if head.unit == unit and (head.type is chart.Type.ASSET) is assets]


def pool_flows(group: SavingsGroup, unit: str, *, since: date | None, until: date) -> PoolFlows:
    """A pool from a day (None: the founding) to a day; seven queries at most."""
    held = codes_of(unit, assets=True)
    now = code_balances(group, held, until)
    before = {} if since is None else code_balances(group, held, since - timedelta(days=1))
    sums = dict.fromkeys(((code, side) for code in codes_of(unit, assets=False) for side in (CAME, WENT)), 0)
    rows = _moving_postings(group, unit, since=since, until=until)
    codes = dict(Account.objects.filter(group=group).values_list("pk", "code"))
    for account, debit, credit in _sides(rows):
        sums[codes[account], CAME] -= credit
        sums[codes[account], WENT] += debit
    for account, debit, credit in _sides(rows.filter(entry__in=_undoing_entries(group))):
        sums[codes[account], CAME] += credit - debit
        sums[codes[account], WENT] += credit - debit
    return PoolFlows(
        unit=unit,
        since=since,
        until=until,
        brought=sum(before.values()),
        came=_flows((code, satang) for (code, side), satang in sums.items() if side == CAME),
        went=_flows((code, satang) for (code, side), satang in sums.items() if side == WENT),
        now=_flows(now.items()),
    )


def flow_postings(group: SavingsGroup, unit: str, *, since: date | None, until: date) -> QuerySet[Any]:
    """The postings that say where a pool's money came from and went, each with whether its entry undoes another."""
    rows = _moving_postings(group, unit, since=since, until=until)
    return rows.annotate(undoes=~Q(entry__reverses=None))


def _moving_postings(group: SavingsGroup, unit: str, *, since: date | None, until: date) -> QuerySet[Posting]:
    # The numbers themselves: asked for by a question in the question, PostgreSQL takes them for a few postings among
    # many, where the cash box stands in every second one, and looks each up.
    held = list(_accounts(group, unit, assets=True).values_list("pk", flat=True))
    moves = Posting.objects.filter(entry=OuterRef("entry_id"), account__in=held)
    whose = _accounts(group, unit, assets=False)
    rows = Posting.objects.filter(Exists(moves), group=group, account__in=whose, booked_on__lte=until)
    return rows if since is None else rows.filter(booked_on__gte=since)


def _undoing_entries(group: SavingsGroup) -> QuerySet[Entry, Any]:
    """The few entries that undo another one, by the index that knows only these."""
    first = entry_id(group.pk, 0)
    return Entry.objects.filter(reverses__gt=first, reverses__lt=entry_id(group.pk + 1, 0)).order_by().values("pk")


def _sides(rows: QuerySet[Posting]) -> QuerySet[Posting, Any]:
    """Account (its id), debits and credits (below nought) of some postings."""
    debits, credits_ = (Sum("amount", filter=side, default=0) for side in (Q(amount__gt=0), Q(amount__lt=0)))
    return rows.order_by().values_list("account_id").annotate(debits=debits, credits=credits_)


def _accounts(group: SavingsGroup, unit: str, *, assets: bool) -> QuerySet[Account, Any]:
    """The accounts as ids: by their codes the database would look each posting's account up, once a line."""
    return Account.objects.filter(group=group, code__in=codes_of(unit, assets=assets)).order_by().values("pk")


def figure_postings(
    group: SavingsGroup, unit: str, *, side: str, code: str, since: date | None, until: date
) -> QuerySet[Any]:
    """The postings behind one figure of `pool_flows`, newest first; `flow_satang` adds up to it."""
    rows = flow_postings(group, unit, since=since, until=until).filter(account__code=code)
    credit_side = Q(amount__lt=0, undoes=False) | Q(amount__gt=0, undoes=True)
    rows = rows.filter(credit_side) if side == CAME else rows.exclude(credit_side)
    return rows.select_related("entry", "account").order_by("-booked_on", "-entry_id", "line")


def figure_sum(rows: QuerySet[Any], side: str) -> int:
    """What the postings behind a figure add up to."""
    return flow_satang(int(rows.order_by().aggregate(total=Sum("amount", default=0))["total"]), side)


def flow_satang(amount: int, side: str) -> int:
    """What a posting's amount says of its side: what came stands on the credit side of the books."""
    return -amount if side == CAME else amount


def _flows(amounts: Any) -> tuple[Flow, ...]:
    found = [Flow(code, satang) for code, satang in amounts if satang]
    return tuple(sorted(found, key=lambda flow: (-flow.satang, flow.code)))


def largest(flows: Sequence[Flow], count: int) -> tuple[list[Flow], int]:
    """The largest flows above nought, and the sum of the rest above nought."""
    above = [flow for flow in flows if flow.satang > 0]
    return above[:count], sum(flow.satang for flow in above[count:])
