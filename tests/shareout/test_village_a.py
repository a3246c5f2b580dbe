"""The share-out of village-a: every head, dividend and rebate as its workbook's results say, to the satang."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from funds.models import AccountYear
from members.models import SavingsGroup
from shareout.plan import plan_share_out
from shareout.policy import CUSTOMARY, Leavers
from shareout.selectors.many_groups import customary_plans
from shareout.selectors.snapshot import snapshot_of
from tests.intake.importing import bring_in
from tests.intake.workbooks import DATA, VILLAGE_A

pytestmark = pytest.mark.django_db
EXPECTED = json.loads((DATA / "village-a.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[SavingsGroup]:
    """Village-a, brought in once for the tests that only read; taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = bring_in(VILLAGE_A.read_bytes())
        with django_db_blocker.block():
            yield found
        transaction.set_rollback(True)


@pytest.fixture
def year(imported: SavingsGroup, db: None) -> AccountYear:
    return AccountYear.objects.select_related("group").get(group=imported, year=2568)


def printed(**options: Any) -> str:
    out = io.StringIO()
    call_command("share_out", plan=True, stdout=out, **options)
    return out.getvalue()


def without_zeros(figures: dict[str, int]) -> dict[str, int]:
    return {key: satang for key, satang in figures.items() if satang}


def test_the_plan_agrees_with_the_village_to_the_satang(year):
    found = json.loads(printed(group=year.group.code, year=2568, json=True))
    assert found["totals"]["profit"] == EXPECTED["totals"]["profit"]
    assert found["totals"]["baht_months"] == EXPECTED["totals"]["baht_months"]
    assert found["allotment"] == EXPECTED["allotment"]
    for figure in ("baht_months", "interest_paid", "dividend", "rebate"):
        assert without_zeros(found[figure]) == without_zeros(EXPECTED[figure]), figure


def test_everything_that_is_distributable_is_given_a_purpose(year):
    plan = plan_share_out(snapshot_of(year), CUSTOMARY)
    assert plan.total == plan.snapshot.distributable == EXPECTED["totals"]["profit"]
    assert sum(plan.dividend.shares.values()) == plan.dividend_pool


def test_the_plan_of_its_district_is_the_villages_own(year):
    [plan] = customary_plans(AccountYear.objects.filter(pk=year.pk))
    single = plan_share_out(snapshot_of(year), CUSTOMARY)
    assert (plan.weights, plan.divided.heads) == (single.weights, single.heads)
    assert (plan.divided.dividend, plan.divided.rebate) == (single.dividend, single.rebate)


def test_the_snapshot_reads_in_constant_queries(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        snapshot_of(year)


def test_leavers_earn_nothing_unless_the_policy_says_so(year):
    left = set(
        year.group.members.filter(left_on__range=(year.starts_on, year.ends_on)).values_list("number", flat=True)
    )
    assert left
    assert not left & snapshot_of(year).earners
    pro_rata, included = (snapshot_of(year, leavers=rule) for rule in (Leavers.PRO_RATA, Leavers.INCLUDED))
    assert left <= pro_rata.earners
    assert left <= included.earners
    for number in left:
        assert included.savings[number].balances()[12] > pro_rata.savings[number].balances()[12] == 0


def test_without_json_the_heads_are_printed_in_baht(year):
    assert "18,508.80" in printed(group=year.group.code, year=2568)


def test_a_year_that_is_not_there_is_named(year):
    with pytest.raises(CommandError, match="2599"):
        printed(group=year.group.code, year=2599)
