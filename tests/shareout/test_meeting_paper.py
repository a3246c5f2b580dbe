"""The paper laid before the general meeting: percent, baht and examples of one way or two; nobody's name."""

import json
from dataclasses import replace

import pytest

from members.models import Member
from papers.share_out_proposal import proposal_data, proposal_png
from shareout.meeting_paper import meeting_paper
from shareout.policy import CUSTOMARY, Head, HeadShare, Policy
from shareout.selectors.trial import last_year_of, trial_of

pytestmark = pytest.mark.django_db
AT_A_RATE = Policy(
    heads=(HeadShare(Head.DIVIDEND, 0), HeadShare(Head.RESERVE, 90_00), HeadShare(Head.OTHER, 10_00, "โรงเรียน, วัด")),
    fixed_rate_bp=2_50,
    step=100,
)


def paper(sharing, *policies):
    last = last_year_of(sharing.year)
    ways = [(f"แบบ {place}", trial_of(sharing.year, policy, last=last)) for place, policy in enumerate(policies, 1)]
    return meeting_paper(sharing.year, ways)


def test_no_member_is_named_on_a_paper_that_is_handed_round(sharing):
    said = json.dumps(proposal_data(paper(sharing, CUSTOMARY, AT_A_RATE)), ensure_ascii=False)
    for member in Member.objects.filter(group=sharing.group):
        assert member.full_name not in said
        assert not member.last_name or f"{member.first_name} {member.last_name}" not in said


def test_purposes_stand_in_percent_and_baht_and_sum_to_what_is_divided(sharing):
    said = paper(sharing, CUSTOMARY)
    assert [tuple(head.ways[0]) for head in said.heads][:2] == [("50%", "500.00"), ("10%", "100.00")]
    assert said.totals.ways == [("100%", "1,000.00")]
    assert (said.last_year, said.totals.last) == ("", ("", ""))


def test_two_ways_stand_side_by_side_and_what_one_lacks_is_a_dash(sharing):
    said = paper(sharing, CUSTOMARY, AT_A_RATE)
    by_name = {head.name: head.ways for head in said.heads}
    assert by_name["เงินปันผล"][1][0] == "ปีละ 2.5%"
    assert by_name["เงินเฉลี่ยคืน"][1] == ("–", "–")
    assert by_name["โรงเรียน, วัด"][0] == ("–", "–")
    assert all(len(texts) == 2 for _label, texts in [*said.examples, *said.rules])


def test_an_open_year_says_that_it_is_open(sharing):
    assert "ยังไม่ปิดบัญชี" in paper(sharing, CUSTOMARY).as_of
    sharing.close()
    assert "ปิดบัญชีแล้ว" in paper(sharing, CUSTOMARY).as_of


def test_one_way_with_the_room_for_the_resolution_is_one_page(sharing):
    assert len(proposal_png(paper(sharing, CUSTOMARY))) == 1
    assert len(proposal_png(paper(sharing, CUSTOMARY, replace(AT_A_RATE, step=1)))) <= 2


def test_a_name_that_is_one_long_word_breaks_on_the_paper(sharing):
    said = meeting_paper(sharing.year, [("W" * 60, trial_of(sharing.year, CUSTOMARY))])
    assert max(map(len, proposal_data(said)["ways"][0].split("\u200b"))) == 10
    assert proposal_data(replace(said, ways=["แบบ ข ปี 2569"]))["ways"] == ["แบบ ข ปี 2569"]
