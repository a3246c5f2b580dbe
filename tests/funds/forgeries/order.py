"""Forged entries out of their place in the chain, in time or in the year."""

from datetime import date, timedelta

from django.utils import timezone

from tests.funds.conftest import FEBRUARY_5, Books
from tests.funds.forge import (
    Forgery,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, DECEMBER_31, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("number_gap|locked_through|number_form")
def number_gap(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    for row in (forgery.entry, *forgery.postings):
        row["id" if "id" in row else "entry_id"] += 1
    forgery.entry["n"] += 1
    return forgery


@case("entry_id_is_group_and_number|number_gap|entry_number_once|number_form")
def id_of_another_number(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.entry["n"] += 5
    return forgery


@case("wrong_prev")
def wrong_previous_hash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, prev="f" * 64)


@case("hash_form")
def hash_that_is_none(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, hash="not a hash")


@case("recorded_earlier")
def recorded_before_the_entry_before(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, recorded_at="2026-01-06 00:00:00")


@case("date_form")
def recorded_with_microseconds(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.entry["recorded_at"] += ".500000"
    return forgery


@case("future_date")
def dated_tomorrow(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, on=timezone.localdate() + timedelta(days=1))


@case("period_locked")
def dated_in_a_closed_year(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 1), ("O4300", "", -1), on=DECEMBER_31)


@case("locked_through")
def lock_taken_back(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, locked_through=date(2020, 1, 1))


@case("locked_through")
def year_close_that_does_not_lock(books: Books, others: Books) -> Forgery:
    return forge(books, kind="year_close", on=FEBRUARY_5, locked_through=DECEMBER_31)


@case("entry_number|number_form|entry_id|number_gap")
def negative_number(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    for row in (forgery.entry, *forgery.postings):
        row["id" if "id" in row else "entry_id"] -= 10
    forgery.entry["n"] -= 10
    return forgery


@case("operation_used|entry_operation_once")
def operation_used_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, operation=books.receive().operation)
