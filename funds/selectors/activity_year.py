"""The result of an activity's account year: what it sold, what that cost, what its stock did; baht and kilograms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce

from funds import kinds
from funds.models import AccountYear, Activity, Posting
from funds.selectors.activities import YEAR_CLOSES, Barn, barn_of
from thai.dates import format_date
from thai.quantities import Grams


@dataclass(frozen=True)
class Flow:
    """What entries of one kind moved; satang or Grams."""

    kind: str
    amount: int

    @property
    def label(self) -> Any:
        """The kind in the reader's language."""
        return kinds.kind_of(self.kind).label


@dataclass(frozen=True)
class Stocktaking:
    """A stock from the first to the last day: before + moves = after."""

    before: int
    moves: tuple[Flow, ...]

    @property
    def after(self) -> int:
        """What there is on the last day."""
        return self.before + sum(flow.amount for flow in self.moves)


@dataclass(frozen=True)
class YearResult:
    """One account year. income and cost > 0 in satang; `barn` and `own` are in Grams, None without a unit book."""

    activity: Activity
    year: AccountYear
    income: tuple[Flow, ...]
    cost: tuple[Flow, ...]
    goods: Stocktaking
    barn: Stocktaking | None
    own: tuple[Grams, Grams] | None
    interest: Grams
    lost: Grams

    @property
    def earned(self) -> int:
        """All income, satang."""
        return sum(flow.amount for flow in self.income)

    @property
    def spent(self) -> int:
        """All cost, satang: of goods sold at average cost, of counts, and what else was paid for the activity."""
        return sum(flow.amount for flow in self.cost)

    @property
    def result(self) -> int:
        """Income less cost. What was bought and not sold is no cost yet: it is the stock."""
        return self.earned - self.spent

    @property
    def span(self) -> str:
        """The year's first and last day, for the address of an account's lines."""
        return f"&since={format_date(self.year.starts_on, 'numeric')}&until={format_date(self.year.ends_on, 'numeric')}"

    @property
    def in_kind(self) -> Grams:
        """Interest in kind less what was lost."""
        return self.interest - self.lost


def years_of(activity: Activity) -> list[AccountYear]:
    """The account years since an activity's start, the latest first."""
    rows = AccountYear.objects.filter(group=activity.group_id, ends_on__gte=activity.started_on)
    return list(rows.order_by("-starts_on"))


def year_result(activity: Activity, year: AccountYear) -> YearResult:
    """Work out an activity's year from the postings alone; a reversal counts with what it reverses."""
    span = (year.starts_on, year.ends_on)
    before = year.starts_on - timedelta(days=1)
    name = activity.name
    income = _flows(_postings(activity, ["O4400"], name), span)
    goods = _postings(activity, ["O1400"], name)
    barn = own = None
    interest = lost = Grams(0)
    if activity.unit_book:
        barn = Stocktaking(
            Grams(_sum_until(_postings(activity, [f"{activity.unit_book}1100"]), before)),
            _flows(_postings(activity, [f"{activity.unit_book}1100"]), span, in_kind=True),
        )
        first, last = barn_of(activity, before), barn_of(activity, year.ends_on)
        own = (first.own, last.own)
        interest, lost = _grown(first, last)
    return YearResult(
        activity=activity,
        year=year,
        income=tuple(Flow(flow.kind, -flow.amount) for flow in income),
        cost=_flows(_postings(activity, ["O5300"], name), span),
        goods=Stocktaking(_sum_until(goods, before), _flows(goods, span)),
        barn=barn,
        own=own,
        interest=interest,
        lost=lost,
    )


def _grown(first: Barn, last: Barn) -> tuple[Grams, Grams]:
    return last.interest - first.interest, last.lost - first.lost


def _postings(activity: Activity, codes: Iterable[str], holder: str = "") -> Any:
    rows = Posting.objects.filter(group=activity.group_id, account__code__in=list(codes), account__holder=holder)
    return rows.exclude(entry__kind__in=YEAR_CLOSES).order_by()


def _sum_until(rows: Any, day: date) -> int:
    return int(rows.filter(booked_on__lte=day).aggregate(sum=Sum("amount", default=0))["sum"])


def _flows(rows: Any, span: tuple[date, date], *, in_kind: bool = False) -> tuple[Flow, ...]:
    """What each kind moved within a span; those that come to nothing are left out."""
    within = rows.filter(booked_on__range=span).annotate(kind=Coalesce("entry__reverses__kind", "entry__kind"))
    sums: dict[str, int] = {}
    for kind, amount in within.values_list("kind").annotate(sum=Sum("amount")).order_by("kind"):
        plain = kinds.plain(kind)
        sums[plain] = sums.get(plain, 0) + amount
    return tuple(Flow(kind, Grams(amount) if in_kind else amount) for kind, amount in sums.items() if amount)
