"""The plans of a whole district at once are those of its groups one by one, in as many queries for many as for few."""

import io
import json
import runpy
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.accounts import accounts_for
from funds.journal import Line, post_entry
from funds.models import AccountYear
from members.models import GroupSetting
from shareout.plan import plan_share_out
from shareout.policy import CUSTOMARY
from shareout.selectors.many_groups import customary_plans
from shareout.selectors.snapshot import snapshot_of
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    """The village, and its neighbour, whose member saves in March and whose bank pays interest."""
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village, more=3)
        other = village.neighbour
        accounts = accounts_for(other.group, [("O1200", ""), ("O2100", other.member.holder), ("O4300", "")])
        for code, holder, satang in (("O2100", other.member.holder, 700_00), ("O4300", "", 55_55)):
            post_entry(
                group=other.group,
                kind="receipt" if code == "O2100" else "income",
                on=date(2026, 3, 5),
                by=other.treasurer,
                ok=[other.auditor],
                lines=[Line(accounts["O1200", ""], satang), Line(accounts[code, holder], -satang)],
                operation=uuid4(),
            )
        yield found


def years_2569(*groups):
    return AccountYear.objects.filter(group__in=groups, year=2569).order_by("group__code")


def assert_as_one_by_one(plans):
    for plan in plans:
        single = plan_share_out(snapshot_of(plan.year), CUSTOMARY)
        assert plan.distributable == single.snapshot.distributable
        assert plan.weights == single.weights
        assert plan.divided.heads == single.heads
        assert plan.divided.dividend == single.dividend
        assert plan.divided.rebate == single.rebate


def test_the_plans_of_a_district_are_those_of_its_groups(sharing):
    plans = customary_plans(years_2569(sharing.group, sharing.village.neighbour.group))
    assert_as_one_by_one(plans)
    assert [sum(plan.divided.dividend.shares.values()) for plan in plans if plan.distributable] != []


def test_a_closed_year_counts_as_its_books_say(sharing):
    sharing.close()
    [plan] = customary_plans(years_2569(sharing.group))
    assert_as_one_by_one([plan])
    assert plan.distributable == 1_000_00


def test_who_earns_follows_each_groups_own_rule_of_that_time(sharing):
    for since, value in ((date(2026, 2, 1), "1"), (date(2027, 2, 1), "0")):
        GroupSetting.objects.create(
            group=sharing.group, key="honorary_earns_dividend", value=value, valid_from=since,
            set_by=sharing.village.chair,
        )  # fmt: skip
    [plan] = customary_plans(years_2569(sharing.group))
    assert plan.weights[sharing["Chai"].number] > 0
    assert_as_one_by_one([plan])


def test_who_left_in_the_year_earns_nothing_and_who_came_too_late_neither(sharing):
    gone, late = sharing.others[:2]
    gone.left_on, gone.status = date(2026, 12, 31), "resigned"
    late.admitted_on = date(2027, 1, 1)
    for member in (gone, late):
        member.save()
    [plan] = customary_plans(years_2569(sharing.group))
    assert not {gone.number, late.number} & set(plan.weights)
    assert_as_one_by_one([plan])


def test_many_groups_take_no_more_queries_than_one(sharing):
    with CaptureQueriesContext(connection) as one:
        customary_plans(years_2569(sharing.group))
    with CaptureQueriesContext(connection) as two:
        customary_plans(years_2569(sharing.group, sharing.village.neighbour.group))
    assert len(two) == len(one)


def printed(**options):
    out = io.StringIO()
    call_command("share_out", year=2569, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_a_line_for_each_group_of_a_district(sharing):
    district = sharing.group.village.tambon.district_id
    lines = json.loads(printed(district=district, plan=True, json=True))
    own = next(line for line in lines if line["group"] == sharing.group.code)
    assert own == {
        "group": sharing.group.code, "distributable": 1_000_00, "dividend": 500_00, "rebate": 100_00,
        "dividend_of_100": 5_86,
    }  # fmt: skip
    assert sharing.group.code in printed(district=district, plan=True)


def test_a_file_is_written_for_one_group(sharing, tmp_path):
    with pytest.raises(CommandError, match="--group"):
        printed(district=sharing.group.village.tambon.district_id, export=tmp_path / "x.json")


@pytest.mark.parametrize("state", ["planned", "posted"])
def test_the_command_writes_the_file_and_the_script_that_agrees_with_it(state, sharing, tmp_path):
    if state == "posted":
        sharing.posted()
    path = tmp_path / "share-out.json"
    said = printed(group=sharing.group.code, export=path)
    assert said.startswith(f"{state}: ")
    assert json.loads(path.read_text(encoding="utf-8"))["state"] == state
    assert runpy.run_path(str(tmp_path / "recompute_share_out.py"))["main"](str(path)) == 0


def test_where_the_file_cannot_be_written_it_is_said(sharing, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        printed(group=sharing.group.code, export=tmp_path / "nowhere" / "x.json")
