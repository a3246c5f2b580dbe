"""The plan of a share-out: every satang has a purpose, and the fingerprint stands for exactly what was read."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shareout.plan import Snapshot, fingerprint, plan_share_out
from shareout.policy import CUSTOMARY, Head, HeadShare, Policy, PolicyError
from shareout.weights import SavingsYear, Weighting

STARTS_ON, ENDS_ON = date(2025, 1, 1), date(2025, 12, 31)


def snapshot(distributable, savings, interest=None, **fields):
    years = {number: SavingsYear(opening) for number, opening in savings.items()}
    particulars = {
        "year": 2568,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "profit": distributable,
        "earners": frozenset(savings),
        "months": dict.fromkeys(savings, 12),
        **fields,
    }
    return Snapshot(distributable=distributable, savings=years, interest=interest or {}, **particulars)


def test_heads_divide_by_their_place_and_members_by_their_number():
    plan = plan_share_out(snapshot(100_01, {2: 100, 1: 100}, {2: 7}), CUSTOMARY)
    assert plan.by_head[Head.DIVIDEND] == 50_01  # 50.005 and 15.0015: of the remainders, the dividend's is the largest
    assert plan.dividend.shares == {1: 25_01, 2: 25_00}
    assert plan.rebate.shares == {2: 10_00}
    assert plan.total == 100_01


def test_what_rounding_carries_goes_to_the_head_that_the_policy_names():
    policy = replace(CUSTOMARY, step=100, rest_to=Head.WELFARE)
    plan = plan_share_out(snapshot(1_000_00, {1: 1, 2: 1, 3: 1}, {1: 1, 2: 2}), policy)
    carried = plan.dividend.carried + plan.rebate.carried
    assert carried == 500_00 - 3 * 166_00 + 100_00 - 33_00 - 66_00
    assert plan.by_head[Head.WELFARE] == 50_00 + carried
    assert plan.total == 1_000_00


def test_a_rebate_that_nobody_earned_goes_to_the_reserve():
    plan = plan_share_out(snapshot(1_000_00, {1: 1}), CUSTOMARY)
    assert plan.by_head[Head.REBATE] == 0
    assert plan.by_head[Head.RESERVE] == 150_00 + 100_00


def test_a_loss_divides_nothing():
    plan = plan_share_out(snapshot(0, {1: 1}, {1: 1}, profit=-5_00), CUSTOMARY)
    assert plan.total == 0
    assert set(plan.dividend.shares.values()) == {0}


def test_a_fixed_rate_pays_the_savings_first_and_allots_the_rest():
    heads = (HeadShare(Head.DIVIDEND, 0), HeadShare(Head.RESERVE, 60_00), HeadShare(Head.WELFARE, 40_00))
    policy = Policy(heads=heads, weighting=Weighting.AVERAGE, fixed_rate_bp=3_00)
    plan = plan_share_out(snapshot(1_000_00, {1: 10_000_00, 2: 5_000_00}), policy)
    assert plan.dividend.shares == {1: 300_00, 2: 150_00}
    assert plan.by_head == {Head.DIVIDEND: 450_00, Head.RESERVE: 330_00, Head.WELFARE: 220_00}
    assert plan_share_out(snapshot(100_00, {1: 10_000_00}), policy).by_head[Head.DIVIDEND] == 100_00


def test_who_was_too_short_a_member_earns_nothing():
    policy = replace(CUSTOMARY, minimum_months=6)
    plan = plan_share_out(snapshot(1_000_00, {1: 10, 2: 10}, months={1: 12, 2: 5}), policy)
    assert plan.dividend.shares == {1: 500_00, 2: 0}


@pytest.mark.parametrize(
    ("heads", "fields", "named"),
    [
        ((HeadShare(Head.DIVIDEND, 50_00), HeadShare(Head.RESERVE, 49_99)), {}, "9999"),
        ((HeadShare(Head.DIVIDEND, 110_00), HeadShare(Head.RESERVE, -10_00)), {}, "below 0"),
        ((HeadShare(Head.RESERVE, 50_00), HeadShare(Head.RESERVE, 50_00)), {}, "twice"),
        (
            (HeadShare(Head.DIVIDEND, 50_00), HeadShare(Head.DIVIDEND, 40_00, "x"), HeadShare(Head.RESERVE, 10_00)),
            {},
            "once each",
        ),
        ((HeadShare(Head.DIVIDEND, 100_00),), {"rest_to": Head.DIVIDEND}, "dividend"),
        ((HeadShare(Head.DIVIDEND, 100_00),), {}, "reserve"),
        ((HeadShare(Head.RESERVE, 100_00),), {"step": 0}, "step"),
        ((HeadShare(Head.RESERVE, 100_00),), {"fixed_rate_bp": 3_00}, "fixed rate"),
    ],
)
def test_a_policy_that_cannot_be_carried_out_says_why(heads, fields, named):
    with pytest.raises(PolicyError, match=named):
        Policy(heads=heads, **fields)


def test_the_fingerprint_moves_with_any_figure_and_with_the_policy():
    first = snapshot(100, {1: 5})
    moved = [snapshot(101, {1: 5}), snapshot(100, {1: 6}), snapshot(100, {1: 5}, {1: 1})]
    prints = {fingerprint(each, CUSTOMARY) for each in [first, *moved]}
    prints.add(fingerprint(first, replace(CUSTOMARY, step=100)))
    assert len(prints) == 5
    assert fingerprint(snapshot(100, {1: 5}), CUSTOMARY) in prints


@given(
    st.integers(0, 10**9),
    st.dictionaries(st.integers(1, 500), st.integers(0, 10**8), max_size=30),
    st.dictionaries(st.integers(1, 500), st.integers(0, 10**6), max_size=30),
    st.sampled_from([1, 25, 100]),
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
)
def test_whatever_the_policy_all_of_it_is_given_a_purpose_and_none_of_it_twice(pool, savings, interest, step, parts):
    shares = [part * 100 // 4 for part in parts]
    heads = (*(HeadShare(head, share) for head, share in zip(Head, shares, strict=False)),)
    rest = 100_00 - sum(shares)
    policy = Policy(heads=(*heads, HeadShare(Head.OTHER, rest, "school")), step=step, rest_to=Head.OTHER)
    plan = plan_share_out(snapshot(pool, savings, interest), policy)
    assert plan.total == pool
    assert min(plan.heads.values()) >= 0
    assert sum(plan.dividend.shares.values()) == plan.by_head[Head.DIVIDEND]
    assert sum(plan.rebate.shares.values()) == plan.by_head[Head.REBATE]
