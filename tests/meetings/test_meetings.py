"""Opening a meeting: one at a time, after everything closed, never ahead of its day."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from meetings.cash import CashPosition, PoolCash
from meetings.errors import (
    BooksNotOpened,
    DateInFuture,
    DateLocked,
    MeetingAlreadyOpen,
    MeetingClosed,
    MeetingNotCounting,
    NumberTaken,
    OperationTaken,
)
from meetings.models import Meeting
from meetings.plan import declared_cash
from meetings.selectors.cash import cash_position
from meetings.selectors.meetings import first_day, next_number, proposed_day, year_of
from meetings.services.counts import record_count
from meetings.services.meetings import open_meeting, resume_entering
from members.models import SavingsGroup
from tests.meetings.evening import Evening


def test_the_opening_cash_is_what_the_last_close_declared(evening):
    evening.receive("Prani", pledge=200_00, fee=40_00)
    closed = evening.finish(off_by=3_00, reason="เกิน")
    later = Evening(evening.village, held_on=date(2026, 11, 6))
    position = cash_position(later.meeting)
    assert position.opening == sum(closed.close_entry.declared.values()) == 243_00
    assert position.administrative.opening == 40_00


def test_one_meeting_is_open_at_a_time(evening):
    with pytest.raises(MeetingAlreadyOpen):
        evening.open(date(2026, 11, 6))


def test_the_database_itself_refuses_a_second_open_meeting(evening):
    twin = {"group": evening.village.group, "year": 2569, "number": 9, "held_on": date(2026, 11, 6)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(operation=uuid4(), opened_at=evening.meeting.opened_at, **twin)


def test_a_meeting_is_not_opened_ahead_of_its_day(evening):
    evening.finish()
    with time_machine.travel("2026-11-10 10:00+07:00", tick=False), pytest.raises(DateInFuture):
        evening.open(date(2026, 11, 11))


@pytest.mark.parametrize("day", [date(2026, 11, 5), date(2026, 11, 4), date(2025, 12, 31)])
def test_a_day_whose_cash_is_declared_takes_no_meeting(evening, day):
    evening.finish()
    with pytest.raises(DateLocked):
        evening.open(day)


def test_a_group_without_opened_books_holds_no_meeting(village):
    group = SavingsGroup.objects.create(
        code="new", name="ใหม่", village=village.group.village, first_year_starts_on=date(2026, 1, 1)
    )
    from funds.journal import open_book

    open_book(group=group)
    with pytest.raises(BooksNotOpened):
        open_meeting(group=group, held_on=date(2026, 11, 5), place="", operation=uuid4(), by=village.treasurer)


def test_numbers_count_within_the_account_year(evening):
    evening.finish()
    assert next_number(evening.village.group, 2569) == 2
    assert next_number(evening.village.group, 2570) == 1
    with pytest.raises(NumberTaken):
        evening.open(date(2026, 11, 6), number=1)


def test_an_account_year_that_begins_in_april_names_its_meetings_so(village):
    assert year_of(village.group, date(2026, 3, 31)) == 2569
    village.group.first_year_starts_on = date(2025, 4, 1)
    assert [year_of(village.group, on) for on in (date(2026, 3, 31), date(2026, 4, 1))] == [2568, 2569]


def test_the_same_opening_form_opens_once(evening):
    evening.finish()
    operation = uuid4()
    first = evening.open(date(2026, 11, 6), operation=operation)
    assert evening.open(date(2026, 11, 6), operation=operation) == first
    with pytest.raises(OperationTaken):
        evening.open(date(2026, 11, 7), operation=operation)


def test_the_form_proposes_the_usual_day_if_it_is_still_free(evening):
    with time_machine.travel("2026-11-20 10:00+07:00", tick=False):
        assert proposed_day(evening.village.group) == date(2026, 11, 5)
        evening.finish()
        assert first_day(evening.village.group) == date(2026, 11, 6)
        assert proposed_day(evening.village.group) == date(2026, 11, 20)


def test_cash_is_counted_after_the_entering_only(evening):
    with pytest.raises(MeetingNotCounting):
        record_count(meeting=evening.meeting, pieces={1_00: 1}, operation=uuid4(), by=evening.village.treasurer)


def test_going_back_to_entering_sets_the_count_aside(evening):
    made = evening.count()
    resume_entering(meeting=evening.meeting, by=evening.village.treasurer)
    made.refresh_from_db()
    assert made.set_aside_at is not None


def test_a_closed_meeting_is_not_opened_again(evening):
    evening.finish()
    with pytest.raises(MeetingClosed):
        resume_entering(meeting=evening.meeting, by=evening.village.treasurer)


def test_cash_of_a_later_day_is_counted_but_not_declared_for_this_one():
    position = CashPosition(PoolCash(opening=100, received=50), PoolCash(opening=30))
    declared = declared_cash(position, counted=190, later_operating=20, later_administrative=5)
    assert declared == {"A1100": 25, "O1100": 140}


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "closed"},
        {"status": "strange"},
        {"number": 0},
        {"year": 26},
    ],
)
def test_the_database_itself_refuses_a_meeting_that_cannot_be(evening, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=evening.meeting.pk).update(**broken)


def test_the_database_itself_refuses_one_person_closing_alone(evening):
    closed = evening.finish()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=closed.pk).update(verified_by=closed.closed_by)
