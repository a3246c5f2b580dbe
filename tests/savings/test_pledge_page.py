"""The page of a member's pledge: every vow stays, a new one is a further row, refusals keep what was typed."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from members.models import AccessRecord
from savings.models import PledgePeriod
from savings.selectors import first_pledge_month, possible_pledge_months
from tests.savings.conftest import Savers

JANUARY, MAY, JUNE, JULY = (date(2026, month, 1) for month in (1, 5, 6, 7))


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def address(savers: Savers, name: str = "Prani") -> str:
    return reverse("savings:pledge", args=[savers.group.code, savers[name].number])


def post(client, savers, name="Prani", **fields):
    client.force_login(savers.village.secretary)
    return client.post(address(savers, name), {"satang": "200", "month": "2026-07-01", "resolution": "", **fields})


def of(savers: Savers, name: str = "Prani") -> list[tuple[date, int]]:
    return list(PledgePeriod.objects.filter(member=savers[name]).values_list("starts_on", "satang"))


def test_a_change_is_a_further_row_and_the_old_one_stays_in_sight(client, savers):
    savers.vow("Prani", 100_00)
    answer = post(client, savers)
    assert answer.status_code == 302
    assert of(savers) == [(JANUARY, 100_00), (JULY, 200_00)]
    text = client.get(address(savers)).content.decode()
    for said in ("มกราคม\u00a02569", "กรกฎาคม\u00a02569", "ใช้อยู่", "บันทึกแล้ว"):
        assert said in text


def test_a_second_click_sets_it_once(client, savers):
    savers.vow("Prani", 100_00)
    assert [post(client, savers).status_code for _click in range(2)] == [302, 302]
    assert of(savers) == [(JANUARY, 100_00), (JULY, 200_00)]


def test_another_amount_for_a_month_that_has_one_is_refused(client, savers):
    savers.vow("Prani", 100_00)
    post(client, savers)
    answer = post(client, savers, satang="300")
    assert answer.status_code == 200
    assert answer.context["form"].errors["month"]
    assert of(savers) == [(JANUARY, 100_00), (JULY, 200_00)]


@pytest.mark.parametrize("typed", ["75", "1,050", "-50", "สองร้อย", ""])
def test_an_amount_that_is_no_pledge_is_refused_and_kept(client, savers, typed):
    answer = post(client, savers, satang=typed)
    assert answer.context["form"].errors["satang"]
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert of(savers) == []


@pytest.mark.parametrize("month", ["", "2026-07-15", "2020-01-01", "2036-01-01", "x"])
def test_a_month_that_is_not_offered_is_refused(client, savers, month):
    assert post(client, savers, month=month).context["form"].errors["month"]
    assert of(savers) == []


def test_another_groups_resolution_is_refused(client, savers):
    from members.services import record_resolution

    theirs = record_resolution(
        group=savers.village.neighbour.group,
        number="1/2569",
        decided_on=JUNE,
        subject="ของเขา",
        by=savers.village.neighbour.chair,
    )
    assert post(client, savers, resolution=str(theirs.pk)).context["form"].errors["resolution"]


def test_the_pledge_may_rest(client, savers):
    savers.vow("Prani", 100_00)
    assert post(client, savers, satang="0").status_code == 302
    assert of(savers)[-1] == (JULY, 0)


def test_who_is_no_active_member_gets_no_form_and_no_pledge(client, savers):
    for name in ("Fon", "Dam"):
        answer = post(client, savers, name)
        assert answer.status_code == 302
        assert client.get(address(savers, name)).context["form"] is None
        assert of(savers, name) == []


def test_every_officer_reads_it_and_only_those_who_keep_people_set_it(client, savers):
    client.force_login(savers.village.auditor)
    assert client.get(address(savers)).context["form"] is None
    assert client.post(address(savers), {"satang": "200", "month": "2026-07-01"}).status_code == 404
    assert AccessRecord.objects.filter(member=savers["Prani"], page="savings:pledge").count() == 1


def test_a_change_begins_after_the_last_one_and_after_what_is_paid(savers):
    assert possible_pledge_months(savers["Prani"])[0] == JANUARY
    savers.vow("Prani", 100_00)
    assert possible_pledge_months(savers["Prani"])[0] == JUNE
    savers.pay("Prani", date(2026, 6, 5), JANUARY, JUNE)
    assert possible_pledge_months(savers["Prani"])[0] == JULY


def test_the_first_month_is_the_first_one_still_to_be_closed(savers):
    member = savers["Fon"]
    member.admitted_on = date(2026, 5, 20)
    assert first_pledge_month(member) == MAY
    savers.close(date(2026, 5, 25))
    assert first_pledge_month(member) == JUNE
    member.admitted_on = date(2020, 5, 20)
    assert first_pledge_month(member) == JUNE
