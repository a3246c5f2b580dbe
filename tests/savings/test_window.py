"""A pledge changes in the group's yearly window; at other times by a resolution only."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from members.services import record_resolution
from savings.errors import PledgeWindowClosed
from savings.models import PledgePeriod
from savings.selectors.window import in_window, pledge_window
from savings.services import set_pledge
from savings.wording import window_sentence

JANUARY, JULY, AUGUST = date(2026, 1, 1), date(2026, 7, 1), date(2026, 8, 1)
NEXT_JANUARY = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


@pytest.fixture
def once_a_year(savers):
    """Pledges change in January, as where nothing is set."""
    savers.open_window(months=1)
    savers.vow("Prani", 100_00, starts_on=JANUARY)
    return savers


def test_a_first_vow_begins_in_any_month(savers):
    savers.open_window(months=1)
    savers.vow("Prani", 100_00, starts_on=JULY)
    assert PledgePeriod.objects.get().starts_on == JULY


def test_a_change_outside_the_window_is_refused_and_told_the_next_one(once_a_year):
    with pytest.raises(PledgeWindowClosed) as refused:
        once_a_year.vow("Prani", 200_00, starts_on=JULY)
    assert "2570" in refused.value.message
    once_a_year.vow("Prani", 200_00, starts_on=NEXT_JANUARY)


def test_a_resolution_lets_a_pledge_change_outside_the_window(once_a_year):
    savers = once_a_year
    resolution = record_resolution(
        group=savers.group, number="7/2569", decided_on=date(2026, 6, 1), subject="ลดสัจจะ", by=savers.village.secretary
    )
    set_pledge(member=savers["Prani"], satang=50_00, starts_on=JULY, by=savers.village.secretary, resolution=resolution)
    assert PledgePeriod.objects.count() == 2


def test_the_window_is_a_dated_setting(once_a_year):
    once_a_year.open_window(months=2, first=7)
    once_a_year.vow("Prani", 200_00, starts_on=AUGUST)


def test_the_page_proposes_the_window_and_keeps_what_was_typed(client, once_a_year):
    savers = once_a_year
    client.force_login(savers.village.secretary)
    url = reverse("savings:pledge", args=[savers.group.code, savers["Prani"].number])
    answer = client.get(url)
    assert answer.context["form"].initial["month"] == "2027-01-01"
    assert "มกราคม\u00a02570" in answer.context["window"]
    refused = client.post(url, {"satang": "200", "month": "2026-07-01", "resolution": ""})
    assert refused.context["form"].errors["month"]
    assert PledgePeriod.objects.count() == 1


@pytest.mark.parametrize(
    ("month", "first", "length", "inside"),
    [(1, 1, 1, True), (2, 1, 1, False), (1, 12, 2, True), (11, 12, 2, False), (5, 8, 12, True)],
)
def test_a_window_may_lie_across_the_turn_of_the_year(month, first, length, inside):
    assert in_window(date(2026, month, 1), first=first, length=length) is inside


def test_the_sentence_names_the_running_or_the_next_window(savers):
    savers.open_window(months=2, first=12)
    for on, said in (
        (date(2026, 6, 5), "ธันวาคม\u00a02569"),
        (date(2027, 1, 5), "ธันวาคม\u00a02569"),
        (date(2027, 2, 5), "ธันวาคม\u00a02570"),
    ):
        assert said in window_sentence(pledge_window(savers.group, on), "th")
    savers.open_window(months=12)
    assert pledge_window(savers.group, JULY).is_always
