"""A year's close and something else at once, over real connections. Beside each race stands its control: the book's
lock taken off, the race is lost."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from funds.errors import BooksError
from funds.models import AccountYear, Entry
from funds.selectors import code_balances
from meetings.errors import DateLocked
from meetings.models import Meeting
from meetings.services.meetings import open_meeting
from shareout.errors import BooksMovedSince, ChecklistNotGreen, ClosingWaits
from shareout.models import YearClosing
from shareout.services import closing
from shareout.services.closing import close_year, request_closing
from tests.funds.conftest import Books
from tests.meetings.test_races import race
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
JUNE_5, DECEMBER_30, DECEMBER_31 = date(2026, 6, 5), date(2026, 12, 30), date(2026, 12, 31)
JANUARY_10 = "2027-01-10T03:00:00+00:00"


class YearOver:
    """A village in January whose year 2569 has income and cost, all of it by bank, and waits to be closed."""

    def __init__(self, village: TestVillage) -> None:
        self.village = village
        self.books = Books(self.village.group)
        self.income(900_00, JUNE_5)
        self.books.post("expense", ("O5100", "", 250_00), ("O1200", "bank", -250_00), on=JUNE_5, ok=["second"])
        self.year = AccountYear.objects.get(group=self.village.group, year=2569)
        self.year.group = self.village.group

    def income(self, satang: int, on: date) -> Entry:
        return self.books.post("income", ("O1200", "bank", satang), ("O4300", "", -satang), on=on)

    def ask(self) -> YearClosing:
        return request_closing(year=self.year, operation=uuid4(), by=self.village.treasurer)

    def close(self, asked: YearClosing) -> YearClosing:
        return close_year(closing=YearClosing.objects.get(pk=asked.pk), by=self.village.auditor)

    def meet(self) -> Meeting:
        return open_meeting(
            group=self.village.group, held_on=DECEMBER_30, place="ศาลา", operation=uuid4(), by=self.village.treasurer
        )

    def balance(self, code: str) -> int:
        return code_balances(self.village.group, [code])[code]


@pytest.fixture
def over(village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> Iterator[YearOver]:
    monkeypatch.setattr("shareout.selectors.checklist.BANK", ())  # compared with its book in tests of its own
    with time_machine.travel(JANUARY_10, tick=True):
        yield YearOver(village)


@pytest.fixture
def lock_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "lock_book", lambda group: None)


@pytest.fixture
def between(lock_off: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Without the lock: what is done after the close has looked at the books and before it posts."""
    looked, done = threading.Event(), threading.Event()
    inner = closing.closing_lines

    def wait_for_the_other(balances: Any) -> Any:
        looked.set()
        assert done.wait(30)
        return inner(balances)

    def in_between(act: Callable[[], Any]) -> Callable[[], Any]:
        def late() -> Any:
            assert looked.wait(30)
            try:
                return act()
            finally:
                done.set()

        return late

    monkeypatch.setattr(closing, "closing_lines", wait_for_the_other)
    return in_between


def test_a_close_asked_for_twice_at_once_is_asked_for_once(over):
    results = race(over.ask, over.ask)
    assert sum(isinstance(each, ClosingWaits) for each in results) == 1
    assert YearClosing.objects.count() == 1


def test_a_close_signed_twice_at_once_is_one_close(over):
    asked = over.ask()
    results = race(*[partial(over.close, asked)] * 2)
    assert len({each.entry_id for each in results}) == 1
    assert Entry.objects.filter(group=over.village.group, kind="year_close").count() == 1
    assert over.balance("O3900") == -650_00


def test_control_without_the_lock_the_second_signature_reaches_the_gate_and_is_refused_there(
    over, lock_off, monkeypatch
):
    asked = over.ask()
    monkeypatch.setattr("django.db.models.QuerySet.select_for_update", lambda self, *args, **kwargs: self)
    both, inner = threading.Barrier(2), closing.closing_lines
    monkeypatch.setattr(closing, "closing_lines", lambda balances: (both.wait(30), inner(balances))[1])
    results = race(*[partial(over.close, asked)] * 2)
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert over.balance("O3900") == -650_00


def test_a_late_entry_is_in_the_close_or_refused_never_between(over):
    asked = over.ask()
    closed, booked = race(partial(over.close, asked), partial(over.income, 5_00, DECEMBER_30))
    assert isinstance(closed, BooksMovedSince) != isinstance(booked, BooksError)
    assert over.balance("O4300") == (-905_00 if isinstance(closed, BooksMovedSince) else 0)


def test_control_without_the_lock_a_late_entry_slips_into_a_year_that_is_being_closed(over, between):
    asked = over.ask()
    results = race(partial(over.close, asked), between(partial(over.income, 5_00, DECEMBER_30)))
    assert not any(isinstance(each, Exception) for each in results), results
    assert over.balance("O4300") == -5_00, "income of a closed year that its close did not move"


def test_a_meeting_is_opened_before_the_close_or_not_at_all(over):
    asked = over.ask()
    closed, opened = race(partial(over.close, asked), over.meet)
    assert isinstance(closed, ChecklistNotGreen) != isinstance(opened, DateLocked)
    assert Meeting.objects.exists() == isinstance(closed, ChecklistNotGreen)


def test_control_without_the_lock_a_meeting_stays_open_in_a_closed_year(over, between):
    asked = over.ask()
    results = race(partial(over.close, asked), between(over.meet))
    assert not any(isinstance(each, Exception) for each in results), results
    assert Meeting.objects.get().status == Meeting.Status.OPEN
