"""Several at once over real connections. Beside each race stands its control: the guard taken off, the race is lost."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from funds.models import Entry
from meetings.errors import MeetingClosed, MeetingError, RowChanged
from meetings.guards import drop_guards, install_guards
from meetings.models import Meeting, SheetRow
from meetings.services import closing, locks, rows
from meetings.services.rows import save_row
from tests.meetings.evening import Evening, evening_with_pledges, typed
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evening(village: TestVillage):
    return evening_with_pledges(village)


@pytest.fixture
def unguarded(evening):
    """Without the triggers that keep a closed meeting; after the test they stand again."""
    drop_guards(connection)
    yield
    install_guards(connection)


def race(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at once, each on a connection of its own; what each returned, or the exception it ended with."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[place] = act()
        except Exception as error:  # noqa: BLE001 - what came out of a race is what is looked at
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def unlocked(meeting: Meeting) -> Meeting:
    """The same read without the lock: the guard taken off."""
    found = Meeting.objects.get(pk=meeting.pk)
    found.group = meeting.group
    return found


@pytest.fixture
def guard_off(monkeypatch):
    monkeypatch.setattr(locks, "lock_meeting", unlocked)
    monkeypatch.setattr(closing, "lock_meeting", unlocked)
    monkeypatch.setattr(closing, "lock_book", lambda group: None)


@pytest.fixture
def crowd(monkeypatch):
    """How many closes were planning at the same moment, at most."""
    seen = {"now": 0, "most": 0}
    guard = threading.Lock()
    plan = closing.plan_close

    def slow_plan(*args, **kwargs):
        with guard:
            seen["now"] += 1
            seen["most"] = max(seen["most"], seen["now"])
        time.sleep(0.2)
        with guard:
            seen["now"] -= 1
        return plan(*args, **kwargs)

    monkeypatch.setattr(closing, "plan_close", slow_plan)
    return seen


def closes(evening: Evening, count: int, *, same: bool) -> list[Callable[[], Meeting]]:
    operation, fingerprint = evening.sign()
    operations = [operation if same else uuid4() for _ in range(count)]
    return [partial(evening.close, each, fingerprint) for each in operations]


def batches(evening: Evening) -> int:
    return Entry.objects.filter(group=evening.village.group, kind="meeting_close").count()


def test_two_closes_at_once_post_one_batch(evening, crowd):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    acts = closes(evening, 2, same=False)
    crowd["most"] = 0
    results = race(*acts)
    assert crowd["most"] == 1
    assert sorted(type(result) for result in results if not isinstance(result, Meeting)) == [MeetingClosed]
    assert batches(evening) == 1


def test_control_without_the_locks_both_closes_get_past_the_check(evening, crowd, guard_off):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    acts = closes(evening, 2, same=False)
    crowd["most"] = 0
    race(*acts)
    assert crowd["most"] == 2


def test_the_same_close_form_twenty_times_at_once_posts_once(evening):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    results = race(*closes(evening, 20, same=True))
    assert {result.close_entry_id for result in results} == {Meeting.objects.get().close_entry_id}
    assert batches(evening) == 1


def test_control_without_the_locks_the_same_form_is_refused_instead_of_answered(evening, crowd, guard_off):
    evening.receive("Prani", pledge=200_00)
    evening.count()
    results = race(*closes(evening, 8, same=True))
    assert [result for result in results if isinstance(result, Exception)]


@pytest.fixture
def slow_save(monkeypatch):
    """A save that dawdles between reading the meeting and writing the line."""
    reading = threading.Event()
    months = rows._months

    def slow(*args):
        reading.set()
        time.sleep(1.0)
        return months(*args)

    monkeypatch.setattr(rows, "_months", slow)
    return reading


def late_row(evening: Evening) -> Callable[[], SheetRow]:
    member = evening.village.member("Somchai")
    return lambda: save_row(
        meeting=evening.meeting, member=member, row=typed(pledge=500_00), by=evening.village.treasurer
    )


def close_once_reading(evening: Evening, reading: threading.Event) -> Callable[[], Meeting]:
    def act() -> Meeting:
        reading.wait(10)
        return evening.finish()

    return act


def test_a_late_line_is_in_the_batch_that_closes_or_refused(evening, slow_save):
    saved, closed = race(late_row(evening), close_once_reading(evening, slow_save))
    assert isinstance(closed, Meeting)
    assert isinstance(saved, SheetRow | MeetingError)
    assert SheetRow.objects.filter(received=True, entry__isnull=True).count() == 0
    assert closed.counts.get().expected_satang == sum(row.total_satang for row in SheetRow.objects.all())


def test_control_without_lock_and_guards_a_late_line_falls_between(evening, slow_save, unguarded, monkeypatch):
    monkeypatch.setattr(locks, "lock_meeting", unlocked)
    monkeypatch.setattr(closing, "_note_absent", lambda *args, **kwargs: None)
    race(late_row(evening), close_once_reading(evening, slow_save))
    assert SheetRow.objects.filter(received=True, entry__isnull=True).count() == 1


def save(evening: Evening, **fields: Any) -> Callable[[], SheetRow]:
    member = evening.village.member("Prani")
    return lambda: save_row(meeting=evening.meeting, member=member, row=typed(**fields), by=evening.village.treasurer)


def test_the_same_line_twenty_times_at_once_is_one_line(evening):
    operation = uuid4()
    results = race(*[save(evening, operation=operation, pledge=200_00) for _ in range(20)])
    assert {(result.pk, result.version) for result in results} == {(SheetRow.objects.get().pk, 1)}


def test_control_without_the_lock_the_same_line_breaks_instead_of_being_answered(evening, slow_save, monkeypatch):
    monkeypatch.setattr(locks, "lock_meeting", unlocked)
    operation = uuid4()
    results = race(*[save(evening, operation=operation, pledge=200_00) for _ in range(4)])
    assert [result for result in results if isinstance(result, IntegrityError)]


def test_the_same_operation_with_other_content_is_a_conflict_for_all_but_one(evening):
    operation = uuid4()
    results = race(*[save(evening, operation=operation, pledge=baht * 100) for baht in range(101, 121)])
    assert sum(isinstance(result, SheetRow) for result in results) == 1
    assert sum(isinstance(result, RowChanged) for result in results) == 19


def test_control_without_the_lock_other_content_is_no_orderly_conflict(evening, slow_save, monkeypatch):
    monkeypatch.setattr(locks, "lock_meeting", unlocked)
    operation = uuid4()
    results = race(*[save(evening, operation=operation, pledge=baht * 100) for baht in range(101, 105)])
    assert sum(isinstance(result, RowChanged) for result in results) < 3
