"""The village of the tests is what its description says."""

from members.access import Right, has_right
from members.models import Member
from tests.village import TestVillage


def test_each_officer_of_the_village_has_the_rights_of_the_office(village: TestVillage) -> None:
    assert has_right(village.treasurer, village.group, Right.CLOSE_MEETING)
    assert has_right(village.auditor, village.group, Right.AUDIT)
    assert has_right(village.secretary, village.group, Right.ISSUE_SLIPS)
    assert has_right(village.chair, village.group, Right.KEEP_OFFICES)
    assert not has_right(village.former_treasurer, village.group, Right.SEE_GROUP)
    assert has_right(village.district_officer, village.group, Right.REVIEW_DISTRICT)
    assert not has_right(village.other_district_officer, village.group, Right.REVIEW_DISTRICT)
    assert not has_right(village.neighbour.treasurer, village.group, Right.SEE_GROUP)


def test_five_hundred_more_members_come_in_a_handful_of_statements(village: TestVillage) -> None:
    village.add_members(487)
    assert Member.objects.filter(group=village.group).count() == 500
    assert all(Member.objects.filter(group=village.group).values_list("sort_key", flat=True))
