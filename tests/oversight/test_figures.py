"""The district's copy of a group's figures: from the books, taken again when they moved, read in one go."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loans.selectors.portfolio import portfolio
from loans.selectors.risk import risk_by_group
from loans.words import percent_text
from members.group_settings import change_setting
from members.models import SavingsGroup
from oversight.models import GroupFigures
from oversight.selectors import figures_of, longest_not_met, totals, totals_by_tambon
from oversight.services import refresh_figures, take_figures
from reports.selectors.pools import pools
from tests.loans.cast import Lending
from tests.village import YEAR_START

NOVEMBER_6 = date(2026, 11, 6)


@pytest.fixture
def figures(closed):
    refresh_figures(district=closed.village.district)
    return GroupFigures.objects.get(group=closed.village.group)


def test_the_figures_are_those_of_the_books(closed, figures):
    operating, administrative = pools(group=closed.village.group, on=NOVEMBER_6)
    assert (figures.operating_satang, figures.admin_satang) == (operating.satang, administrative.satang)
    assert (figures.pledge_satang, figures.special_satang, figures.cash_satang) == (700_00, 1_500_00, 2_210_00)
    assert figures.members == 11
    assert figures.households == 3
    assert (figures.last_met_on, figures.last_closed_on, figures.meetings) == (date(2026, 11, 5), date(2026, 11, 5), 1)


def test_groups_of_another_district_are_left_alone(closed, figures):
    assert {row.group.code for row in GroupFigures.objects.all()} == {"nong-ruang-khao", "don-sai-ngam"}


def test_figures_are_not_taken_twice_while_nothing_moved(closed, figures):
    assert refresh_figures(district=closed.village.district) == 0


def test_a_meeting_that_opens_or_closes_makes_its_groups_figures_old(closed, figures):
    with time_machine.travel("2026-11-06 11:00+07:00", tick=False):
        closed.meeting = closed.open(date(2026, 11, 6))
    with time_machine.travel("2026-11-06 12:00+07:00", tick=False):
        assert refresh_figures(district=closed.village.district) == 1
    closed.receive("Kasem", pledge=300_00)
    with time_machine.travel("2026-11-06 13:00+07:00", tick=False):
        closed.finish()
    with time_machine.travel("2026-11-06 14:00+07:00", tick=False):
        assert refresh_figures(district=closed.village.district) == 1
    figures.refresh_from_db()
    assert figures.pledge_satang == 1_000_00


def test_figures_of_another_day_are_old(closed, figures):
    with time_machine.travel("2026-11-07 08:00+07:00", tick=False):
        assert refresh_figures(district=closed.village.district) == 2
    figures.refresh_from_db()
    assert figures.taken_on == date(2026, 11, 7)


@pytest.mark.parametrize(
    ("today", "met", "late"),
    [
        (date(2026, 11, 6), True, 0),
        (date(2026, 12, 4), True, 0),
        (date(2026, 12, 5), False, 0),
        (date(2026, 12, 20), False, 15),
        (date(2027, 1, 4), False, 30),
        (date(2027, 1, 6), False, 32),
    ],
)
def test_a_group_has_not_met_from_its_meeting_day_on(figures, today, met, late):
    assert (figures.has_met(today), figures.days_late(today)) == (met, late)
    rows = figures_of(district=figures.district, met=False, today=today)
    assert (figures in rows) is not met


def test_the_meeting_day_is_the_groups_own_setting(closed):
    village = closed.village
    change_setting(group=village.group, key="meeting_day", value=20, valid_from=YEAR_START, by=village.secretary)
    refresh_figures(district=village.district)
    figures = GroupFigures.objects.get(group=village.group)
    assert figures.has_met(date(2026, 12, 19))
    assert not figures.has_met(date(2026, 12, 20))


def test_those_that_never_met_come_before_those_that_met_long_ago(closed, figures):
    found = longest_not_met(district=closed.village.district, today=date(2027, 3, 10))
    assert [row.figures.group.code for row in found] == ["don-sai-ngam", "nong-ruang-khao"]


def test_sums_over_the_district_are_the_sums_of_its_tambons(closed, figures):
    rows = figures_of(district=closed.village.district, today=NOVEMBER_6)
    by_tambon = totals_by_tambon(rows)
    assert totals(rows).members == sum(each.members for each in by_tambon.values()) == 16
    assert totals(rows).pledge_satang == 700_00


def test_words_find_villages_groups_and_tambons(closed, figures):
    def found(words):
        return {row.group.code for row in figures_of(district=closed.village.district, words=words, today=NOVEMBER_6)}

    assert found("หนองรวงข้าว") == {"nong-ruang-khao"}
    assert found("ทุ่งทดสอบ") == {"nong-ruang-khao", "don-sai-ngam"}
    assert found("don-sai") == {"don-sai-ngam"}
    assert found("ไม่มี") == set()


def test_taking_figures_costs_the_same_for_one_group_as_for_two(closed):
    district = closed.village.district
    with CaptureQueriesContext(connection) as both:
        refresh_figures(district=district)
    GroupFigures.objects.filter(group=closed.village.neighbour.group).delete()
    with CaptureQueriesContext(connection) as one:
        assert refresh_figures(district=district) == 1
    assert len(one) <= len(both) + 1  # the copies still good are read first


def test_the_nightly_command_takes_what_is_old_and_names_an_unknown_district(closed, capsys):
    call_command("take_figures")
    assert "Figures of 3 groups taken." in capsys.readouterr().out
    call_command("take_figures", "--district", "9901")
    assert "Figures of 0 groups taken." in capsys.readouterr().out
    with pytest.raises(CommandError, match="No group in a district 1234"):
        call_command("take_figures", "--district", "1234")


@pytest.fixture
def borrowing(closed):
    """Somchai borrowed 6,000 baht in August and has paid nothing; Kasem borrowed 2,000 baht on 5 November."""
    lending = Lending(closed.village, box=0)
    lending.save("Boonmee", 10_000_00)
    lending.late = lending.lend("Somchai", 6_000_00, on=date(2026, 8, 5))
    lending.good = lending.lend("Kasem", 2_000_00, on=date(2026, 11, 5))
    return lending


def risk_of(group):
    take_figures(groups=[group])
    row = GroupFigures.objects.get(group=group)
    return row.late_loans, row.at_risk_satang, row.par30


def test_late_loans_and_what_is_at_risk_are_those_of_the_villages_own_page(closed, borrowing):
    group, shown = closed.village.group, portfolio(closed.village.group, NOVEMBER_6)
    assert risk_of(group) == (1, 6_000_00, "75.0%") == (len(shown.late), shown.at_risk, percent_text(shown.par30))
    assert risk_of(closed.village.neighbour.group) == (0, 0, "")
    borrowing.repay(borrowing.late, date(2026, 11, 6), 6_000_00, 180_00)
    assert risk_of(group) == (0, 0, "0.0%")


def test_the_risk_of_the_district_is_that_of_all_its_loans(closed, borrowing):
    refresh_figures(district=closed.village.district)
    found = totals(figures_of(district=closed.village.district, today=NOVEMBER_6))
    assert (found.late_loans, found.at_risk_satang, found.par30) == (1, 6_000_00, "75.0%")


def test_the_risk_of_many_groups_costs_no_more_questions_than_that_of_one(closed, borrowing):
    with CaptureQueriesContext(connection) as one:
        risk_by_group([closed.village.group.pk], NOVEMBER_6)
    with CaptureQueriesContext(connection) as three:
        risk_by_group(SavingsGroup.objects.values_list("pk", flat=True), NOVEMBER_6)
    assert len(three) - 1 == len(one) == 6
