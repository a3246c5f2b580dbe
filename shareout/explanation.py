"""How one member's dividend and rebate came about, figure by figure: from the plan, so from the frozen snapshot.

Pure. Everything is a whole number (satang, satang-months, satang-days) that can be reckoned again by hand; the words
stand in `explanation_words.py`, the drawing in `explanation_picture.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from shareout.allocation import Step
from shareout.plan import TWELVE, Plan
from shareout.policy import WHOLE, Head, Policy
from shareout.weights import MONTHS, SavingsYear, Weighting, weights_average
from thai.months import add_months, months_apart

ONE_DAY = timedelta(days=1)
BALANCES = {
    Weighting.BAHT_MONTH: slice(0, MONTHS),
    Weighting.AVERAGE: slice(1, MONTHS + 1),
    Weighting.YEAR_END: slice(MONTHS, MONTHS + 1),
}  # which of the thirteen balances a rule counts


class Nothing(StrEnum):
    """Why a member gets nothing from a head, the first that holds."""

    NOT_COUNTED = "not_counted"
    NOT_EARNER = "not_earner"
    TOO_SHORT = "too_short"
    LAST_MONTH = "last_month"
    NO_SAVINGS = "no_savings"
    NO_INTEREST = "no_interest"
    NO_PROFIT = "no_profit"
    NO_POOL = "no_pool"


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a weight: counted x times. What counts is the rule's: money received, or a balance up to the cap.

    month: the account month, 0 for what was brought forward. since, until: the days of a balance by day, else the
    month's. deposits: what was received less withdrawn, day by day, where the rule counts deposits.
    """

    month: int
    since: date
    until: date
    satang: int
    counted: int
    times: int
    deposits: tuple[tuple[date, int], ...] = ()

    @property
    def weight(self) -> int:
        """What it adds to the weight."""
        return self.counted * self.times


@dataclass(frozen=True, slots=True)
class Part:
    """What one head, dividend or rebate, gives a member; satang.

    pool: what the head had to divide. weight, total: the member's and everybody's. sharers: how many have a weight.
    step: the rounding, None without a weight. left_over: handed out by rank. carried: what went to another head.
    """

    head: Head
    pool: int
    weight: int
    total: int
    sharers: int
    step: Step | None
    left_over: int
    carried: int
    nothing: Nothing | None

    @property
    def share(self) -> int:
        """What the member gets."""
        return self.step.share if self.step else 0

    @property
    def has_nobody(self) -> bool:
        """Whether there was something to divide and nobody to divide it among."""
        return self.pool > 0 and not self.total


@dataclass(frozen=True, slots=True)
class FixedRate:
    """A fixed rate on savings: of all earners' average balance (sum of twelve months), at most what there is."""

    rate_bp: int
    twelve_balances: int
    satang: int
    is_limited: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A member's year. lines: of the weight, summing to `raw`; the weight is that, at least 0."""

    number: int
    lines: tuple[Line, ...]
    raw: int
    months: int
    dividend: Part
    rebate: Part
    fixed: FixedRate | None

    @property
    def satang(self) -> int:
        """Dividend and rebate together."""
        return self.dividend.share + self.rebate.share


class Explainer:
    """A plan, ready to be explained to each of its members: what is everybody's is reckoned once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        interest = {number: satang for number, satang in plan.snapshot.interest.items() if satang > 0}
        self._dividend = _Divided(
            Head.DIVIDEND, plan.dividend_pool, plan.dividend.carried, plan.weights, plan.dividend_steps
        )
        self._rebate = _Divided(Head.REBATE, plan.rebate_pool, plan.rebate.carried, interest, plan.rebate_steps)
        self._fixed = _fixed_rate(plan)
        self._months = _months(plan.snapshot.starts_on, plan.snapshot.ends_on)

    def explain(self, number: int) -> Explanation:
        """Everything about one member number, also about one that gets nothing."""
        snapshot, savings = self.plan.snapshot, self.plan.snapshot.savings.get(number)
        lines = self._lines(savings) if savings is not None else ()
        return Explanation(
            number=number,
            lines=lines,
            raw=sum([line.weight for line in lines]),
            months=snapshot.months.get(number, 0),
            dividend=self._part(self._dividend, number, self._no_dividend(number)),
            rebate=self._part(self._rebate, number, self._no_rebate(number)),
            fixed=self._fixed,
        )

    def explain_all(self) -> dict[int, Explanation]:
        """Everybody whom the snapshot counts, by member number."""
        return {number: self.explain(number) for number in self.plan.snapshot.savings}

    def _lines(self, year: SavingsYear) -> tuple[Line, ...]:
        """How a member's weight is put together by the rule, in the order of the year."""
        snapshot, policy, months = self.plan.snapshot, self.plan.policy, self._months
        if policy.weighting is Weighting.BY_DAY:
            return _day_lines(year, snapshot.starts_on, snapshot.ends_on, policy.cap_satang)
        if counts_deposits(policy):
            return _deposit_lines(year, months)
        shown = list(enumerate(year.balances()))[BALANCES[policy.weighting]]
        return tuple([Line(m, *months[m], satang, _counted(satang, policy), 1) for m, satang in shown])

    def _part(self, divided: "_Divided", number: int, nothing: Nothing | None) -> Part:
        weight = divided.weights.get(number, 0)
        if nothing is None and not divided.pool:
            nothing = Nothing.NO_POOL if self.plan.snapshot.distributable else Nothing.NO_PROFIT
        return Part(
            head=divided.head,
            pool=divided.pool,
            weight=weight,
            total=divided.total,
            sharers=divided.sharers,
            step=divided.steps.get(number) if weight else None,
            left_over=divided.left_over,
            carried=divided.carried,
            nothing=nothing,
        )

    def _no_dividend(self, number: int) -> Nothing | None:
        snapshot, policy = self.plan.snapshot, self.plan.policy
        if self.plan.weights.get(number):
            return None
        if number not in snapshot.savings:
            return Nothing.NOT_COUNTED
        if number not in snapshot.earners:
            return Nothing.NOT_EARNER
        if snapshot.months.get(number, 0) < policy.minimum_months:
            return Nothing.TOO_SHORT
        is_late = policy.weighting is Weighting.BAHT_MONTH and snapshot.savings[number].balances()[MONTHS] > 0
        return Nothing.LAST_MONTH if is_late else Nothing.NO_SAVINGS

    def _no_rebate(self, number: int) -> Nothing | None:
        if number not in self.plan.snapshot.savings:
            return Nothing.NOT_COUNTED
        return None if self._rebate.weights.get(number) else Nothing.NO_INTEREST


