"""The whole share-out as a plan: from the year's figures and a policy to every head's and every member's satang.

Pure: the same snapshot and policy give the same plan everywhere, which is what the fingerprint stands for.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from shareout.allocation import Allocation, Step, allocate, allocation_steps
from shareout.policy import WHOLE, Head, Policy
from shareout.weights import SavingsYear, earning_only, weigh, weights_average, with_minimum_months

TAG = b"SATCHA-SHARE-OUT-1\n"
TWELVE = 12


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a share-out rests on, read once from the books; satang, keys are member numbers.

    distributable: the balance of O3900 before the share-out, at least 0. profit: the year's own. savings: pledge
    savings through the year. earners: who may earn a dividend. months: account months of membership. interest: loan
    interest paid.
    """

    year: int
    starts_on: date
    ends_on: date
    distributable: int
    profit: int
    savings: Mapping[int, SavingsYear]
    earners: frozenset[int]
    months: Mapping[int, int]
    interest: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be posted; satang. heads: by position in the policy, after what was carried has found its head.

    dividend_pool and rebate_pool: what those heads had to divide; dividend, rebate: by member number, with every step.
    """

    policy: Policy
    snapshot: Snapshot
    heads: Mapping[int, int]
    weights: Mapping[int, int]
    dividend_pool: int
    rebate_pool: int
    dividend: Allocation
    rebate: Allocation
    dividend_steps: tuple[Step, ...] = field(repr=False, default=())
    rebate_steps: tuple[Step, ...] = field(repr=False, default=())

    @property
    def by_head(self) -> dict[Head, int]:
        """The sum of each kind of head, satang."""
        found: dict[Head, int] = {}
        for position, each in enumerate(self.policy.heads):
            found[each.head] = found.get(each.head, 0) + self.heads[position]
        return found

    @property
    def total(self) -> int:
        """Everything that is given a purpose: exactly what is distributable."""
        return sum(self.heads.values())


@dataclass(frozen=True, slots=True)
class Division:
    """What is distributable, divided: heads by position, the two pools of members, and their shares; satang."""

    heads: Mapping[int, int]
    dividend_pool: int
    rebate_pool: int
    dividend: Allocation
    rebate: Allocation


def plan_share_out(snapshot: Snapshot, policy: Policy) -> Plan:
    """Divide what is distributable by the policy; heads by largest remainder, ties to the earlier head.

    Dividend: the savings' weights by the policy's rule. Rebate: the loan interest paid. What rounding carries, and a
    head of members that nobody has a weight for, goes to `policy.rest_to`.
    """
    weights = _dividend_weights(snapshot, policy)
    interest = {key: satang for key, satang in snapshot.interest.items() if satang > 0}
    fixed = _fixed_pool(snapshot, policy, weights)
    divided = divide(snapshot.distributable, policy, weights=weights, interest=interest, fixed=fixed)
    steps = [
        allocation_steps(pool=pool, weights=claims, step=policy.step)
        for pool, claims in ((divided.dividend_pool, weights), (divided.rebate_pool, interest))
    ]
    return Plan(
        policy=policy,
        snapshot=snapshot,
        heads=divided.heads,
        weights=weights,
        dividend_pool=divided.dividend_pool,
        rebate_pool=divided.rebate_pool,
        dividend=divided.dividend,
        rebate=divided.rebate,
        dividend_steps=tuple(steps[0]),
        rebate_steps=tuple(steps[1]),
    )


def divide(
    distributable: int, policy: Policy, *, weights: Mapping[int, int], interest: Mapping[int, int], fixed: int = 0
) -> Division:
    """Divide by a policy whose weights are known; fixed: what a fixed rate gives the dividend before all else."""
    parts = allocate(
        pool=distributable - fixed,
        weights={position: each.share_bp for position, each in enumerate(policy.heads)},
    ).shares
    heads = {position: parts.get(position, 0) for position in range(len(policy.heads))}
    places = {each.head: position for position, each in reversed(list(enumerate(policy.heads)))}
    if fixed:
        heads[places[Head.DIVIDEND]] += fixed
    pools = {head: heads[places[head]] if head in places else 0 for head in (Head.DIVIDEND, Head.REBATE)}
    dividend = allocate(pool=pools[Head.DIVIDEND], weights=weights, step=policy.step)
    rebate = allocate(pool=pools[Head.REBATE], weights=interest, step=policy.step)
    for head, divided in ((Head.DIVIDEND, dividend), (Head.REBATE, rebate)):
        if divided.carried:
            heads[places[head]] -= divided.carried
            heads[places[policy.rest_to]] += divided.carried
    return Division(heads, pools[Head.DIVIDEND], pools[Head.REBATE], dividend, rebate)


def fingerprint(snapshot: Snapshot, policy: Policy) -> str:
    """SHA-256 of the snapshot and the policy in one canonical form: what was adopted, and what must not have moved."""
    content = {"snapshot": exported(snapshot), "policy": asdict(policy)}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(TAG + canonical.encode()).hexdigest()


def exported(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as JSON takes it: dates as text, members by number as text."""
    return {
        "year": snapshot.year,
        "starts_on": snapshot.starts_on.isoformat(),
        "ends_on": snapshot.ends_on.isoformat(),
        "distributable": snapshot.distributable,
        "profit": snapshot.profit,
        "savings": {
            str(key): [year.opening, [[month, day.isoformat(), satang] for month, day, satang in year.movements]]
            for key, year in sorted(snapshot.savings.items())
        },
        "earners": sorted(snapshot.earners),
        "months": {str(key): months for key, months in sorted(snapshot.months.items())},
        "interest": {str(key): satang for key, satang in sorted(snapshot.interest.items())},
    }


def snapshot_from(frozen: Mapping[str, Any]) -> Snapshot:
    """The snapshot that `exported` wrote, through JSON: what a share-out froze is explained and recomputed from it."""
    return Snapshot(
        year=frozen["year"],
        starts_on=date.fromisoformat(frozen["starts_on"]),
        ends_on=date.fromisoformat(frozen["ends_on"]),
        distributable=frozen["distributable"],
        profit=frozen["profit"],
        savings={
            int(key): SavingsYear(
                opening, tuple((month, date.fromisoformat(day), satang) for month, day, satang in movements)
            )
            for key, (opening, movements) in frozen["savings"].items()
        },
        earners=frozenset(frozen["earners"]),
        months={int(key): months for key, months in frozen["months"].items()},
        interest={int(key): satang for key, satang in frozen["interest"].items()},
    )


def _dividend_weights(snapshot: Snapshot, policy: Policy) -> dict[int, int]:
    weights = weigh(
        snapshot.savings,
        rule=policy.weighting,
        starts_on=snapshot.starts_on,
        ends_on=snapshot.ends_on,
        cap=policy.cap_satang,
    )
    weights = earning_only(weights, snapshot.earners)
    if policy.minimum_months:
        weights = with_minimum_months(weights, snapshot.months, at_least=policy.minimum_months)
    return weights


def _fixed_pool(snapshot: Snapshot, policy: Policy, weights: Mapping[int, int]) -> int:
    """What a fixed rate on savings comes to, at most what there is: the rate x the average month-end balance."""
    if policy.fixed_rate_bp is None:
        return 0
    earning = {key: year for key, year in snapshot.savings.items() if weights.get(key)}
    averages = sum(weights_average(earning, cap=policy.cap_satang).values())
    return min(snapshot.distributable, averages * policy.fixed_rate_bp // (TWELVE * WHOLE))
