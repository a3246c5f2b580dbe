"""A way to divide as it is typed: percentages are read strictly, and sum to exactly 100."""

import pytest
from django.utils import translation

from shareout.forms.policies import PolicyForm, data_of
from shareout.percentages import PercentError, PercentProblem, format_percent, parse_percent
from shareout.policy import CUSTOMARY, Arrears, Head, HeadShare, Leavers, Policy
from shareout.weights import Weighting


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def typed(policy=CUSTOMARY, *, is_saved=False, **changed):
    form = PolicyForm(data_of(policy, name="Way A") | changed, is_saved=is_saved)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("text", "points"),
    [("50", 50_00), ("๕๐", 50_00), ("12.5", 12_50), ("12.25 %", 12_25), ("", 0), (" 0 ", 0), ("100", 100_00)],
)
def test_a_percentage_is_read_in_either_digits(text, points):
    assert parse_percent(text) == points


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12,5", PercentProblem.UNREADABLE),
        ("1๐", PercentProblem.UNREADABLE),
        ("12.345", PercentProblem.UNREADABLE),
        ("fifty", PercentProblem.UNREADABLE),
        ("1e2", PercentProblem.UNREADABLE),
        ("-1", PercentProblem.NEGATIVE),
        ("−๑", PercentProblem.NEGATIVE),
        ("101", PercentProblem.TOO_LARGE),
        ("100.01", PercentProblem.TOO_LARGE),
        ("9999999999", PercentProblem.UNREADABLE),
    ],
)
def test_a_percentage_is_never_guessed(text, problem):
    with pytest.raises(PercentError) as refusal:
        parse_percent(text)
    assert refusal.value.problem is problem


def test_a_percentage_is_printed_as_it_is_typed():
    assert [format_percent(points) for points in (50_00, 12_50, 12_25, 5, 0)] == ["50", "12.5", "12.25", "0.05", "0"]
    assert (format_percent(-2_50), format_percent(2_50, signed=True)) == ("−2.5", "+2.5")


@pytest.mark.parametrize(
    "policy",
    [
        CUSTOMARY,
        Policy(
            heads=(HeadShare(Head.DIVIDEND, 0), HeadShare(Head.RESERVE, 60_00), HeadShare(Head.WELFARE, 40_00)),
            fixed_rate_bp=2_75,
        ),
        Policy(
            heads=(
                HeadShare(Head.DIVIDEND, 66_67),
                HeadShare(Head.RESERVE, 20_00),
                HeadShare(Head.OTHER, 8_33, "โรงเรียน"),
                HeadShare(Head.OTHER, 5_00, "งานวัด, ปี 2569"),
            ),
            weighting=Weighting.BY_DAY,
            step=100,
            rest_to=Head.OTHER,
            leavers=Leavers.PRO_RATA,
            arrears=Arrears.SET_OFF,
            cap_satang=30_000_50,
            minimum_months=6,
        ),
    ],
)
def test_a_saved_policy_comes_out_of_the_form_as_it_went_in(policy):
    assert typed(policy, is_saved=True).policy == policy


@pytest.mark.parametrize(
    ("share", "said"),
    [("40", "10% are missing: together 90%"), ("50.01", "0.01% too much: together 100.01%"), ("", "50% are missing")],
)
def test_what_is_missing_to_a_hundred_is_said_and_what_was_typed_stays(share, said):
    form = typed(share_dividend=share)
    assert form.policy is None
    assert said in form.non_field_errors()[0]
    assert form["share_dividend"].value() == share


def test_a_percentage_that_cannot_be_read_makes_no_sum():
    form = typed(share_dividend="12,5")
    assert "12,5" in form.errors["share_dividend"][0]
    assert (form.has_unread, form.policy, form.non_field_errors()) == (True, None, [])


def test_the_reserve_may_take_what_is_missing_but_not_more_than_there_is():
    assert typed(share_dividend="40").rest_in_reserve == 25_00
    assert typed(share_dividend="60").rest_in_reserve == 5_00
    assert typed(share_dividend="70").rest_in_reserve is None
    assert typed().rest_in_reserve is None


def test_beside_a_fixed_rate_the_percentage_of_the_dividend_does_not_count():
    form = typed(way="rate", rate="๓", share_reserve="65")
    assert form.policy.fixed_rate_bp == 3_00
    assert form.policy.heads[0] == HeadShare(Head.DIVIDEND, 0)
    assert sum(each.share_bp for each in form.policy.heads) == 100_00


def test_what_is_out_of_sight_refuses_nothing():
    assert typed(way="rate", rate="3", share_dividend="12,5", share_reserve="65").policy is not None
    assert typed(rate="x").policy == CUSTOMARY


def test_what_is_wrong_in_the_folded_rules_is_said_beside_the_sum():
    [(label, said)] = typed(cap="1,5").rule_errors
    assert (label, "1,5" in said) == ("Savings above this earn nothing", True)


@pytest.mark.parametrize(("rate", "said"), [("", "such as 3"), ("0", "such as 3"), ("15.01", "At most 15%")])
def test_a_fixed_rate_is_a_rate_and_no_more_than_a_loan_may_cost(rate, said):
    form = typed(way="rate", rate=rate, share_reserve="65")
    assert said in form.errors["rate"][0]
    assert form.policy is None


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Give this fund a name"), ("ก" * 41, "40 letters"), (", โรงเรียน", "40 letters"), ("ก" * 61, "60 characters")],
)
def test_another_fund_has_a_name_that_can_stand_in_the_books(name, said):
    form = typed(share_dividend="45", fund_0=name, share_fund_0="5")
    assert said in form.errors["fund_0"][0]
    assert form.policy is None
    assert form["fund_0"].value() == name


def test_another_fund_stands_in_a_policy_once():
    form = typed(share_dividend="40", fund_0="โรงเรียน", share_fund_0="5", fund_1=" โรงเรียน ", share_fund_1="5")
    assert "twice" in form.errors["fund_1"][0]


def test_there_is_always_room_for_one_fund_more():
    assert len(typed().funds) == 2
    assert len(typed(fund_1="โรงเรียน", share_fund_1="0").funds) == 3
    assert len(typed(fund_5="โรงเรียน").funds) == 6


def test_rounding_leaves_nothing_to_a_fund_that_is_not_there():
    assert "no other fund" in typed(rest_to="other").errors["rest_to"][0]
    assert typed(share_reserve="0", share_welfare="20").policy.heads[2] == HeadShare(Head.RESERVE, 0)


def test_a_name_is_wanted_only_for_saving():
    assert typed(name="").policy is not None
    assert "name" in typed(name="  ", is_saved=True).errors
    assert "name" in typed(name="ก" * 61, is_saved=True).errors


@pytest.mark.parametrize(
    ("field", "value"), [("step", "7"), ("weighting", "x"), ("minimum_months", "13"), ("cap", "-1")]
)
def test_a_rule_is_one_of_those_there_are(field, value):
    form = typed(**{field: value})
    assert field in form.errors
    assert form.policy is None
