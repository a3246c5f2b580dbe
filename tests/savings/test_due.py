"""What is due: the month of the meeting and every month missed since the member, the books and the vow began."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Member
from savings.models import PledgePeriod
from savings.selectors import PledgeDue, current_pledges, last_paid_month, open_pledge_months, pledge_due
from tests.savings.conftest import Savers

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (date(2026, month, 1) for month in range(1, 6))
DECEMBER_BEFORE = date(2025, 12, 1)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def due_of(savers: Savers, name: str, on: date) -> PledgeDue | None:
    return pledge_due(savers.group, on).get(savers[name].pk)


def test_a_member_who_paid_everything_owes_the_month_of_the_meeting(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    assert due_of(savers, "Prani", date(2026, 2, 5)) == PledgeDue(100_00, [], 100_00)


def test_missed_months_stay_owed_with_this_one(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 2, 5), FEBRUARY)
    assert due_of(savers, "Kasem", date(2026, 4, 5)) == PledgeDue(300_00, [JANUARY, MARCH], 100_00)


def test_a_month_paid_in_part_is_owed_in_part(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 1, 5), JANUARY, satang=40_00)
    assert due_of(savers, "Kasem", date(2026, 2, 5)) == PledgeDue(160_00, [JANUARY], 100_00)


def test_months_paid_in_advance_ask_nothing(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, FEBRUARY, MARCH)
    assert due_of(savers, "Prani", date(2026, 3, 5)) == PledgeDue(0, [], 100_00)
    assert due_of(savers, "Prani", date(2026, 4, 5)) == PledgeDue(100_00, [], 100_00)


def test_a_reversed_receipt_leaves_its_months_unpaid(savers):
    savers.vow("Prani", 100_00)
    entry = savers.pay("Prani", date(2026, 1, 5), JANUARY)
    savers.void(entry)
    assert due_of(savers, "Prani", date(2026, 2, 5)) == PledgeDue(200_00, [JANUARY], 100_00)
    assert last_paid_month(savers["Prani"]) is None


def test_months_owed_before_the_books_are_those_of_a_vow_that_began_before_them(savers):
    assert savers.group.first_year_starts_on == JANUARY
    savers.vow("Prani", 100_00, starts_on=date(2025, 11, 1))
    owed = [date(2025, 11, 1), DECEMBER_BEFORE]
    assert due_of(savers, "Prani", date(2026, 1, 5)) == PledgeDue(300_00, owed, 100_00)


def test_nothing_is_owed_before_the_admission(savers):
    Member.objects.filter(pk=savers["Prani"].pk).update(admitted_on=date(2026, 3, 20))
    savers.vow("Prani", 100_00)
    assert due_of(savers, "Prani", date(2026, 4, 5)) == PledgeDue(200_00, [MARCH], 100_00)


def test_nothing_is_owed_before_the_vow(savers):
    savers.vow("Prani", 100_00, starts_on=MARCH)
    assert due_of(savers, "Prani", date(2026, 2, 5)) == PledgeDue(0, [], 0)


def test_a_changed_vow_asks_each_month_for_its_own_amount(savers):
    savers.vow("Prani", 100_00)
    savers.vow("Prani", 200_00, starts_on=MARCH)
    assert due_of(savers, "Prani", date(2026, 3, 5)) == PledgeDue(400_00, [JANUARY, FEBRUARY], 200_00)
    assert current_pledges(savers.group, date(2026, 2, 5))[savers["Prani"].pk] == 100_00


def test_a_resting_vow_asks_nothing(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    savers.vow("Prani", 0, starts_on=FEBRUARY)
    assert due_of(savers, "Prani", date(2026, 5, 5)) == PledgeDue(0, [], 0)


def test_owed_months_pass_over_the_turn_of_the_year(savers):
    savers.group.first_year_starts_on = date(2025, 1, 1)
    savers.group.save()
    savers.vow("Prani", 100_00, starts_on=DECEMBER_BEFORE)
    assert due_of(savers, "Prani", date(2026, 1, 5)) == PledgeDue(200_00, [DECEMBER_BEFORE], 100_00)


def test_who_has_left_or_has_no_vow_is_not_asked(savers):
    savers.vow("Prani", 100_00)
    due = pledge_due(savers.group, date(2026, 1, 5))
    assert set(due) == {savers["Prani"].pk}
    Member.objects.filter(pk=savers["Prani"].pk).update(status="resigned", left_on=date(2026, 1, 4))
    assert pledge_due(savers.group, date(2026, 1, 5)) == {}


def test_another_group_is_never_asked(savers):
    savers.vow("Prani", 100_00)
    assert pledge_due(savers.village.neighbour.group, date(2026, 1, 5)) == {}


def test_open_months_are_those_owed_this_one_and_those_to_come(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 2, 5), FEBRUARY)
    savers.pay("Kasem", date(2026, 2, 5), MARCH, satang=30_00)
    months = open_pledge_months(savers.group, date(2026, 2, 5), ahead=2)[savers["Kasem"].pk]
    assert [(month.month, month.rest) for month in months] == [(JANUARY, 100_00), (MARCH, 70_00), (APRIL, 100_00)]


def test_open_months_can_be_asked_of_one_member(savers):
    savers.vow("Kasem", 100_00)
    savers.vow("Prani", 100_00)
    assert set(open_pledge_months(savers.group, JANUARY, members=[savers["Prani"].pk])) == {savers["Prani"].pk}


def test_due_takes_the_same_number_of_queries_for_any_number_of_members(savers):
    def count_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            pledge_due(savers.group, date(2026, 6, 5))
        return len(captured)

    savers.vow("Prani", 100_00)
    few = count_queries()
    members = savers.village.add_members(200)
    PledgePeriod.objects.bulk_create(
        PledgePeriod(group=savers.group, member=member, satang=100_00, starts_on=JANUARY) for member in members
    )
    assert count_queries() == few <= 4
    assert len(pledge_due(savers.group, date(2026, 6, 5))) == 201


def test_a_month_paid_by_two_receipts_is_paid(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 1, 5), JANUARY, satang=40_00)
    savers.pay("Kasem", date(2026, 2, 5), JANUARY, satang=60_00)
    assert due_of(savers, "Kasem", date(2026, 2, 5)) == PledgeDue(100_00, [], 100_00)


def test_a_month_paid_twice_the_same_part_is_no_two_months(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 1, 5), JANUARY, satang=50_00)
    savers.pay("Kasem", date(2026, 2, 5), JANUARY, MARCH, satang=50_00)
    assert due_of(savers, "Kasem", date(2026, 3, 5)) == PledgeDue(150_00, [FEBRUARY], 100_00)
