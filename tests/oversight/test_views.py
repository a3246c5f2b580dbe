"""The district officer sees the villages, not met first; no names of members, nothing of other districts."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oversight.models import GroupFigures
from tests.loans.cast import Lending
from tests.reports.conftest import text_of
from tests.village import make_group, make_place

DISTRICT = "/d/9901/"
GROUP = "/d/9901/nong-ruang-khao/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def thawee(closed, as_user):
    return as_user(closed.village.district_officer)


def test_groups_that_have_not_met_stand_first(thawee):
    page = text_of(thawee.get(DISTRICT, headers=ENGLISH))
    assert "1 of 2 groups have not met บ้านดอนไทรงาม moo 2" in page
    assert "Has never met 1 day late" in page


def test_the_list_can_be_narrowed_to_those_that_met(thawee):
    page = text_of(thawee.get(f"{DISTRICT}?show=met", headers=ENGLISH))
    assert "Total of 1 group" in page


def test_when_all_have_met_the_page_says_so(closed, thawee):
    thawee.get(DISTRICT)
    GroupFigures.objects.update(last_met_on=closed.held_on)
    assert "Every group has met this month." in text_of(thawee.get(DISTRICT, headers=ENGLISH))


def test_the_list_has_figures_by_tambon_and_the_sum_of_all(thawee):
    page = text_of(thawee.get(DISTRICT, headers=ENGLISH))
    assert "Tambon ทดสอบ 2 groups 16 700 .00 2,210 .00 0 .00" in page
    assert "Total of 2 groups 16 700 .00 2,210 .00 0 .00" in page


def test_the_list_comes_as_a_file(thawee):
    answer = thawee.get(f"{DISTRICT}?format=csv&show=met", headers=ENGLISH)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][1] == "Village"
    assert [row[1] for row in rows[1:]] == ["บ้านหนองรวงข้าว", ""]
    assert thawee.get(f"{DISTRICT}?format=xlsx").status_code == 200


def test_one_village_is_shown_in_figures_without_names_of_members(closed, thawee):
    page = text_of(thawee.get(GROUP, headers=ENGLISH))
    assert "2,210 .00" in page
    assert "1/2569 5 Nov 2569 3 of 11" in page
    assert closed.village.chair.display_name in page
    for name in ("ปราณี", "สมชาย", "เกษม", "บุญมี"):
        assert name not in page


def test_links_of_the_officers_books_are_not_offered(thawee):
    assert "/g/nong-ruang-khao/" not in thawee.get(GROUP).content.decode()


def test_a_meeting_under_way_is_told_and_not_counted(evening, as_user):
    evening.receive("Prani", pledge=200_00)
    page = text_of(as_user(evening.village.district_officer).get(GROUP, headers=ENGLISH))
    assert "Meeting 1/2569 of 5 November 2569 is under way" in page
    assert "200 .00" not in page


@pytest.mark.parametrize("path", [DISTRICT, GROUP])
def test_only_the_officer_of_the_district_reads_it(closed, as_user, path):
    village = closed.village
    others = (village.other_district_officer, village.treasurer, village.user("Prani"), village.stranger)
    for user in (*others, village.administrator):
        assert as_user(user).get(path).status_code == 404


def test_a_group_of_another_district_is_not_found_here(closed, thawee):
    assert thawee.get("/d/9901/plai-thang/").status_code == 404
    assert thawee.get("/d/9802/plai-thang/").status_code == 404
    assert thawee.get("/d/9802/").status_code == 404


def test_an_empty_district_offers_to_found_a_group(closed, as_user):
    page = text_of(as_user(closed.village.other_district_officer).get("/d/9802/?q=zzz", headers=ENGLISH))
    assert "No group found" in page


def test_nothing_can_be_written_here(thawee):
    for path in (DISTRICT, GROUP):
        assert thawee.post(path).status_code == 405


def test_the_list_asks_a_constant_number_of_questions(closed, thawee):
    thawee.get(DISTRICT)
    with CaptureQueriesContext(connection) as few:
        thawee.get(DISTRICT)
    for number in range(10):
        make_group(f"more-{number}", f"กลุ่มที่ {number}", make_place("9901", name="ทดสอบ", village=f"บ้าน {number}"))
    thawee.get(DISTRICT)
    with CaptureQueriesContext(connection) as many:
        thawee.get(DISTRICT)
    assert len(many) == len(few)


def test_the_loans_of_a_village_are_shown_with_what_is_at_risk(closed, thawee):
    lending = Lending(closed.village, box=0)
    lending.save("Boonmee", 10_000_00)
    lending.lend("Somchai", 6_000_00, on=date(2026, 8, 5))
    page = text_of(thawee.get(GROUP, headers=ENGLISH))
    assert "Principal owed by 1 member 6,000 .00" in page
    assert "Overdue on 1 loan" in page
    assert "100.0%" in page
