"""Dividing a pool: nobody gets a satang too much, and everybody who computes it gets the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shareout.allocation import Allocation, allocate, allocation_steps

A, B, C, D = 1, 2, 3, 4
WORKED = {A: 150_600, B: 73_200, C: 1_500, D: 41_900}
POOLS = st.integers(0, 10**12)
WEIGHTS = st.dictionaries(st.integers(1, 9999), st.integers(0, 10**12), max_size=40)
STEPS = st.sampled_from([1, 25, 50, 100, 500])


def test_the_worked_dividend_by_largest_remainder():
    assert allocate(pool=7_000_00, weights=WORKED) == Allocation({A: 3945_36, B: 1917_66, C: 39_30, D: 1097_68}, 0)


def test_the_worked_dividend_in_whole_baht_carries_two_baht():
    found = allocate(pool=7_000_00, weights=WORKED, step=100)
    assert found.carried == 2_00
    assert sum(found.shares.values()) == 6_998_00
    assert all(share % 100 == 0 for share in found.shares.values())


def test_the_worked_rebate():
    found = allocate(pool=1_500_00, weights={A: 0, B: 1_200_00, C: 350_00, D: 650_00})
    assert found == Allocation({A: 0, B: 818_18, C: 238_64, D: 443_18}, 0)


def test_of_equal_remainders_the_smaller_number_gets_the_satang():
    assert allocate(pool=1, weights={7: 1, 3: 1, 5: 1}).shares == {3: 1, 5: 0, 7: 0}
    assert allocate(pool=2, weights={7: 1, 3: 1, 5: 1}).shares == {3: 1, 5: 1, 7: 0}


def test_without_weights_nobody_gets_a_share_and_the_pool_is_carried():
    assert allocate(pool=5_00, weights={1: 0, 2: 0}) == Allocation({}, 5_00)
    assert allocate(pool=5_00, weights={}, step=100) == Allocation({}, 5_00)


def test_a_loss_year_divides_nothing():
    assert allocate(pool=0, weights={1: 5, 2: 3}) == Allocation({1: 0, 2: 0}, 0)


def test_one_member_gets_all_of_it():
    assert allocate(pool=12_345, weights={160: 1}) == Allocation({160: 12_345}, 0)


def test_ten_thousand_members_share_one_satang_and_a_million():
    weights = {number: number % 977 + 1 for number in range(1, 10_001)}
    assert sum(allocate(pool=1, weights=weights).shares.values()) == 1
    assert sum(allocate(pool=1_000_000_00, weights=weights).shares.values()) == 1_000_000_00


@pytest.mark.parametrize(
    ("pool", "weights", "step", "named"),
    [(-1, {1: 1}, 1, "pool"), (1, {1: 1, 2: -1}, 1, "key 2"), (1, {1: 1}, 0, "step")],
)
def test_what_makes_no_sense_is_refused_by_name(pool, weights, step, named):
    with pytest.raises(ValueError, match=named):
        allocate(pool=pool, weights=weights, step=step)


@given(POOLS, WEIGHTS, STEPS)
def test_what_is_handed_out_and_what_is_carried_is_the_pool(pool, weights, step):
    found = allocate(pool=pool, weights=weights, step=step)
    assert sum(found.shares.values()) + found.carried == pool
    assert min(found.shares.values(), default=0) >= 0
    if step == 1 and any(weights.values()):
        assert found.carried == 0


@given(POOLS, WEIGHTS, st.randoms())
def test_the_order_of_the_members_changes_nothing(pool, weights, random):
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert allocate(pool=pool, weights=dict(shuffled)) == allocate(pool=pool, weights=weights)


@given(POOLS, WEIGHTS, STEPS)
def test_no_share_is_a_step_away_from_the_exact_one_and_a_weight_of_0_gets_nothing(pool, weights, step):
    total = sum(weights.values())
    for key, share in allocate(pool=pool, weights=weights, step=step).shares.items():
        assert abs(share * total - pool * weights[key]) < step * total
        assert weights[key] or not share


@given(POOLS, WEIGHTS)
def test_every_step_can_be_followed_by_hand(pool, weights):
    total = sum(weights.values())
    steps = allocation_steps(pool=pool, weights=weights)
    assert sorted(each.rank for each in steps) == list(range(1, len(steps) + 1))
    assert sum(each.share for each in steps) == (pool if total else 0)
    for each in steps:
        assert each.floor * total + each.remainder == pool * each.weight
        assert 0 <= each.remainder < total
