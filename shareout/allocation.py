"""Dividing a pool by weights, to the satang: never more than there is, the same for everybody who computes it.

Pure and exact: whole numbers, no fractions kept, no float.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each key gets and what is not handed out; satang. sum(shares) + carried is the pool."""

    shares: dict[int, int]
    carried: int


@dataclass(frozen=True, slots=True)
class Step:
    """How one share came about, in whole numbers that anyone can check by hand.

    exact share = pool x weight / total; floor: of it, down to the step; remainder: pool x weight mod total, out of
    `total`; rank: the place among the remainders (1 is the largest), None where nothing is handed out by rank; extra:
    the left-over satang, 1 for the ranks up to the number left over; share = floor + extra.
    """

    key: int
    weight: int
    floor: int
    remainder: int
    rank: int | None
    extra: int

    @property
    def share(self) -> int:
        """What the key gets, satang."""
        return self.floor + self.extra


def allocate(*, pool: int, weights: Mapping[int, int], step: int = 1) -> Allocation:
    """Divide `pool` (satang, >= 0) in proportion to weights (>= 0); keys are whole numbers.

    step 1: exactly, by the method of the largest remainder (Hamilton): every share is rounded down, and the left-over
    satang go one each to the largest remainders, of equal ones to the smaller key. step > 1 (100 = whole baht): every
    share is rounded down to the step and nothing more is handed out; the rest is carried. Where all weights are 0
    nobody gets a share and the pool is carried. Raises ValueError for a negative pool or weight and a step below 1.
    """
    steps = allocation_steps(pool=pool, weights=weights, step=step)
    shares = {each.key: each.share for each in steps}
    return Allocation(shares, pool - sum(shares.values()))


def allocation_steps(*, pool: int, weights: Mapping[int, int], step: int = 1) -> list[Step]:
    """Say step by step how `allocate` comes to each share, by ascending key; nothing where all weights are 0.

    Raises ValueError as `allocate` does.
    """
    if pool < 0:
        raise ValueError(f"a pool is 0 satang or more, not {pool}")
    if step < 1:
        raise ValueError(f"a rounding step is at least 1 satang, not {step}")
    if wrong := [key for key, weight in weights.items() if weight < 0]:
        raise ValueError(f"a weight is 0 or more, not {weights[wrong[0]]} (key {wrong[0]})")
    total = sum(weights.values())
    if not total:
        return []
    keys = sorted(weights)
    parts = {key: divmod(pool * weights[key], total) for key in keys}
    if step > 1:
        return [Step(key, weights[key], parts[key][0] // step * step, parts[key][1], None, 0) for key in keys]
    left = pool - sum(floor for floor, _remainder in parts.values())
    ranked = sorted(keys, key=lambda key: (-parts[key][1], key))
    rank = {key: place for place, key in enumerate(ranked, 1)}
    return [Step(key, weights[key], *parts[key], rank[key], int(rank[key] <= left)) for key in keys]
