"""Several at once over real connections. Beside each race stands its control: the lock taken off, the race is lost."""

import time
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Sum

from loans.models import Guarantee, LoanApplication
from loans.selectors.cover import pledge_savings_of
from loans.services import applications, guarantors
from loans.services.guarantors import confirm_guarantee
from tests.loans.applying import ask, found, member, name_, open_product, write
from tests.loans.cast import Lending
from tests.meetings.test_races import race

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(village):
    """Boonmee's 10,000 baht are asked to secure 7,000 for Somchai and 7,000 for Prani."""
    lending = Lending(village)
    for name in ("Somchai", "Boonmee", "Prani"):
        lending.save(name, 10_000_00)
    lending.kind = open_product(lending)
    lending.words = []
    for borrower in ("Somchai", "Prani"):
        row = ask(lending, lending.kind, borrower, 24_000_00)
        lending.words.append(name_(lending, row, "Boonmee"))
    return lending


@pytest.fixture
def lock_off(monkeypatch):
    """Without the book's lock, and with time to pass between looking at what is free and promising it."""
    for module in (guarantors, applications):
        monkeypatch.setattr(module, "lock_book", lambda group: None)
    free = guarantors.free_savings_of

    def slow(*args, **kwargs):
        answer = free(*args, **kwargs)
        time.sleep(0.4)
        return answer

    monkeypatch.setattr(guarantors, "free_savings_of", slow)


def give(asked, word):
    fresh = Guarantee.objects.select_related("application__group", "application__member", "member").get(pk=word.pk)
    return confirm_guarantee(guarantee=fresh, way="paper", by=asked.village.secretary)


def promised():
    return Guarantee.objects.filter(confirmed_at__isnull=False).aggregate(total=Sum("satang", default=0))["total"]


def test_two_guarantees_from_one_guarantors_cover_leave_one(asked):
    results = race(*(partial(give, asked, word) for word in asked.words))
    assert sum(isinstance(each, guarantors.CoverTooSmall) for each in results) == 1
    assert promised() == 7_000_00


def test_control_without_the_lock_more_is_promised_than_was_saved(asked, lock_off):
    race(*(partial(give, asked, word) for word in asked.words))
    boonmee = member(asked, "Boonmee")
    assert promised() == 14_000_00 > pledge_savings_of(asked.group, [boonmee])[boonmee.pk]


def test_a_double_click_writes_one_application_and_all_are_answered(asked):
    operation = uuid4()
    results = race(*[partial(write, asked, asked.kind, satang=1_000_00, operation=operation)] * 4)
    assert {row.pk for row in results} == {results[0].pk}


def test_two_officers_writing_at_once_get_two_numbers(asked):
    results = race(*(partial(write, asked, asked.kind, name, 1_000_00) for name in ("Somchai", "Prani", "Boonmee")))
    assert sorted(row.number for row in results) == [3, 4, 5]


def test_control_without_the_lock_numbers_collide(asked, lock_off, monkeypatch):
    greatest = applications.Max

    def slow(*args, **kwargs):
        time.sleep(0.2)
        return greatest(*args, **kwargs)

    monkeypatch.setattr(applications, "Max", slow)
    monkeypatch.setattr(applications.timezone, "localdate", pause(applications.timezone.localdate))
    results = race(*(partial(write, asked, asked.kind, name, 1_000_00) for name in ("Somchai", "Prani", "Boonmee")))
    assert any(isinstance(each, Exception) for each in results)


def pause(act):
    def slow(*args, **kwargs):
        time.sleep(0.2)
        return act(*args, **kwargs)

    return slow


def test_handed_in_at_once_two_applications_do_not_pass_the_limit_together(asked):
    rows = [write(asked, asked.kind, "Boonmee", 20_000_00) for _ in range(2)]
    acts = [
        partial(applications.submit_application, application=found(asked, row), by=asked.village.treasurer)
        for row in rows
    ]
    results = race(*acts)
    assert sum(isinstance(each, applications.MoreThanAllowed) for each in results) == 1
    assert LoanApplication.objects.filter(member=asked["Boonmee"], status="submitted").count() == 1


def test_control_without_the_lock_both_are_handed_in(asked, lock_off, monkeypatch):
    monkeypatch.setattr(applications, "may_borrow", pause(applications.may_borrow))
    rows = [write(asked, asked.kind, "Boonmee", 20_000_00) for _ in range(2)]
    acts = [
        partial(applications.submit_application, application=found(asked, row), by=asked.village.treasurer)
        for row in rows
    ]
    race(*acts)
    assert LoanApplication.objects.filter(member=asked["Boonmee"], status="submitted").count() == 2
