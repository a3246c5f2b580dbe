"""A share-out tried out: it is the plan that would be posted, set against last year's."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from funds.models import AccountYear, Entry
from shareout.models import ShareOut
from shareout.policy import CUSTOMARY, Head, HeadShare, Policy
from shareout.selectors.comparison import compared
from shareout.selectors.policies import policy_of
from shareout.selectors.trial import last_year_of, trial_of
from shareout.services.policies import save_policy
from shareout.services.share_outs import planned
from tests.shareout.sharing import FEBRUARY_20, NOW, Sharing

pytestmark = pytest.mark.django_db
WHOLE_BAHT = replace(CUSTOMARY, step=100)
ALL_TO_RESERVE = Policy(heads=(HeadShare(Head.RESERVE, 100_00),))


def year_after(sharing):
    found = AccountYear.objects.get(group=sharing.group, year=2570)
    found.group = sharing.group
    return found


def earn(sharing, satang):
    """The bank pays interest in the year after."""
    sharing.post("income", ("O1200", "", satang), ("O4300", "", -satang), on=FEBRUARY_20)


def test_what_is_shown_is_what_would_be_posted(sharing):
    sharing.close()
    trial = trial_of(sharing.year, WHOLE_BAHT)
    row = sharing.posted(WHOLE_BAHT)
    assert trial.fingerprint == row.fingerprint
    assert {line.head: line.satang for line in trial.heads} == {each.head: each.satang for each in row.heads.all()}
    shares = {each.member.number: each.satang for each in row.shares.select_related("member")}
    assert {line.number: line.total for line in trial.members if line.total} == shares


def test_an_open_year_is_tried_as_if_it_were_closed_and_nothing_is_posted(sharing):
    before = Entry.objects.count()
    open_one = trial_of(sharing.year, CUSTOMARY)
    assert Entry.objects.count() == before
    sharing.close()
    sharing.year.refresh_from_db()
    assert trial_of(sharing.year, CUSTOMARY).heads == open_one.heads


def test_without_a_posted_share_out_there_is_no_last_year(sharing):
    sharing.adopted()
    earn(sharing, 1_00)
    assert last_year_of(year_after(sharing)) is None
    trial = trial_of(sharing.year, CUSTOMARY)
    assert (trial.last, trial.heads[0].change, trial.members[0].change) == (None, None, None)


def test_heads_and_members_stand_against_last_years(sharing):
    row = sharing.posted()
    earn(sharing, 1_200_00)
    year = year_after(sharing)
    trial = trial_of(year, CUSTOMARY, last=last_year_of(year))
    dividend = trial.heads[0]
    assert (dividend.satang, dividend.last_satang, dividend.change) == (600_00, 500_00, 100_00)
    by_number = {line.number: line for line in trial.members}
    prani = by_number[sharing["Prani"].number]
    assert (prani.last, prani.total, prani.change) == (333_33, 400_00, 66_67)
    assert trial.total.last == sum(share.satang for share in row.shares.all())
    assert trial.total.change == sum(line.change for line in trial.members)


def test_what_got_something_last_year_and_nothing_now_is_not_forgotten(sharing):
    sharing.posted()
    earn(sharing, 1_000_00)
    year = year_after(sharing)
    trial = trial_of(year, ALL_TO_RESERVE, last=last_year_of(year))
    assert [line.head for line in trial.heads if not line.satang] == [
        "dividend", "rebate", "committee", "welfare", "public", "administration",
    ]  # fmt: skip
    assert sum(line.change for line in trial.heads) == trial.plan.snapshot.distributable - trial.last.distributable
    somchai = {line.number: line for line in trial.members}[sharing["Somchai"].number]
    assert (somchai.last, somchai.total) == (100_00, 0)


def test_whoever_earns_nothing_by_a_rule_is_told_by_which(sharing):
    sharing.save("Somporn", 100_00)
    trial = trial_of(sharing.year, replace(CUSTOMARY, minimum_months=12))
    reasons = {line.number: line.reason for line in trial.members}
    assert reasons[sharing["Chai"].number] == "kind"
    assert reasons[sharing["Prani"].number] == ""


def test_a_loss_divides_nothing_and_says_how_much_it_is(sharing):
    sharing.post("expense", ("O5100", "", 5_000_00), ("O1200", "", -5_000_00), on=date(2026, 12, 31))
    trial = trial_of(sharing.year, CUSTOMARY)
    assert (trial.plan.total, trial.receivers, trial.plan.snapshot.profit) == (0, 0, -4_000_00)
    assert trial.per_thousand() == 0


@pytest.mark.parametrize(("rate", "is_all"), [(1_00, False), (15_00, True)])
def test_a_fixed_rate_that_takes_everything_is_said(sharing, rate, is_all):
    policy = Policy(heads=(HeadShare(Head.DIVIDEND, 0), HeadShare(Head.RESERVE, 100_00)), fixed_rate_bp=rate)
    assert trial_of(sharing.year, policy).is_all_rate is is_all


def test_an_example_is_what_somebody_with_these_savings_gets(sharing):
    trial = trial_of(sharing.year, CUSTOMARY)
    assert trial.dividend_on(6_000_00) == 500_00 * 72_000 // 99_000  # Prani and Kasem saved for eleven months
    assert trial.rebate_on(120_00) == 100_00
    capped = trial_of(sharing.year, replace(CUSTOMARY, cap_satang=1_000_00))
    assert capped.dividend_on(1_000_00) == capped.dividend_on(50_000_00)


def test_two_ways_side_by_side_differ_by_what_one_gives_more(sharing):
    comparison = compared(trial_of(sharing.year, CUSTOMARY), trial_of(sharing.year, ALL_TO_RESERVE))
    assert sum(pair.change for pair in comparison.heads) == 0
    assert [pair.head for pair in comparison.heads if pair.second is None][:2] == ["dividend", "rebate"]
    assert comparison.change == -600_00 == sum(pair.change for pair in comparison.members)
    assert (comparison.more, comparison.less) == (0, 3)


def test_ways_that_only_round_otherwise_leave_most_members_alone(sharing):
    comparison = compared(trial_of(sharing.year, CUSTOMARY), trial_of(sharing.year, WHOLE_BAHT))
    by_number = {pair.number: pair.change for pair in comparison.members}
    assert by_number[sharing["Prani"].number] == -33
    assert comparison.same == 1


def test_a_year_of_many_members_is_tried_in_constant_queries(village, django_assert_max_num_queries):
    with time_machine.travel(NOW, tick=False):
        sharing = Sharing(village, more=40)
        with django_assert_max_num_queries(20):
            trial_of(sharing.year, CUSTOMARY, last=last_year_of(sharing.year))


def test_the_row_of_a_way_gives_the_plan_of_its_policy(sharing):
    sharing.close()
    row = save_policy(year=sharing.year, name="แบบ ก", policy=WHOLE_BAHT, by=sharing.village.secretary)
    row.year = sharing.year
    plan, _code = planned(row)
    assert trial_of(sharing.year, policy_of(row)).plan == plan
    assert not ShareOut.objects.exists()