class _Divided:
    """A head's pool, weights and rounding steps, summed once for everybody."""

    def __init__(self, head: Head, pool: int, carried: int, weights: Mapping[int, int], steps: Sequence[Step]) -> None:
        self.head, self.pool, self.carried, self.weights = head, pool, carried, weights
        self.total = sum(weights.values())
        self.sharers = sum(1 for weight in weights.values() if weight)
        self.steps = {step.key: step for step in steps}
        self.left_over = sum(step.extra for step in steps)


def counts_deposits(policy: Policy) -> bool:
    """Whether the rule counts each deposit by the months it lay, and not balances."""
    return policy.weighting is Weighting.BAHT_MONTH and policy.cap_satang is None


def _deposit_lines(year: SavingsYear, months: Sequence[tuple[date, date]]) -> tuple[Line, ...]:
    deposits: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for month, day, satang in year.movements:
        deposits[month].append((day, satang))
    first = Line(0, *months[0], year.opening, year.opening, MONTHS)
    lines = [first]
    for month in range(1, MONTHS + 1):
        paid = tuple(sorted(deposits.get(month, ())))
        satang = sum(each for _day, each in paid)
        lines.append(Line(month, *months[month], satang, satang, MONTHS - month, paid))
    return tuple(lines)


def _day_lines(year: SavingsYear, starts_on: date, ends_on: date, cap: int | None) -> tuple[Line, ...]:
    """A line for each run of days with one balance, cut at the months."""
    moved: dict[date, int] = defaultdict(int)
    for _month, day, satang in year.movements:
        moved[day] += satang
    firsts = (add_months(starts_on, month) for month in range(1, MONTHS))
    days = sorted({starts_on, *moved, *(day for day in firsts if day <= ends_on)})
    balance, lines = year.opening, []
    for since, following in zip(days, [*days[1:], ends_on + ONE_DAY], strict=True):
        balance += moved.get(since, 0)
        counted = max(0, balance if cap is None else min(balance, cap))
        month = months_apart(starts_on, since) + 1
        lines.append(Line(month, since, following - ONE_DAY, balance, counted, (following - since).days))
    return tuple(lines)


def _counted(balance: int, policy: Policy) -> int:
    """As `weights.py`: without a cap only the sum is held above 0, with one each balance."""
    return balance if policy.cap_satang is None else max(0, min(balance, policy.cap_satang))


def _months(starts_on: date, ends_on: date) -> list[tuple[date, date]]:
    """First and last day of the account months; before them the day before the year, for what was brought forward."""
    firsts = [starts_on, *(add_months(starts_on, month) for month in range(1, MONTHS)), ends_on + ONE_DAY]
    before = starts_on - ONE_DAY
    return [
        (before, before),
        *((first, following - ONE_DAY) for first, following in pairwise(firsts)),
    ]


def _fixed_rate(plan: Plan) -> FixedRate | None:
    rate = plan.policy.fixed_rate_bp
    if rate is None:
        return None
    earning = {number: year for number, year in plan.snapshot.savings.items() if plan.weights.get(number)}
    balances = sum(weights_average(earning, cap=plan.policy.cap_satang).values())
    wanted = balances * rate // (TWELVE * WHOLE)
    return FixedRate(rate, balances, min(wanted, plan.snapshot.distributable), wanted > plan.snapshot.distributable)
