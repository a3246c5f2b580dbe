"""Every member's explanation comes to exactly what the plan gives, and says why where it gives nothing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from shareout.explanation import Explainer, Nothing, counts_deposits
from shareout.explanation_picture import month_columns, own_slice
from shareout.plan import exported, plan_share_out, snapshot_from
from shareout.policy import Head, HeadShare, Policy
from shareout.weights import SavingsYear, Weighting
from tests.shareout.any_village import policies, snapshots
from tests.shareout.test_plan import snapshot

A_DIVIDEND_POOL = 7_000_00
HEADS = (HeadShare(Head.DIVIDEND, 70_00), HeadShare(Head.REBATE, 15_00), HeadShare(Head.RESERVE, 15_00))


def monthly(opening, months, satang):
    return SavingsYear(opening, tuple((month, date(2025, month, 5), satang) for month in months))


YEARS = {
    1: monthly(12_000_00, range(1, 13), 100_00),
    2: monthly(5_000_00, range(1, 13), 200_00),
    3: monthly(0, range(7, 13), 100_00),
    4: monthly(3_000_00, [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12], 100_00),
}
WORKED = replace(
    snapshot(10_000_00, dict.fromkeys(YEARS, 0), {2: 1_200_00, 3: 350_00, 4: 650_00}), savings=YEARS
)  # the example of docs and of the founding rules: 7,000 baht on 267,200 baht-months
POLICY = Policy(heads=HEADS)


def explain(number, taken=WORKED, policy=POLICY):
    return Explainer(plan_share_out(taken, policy)).explain(number)


def test_the_worked_example_is_explained_deposit_by_deposit():
    found = explain(3)
    assert [(line.month, line.satang, line.times) for line in found.lines][:2] == [(0, 0, 12), (1, 0, 11)]
    assert [line.weight for line in found.lines][7:] == [500_00, 400_00, 300_00, 200_00, 100_00, 0]
    assert found.lines[7].deposits == ((date(2025, 7, 5), 100_00),)
    assert (found.dividend.weight, found.dividend.total, found.dividend.sharers) == (1_500_00, 267_200_00, 4)
    assert (found.dividend.pool, found.dividend.share) == (A_DIVIDEND_POOL, 39_30)


def test_the_rounding_step_names_remainder_rank_and_what_was_left_over():
    parts = [explain(number).dividend for number in YEARS]
    assert parts[0].left_over == sum(part.step.extra for part in parts) == 3
    ranked = sorted(parts, key=lambda part: part.step.rank)
    assert [part.step.extra for part in ranked] == [1, 1, 1, 0]
    assert [part.step.remainder for part in ranked] == sorted((p.step.remainder for p in parts), reverse=True)
    assert [part.share for part in parts] == [3_945_36, 1_917_66, 39_30, 1_097_68]


def test_whole_baht_are_explained_without_ranks_and_with_what_is_carried():
    part = explain(1, policy=replace(POLICY, step=100)).dividend
    assert (part.step.rank, part.step.extra, part.share) == (None, 0, 3_945_00)
    assert part.carried == 2_00


def test_the_rebate_rests_on_the_interest_paid():
    part = explain(2).rebate
    assert (part.pool, part.weight, part.total, part.share) == (1_500_00, 1_200_00, 2_200_00, 818_18)
    assert explain(1).rebate.nothing is Nothing.NO_INTEREST


def test_a_fixed_rate_says_what_it_came_to_and_whether_there_was_enough():
    heads = (HeadShare(Head.DIVIDEND, 0), HeadShare(Head.RESERVE, 100_00))
    policy = Policy(heads=heads, weighting=Weighting.AVERAGE, fixed_rate_bp=3_00)
    taken = snapshot(1_000_00, {1: 10_000_00, 2: 5_000_00})
    fixed = explain(1, taken, policy).fixed
    assert (fixed.twelve_balances, fixed.satang, fixed.is_limited) == (12 * 15_000_00, 450_00, False)
    assert explain(1, replace(taken, distributable=100_00), policy).fixed.is_limited
    assert explain(1).fixed is None


@pytest.mark.parametrize(
    ("number", "change", "why"),
    [
        (9, {}, Nothing.NOT_COUNTED),
        (3, {"earners": frozenset({1, 2, 4})}, Nothing.NOT_EARNER),
        (3, {"months": {3: 6}}, Nothing.TOO_SHORT),
        (3, {"savings": YEARS | {3: monthly(0, [12], 100_00)}}, Nothing.LAST_MONTH),
        (3, {"savings": YEARS | {3: SavingsYear(0)}}, Nothing.NO_SAVINGS),
        (3, {"distributable": 0}, Nothing.NO_PROFIT),
    ],
)
def test_whoever_gets_no_dividend_is_told_why(number, change, why):
    months = dict.fromkeys(YEARS, 12) | change.pop("months", {})
    taken = replace(WORKED, **change, months=months)
    part = explain(number, taken, replace(POLICY, minimum_months=7)).dividend
    assert (part.nothing, part.share) == (why, 0)


def test_a_head_that_the_policy_leaves_out_has_no_pool_though_there_was_a_profit():
    policy = Policy(heads=(HeadShare(Head.DIVIDEND, 50_00), HeadShare(Head.RESERVE, 50_00)))
    assert explain(2, policy=policy).rebate.nothing is Nothing.NO_POOL


def test_a_pool_that_nobody_has_a_claim_on_is_told():
    part = explain(1, replace(WORKED, interest={})).rebate
    assert part.has_nobody
    assert part.carried == 1_500_00
    assert not explain(1).rebate.has_nobody


def test_a_cap_counts_balances_and_not_deposits():
    policy = replace(POLICY, cap_satang=5_000_00)
    found = explain(2, policy=policy)
    assert [line.month for line in found.lines] == list(range(12))
    assert {line.counted for line in found.lines} == {5_000_00}
    assert found.lines[1].satang == 5_200_00
    assert not counts_deposits(policy)


def test_by_day_each_run_of_days_has_its_balance():
    year = SavingsYear(100_00, ((2, date(2025, 2, 11), 50_00),))
    taken = replace(WORKED, savings={1: year}, earners=frozenset({1}))
    lines = explain(1, taken, replace(POLICY, weighting=Weighting.BY_DAY)).lines
    assert [(line.since, line.until, line.counted, line.times) for line in lines[:3]] == [
        (date(2025, 1, 1), date(2025, 1, 31), 100_00, 31),
        (date(2025, 2, 1), date(2025, 2, 10), 100_00, 10),
        (date(2025, 2, 11), date(2025, 2, 28), 150_00, 18),
    ]
    assert sum(line.times for line in lines) == 365


def test_the_year_end_balance_is_one_line():
    [line] = explain(1, policy=replace(POLICY, weighting=Weighting.YEAR_END)).lines
    assert (line.month, line.satang, line.until) == (12, 13_200_00, date(2025, 12, 31))


@given(snapshots(), policies())
@settings(max_examples=200, deadline=None)
def test_whatever_the_village_and_the_policy_the_explanation_comes_to_the_plan(taken, policy):
    plan = plan_share_out(taken, policy)
    explained = Explainer(plan).explain_all()
    for number, found in explained.items():
        dividend, rebate = found.dividend, found.rebate
        assert dividend.share == plan.dividend.shares.get(number, 0)
        assert rebate.share == plan.rebate.shares.get(number, 0)
        if dividend.weight:
            assert max(0, found.raw) == dividend.weight
            exact = divmod(dividend.pool * dividend.weight, dividend.total)
            assert dividend.step.floor == exact[0] // policy.step * policy.step
            assert dividend.step.remainder == exact[1]
        assert (dividend.nothing is None) == bool(dividend.weight and dividend.pool)
        assert (rebate.nothing is None) == bool(rebate.weight and rebate.pool)
        for part in (dividend, rebate):
            assert part.share == 0 or part.nothing is None
    for part in ("dividend", "rebate"):
        given_out = sum(getattr(found, part).share for found in explained.values())
        some = getattr(Explainer(plan).explain(0), part)
        assert given_out + some.carried == some.pool


@given(snapshots(), policies())
@settings(max_examples=50, deadline=None)
def test_what_was_frozen_is_read_again_as_it_was(taken, policy):
    assert snapshot_from(exported(taken)) == taken


def picture(number, **change):
    found = explain(number, **change)
    return month_columns(found.lines[1:], name=lambda day: str(day.month), say=str)


def test_the_picture_has_a_column_for_each_month_the_tallest_named():
    drawn = picture(1)
    assert len(drawn.columns) == 12
    heights = [column.height for column in drawn.columns]
    assert heights == sorted(heights, reverse=True)
    assert [column.amount for column in drawn.columns if column.amount] == ["110000"]
    assert [column.label for column in drawn.columns if column.label] == ["1", "4", "7", "10"]
    assert {column.y + column.height for column in drawn.columns} == {drawn.axis}


def test_a_month_without_money_is_a_stub_and_money_taken_out_hangs_below():
    assert picture(4).columns[4].fill == "f-was"
    taken = replace(WORKED, savings=YEARS | {1: SavingsYear(9_000_00, ((3, date(2025, 3, 5), -500_00),))})
    column = picture(1, taken=taken).columns[2]
    assert (column.fill, column.y) == ("f-warning", picture(1, taken=taken).axis)


def test_where_nothing_was_saved_there_is_no_picture_of_the_months():
    assert picture(1, taken=replace(WORKED, savings={1: SavingsYear(0)})) is None
    assert month_columns((), name=str, say=str) is None


def test_the_own_part_of_the_whole_is_never_too_thin_to_be_seen():
    assert own_slice(explain(1).dividend).width == "56.36%"
    assert own_slice(explain(3).dividend).width == "0.80%"
    assert own_slice(explain(1).rebate).width == "0.00%"
