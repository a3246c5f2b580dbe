"""Forged reversals and corrections of a closed year."""

from datetime import date

from funds.models import Entry
from tests.funds.conftest import FEBRUARY_5, WICHAI, Books
from tests.funds.forge import (
    Forgery,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, CASH_OUT, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("reverses_nothing")
def reversal_of_nothing(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="reversal")


@case("reverses_not")
def receipt_that_reverses(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, reverses=books.receive())


@case("not_mirrored")
def reversal_that_mirrors_another_amount(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="reversal", reverses=books.receive(200_00))


@case("not_mirrored")
def reversal_that_mirrors_another_member(books: Books, others: Books) -> Forgery:
    moves = (("O2100", "0002", 200_00), ("O1100", "", -200_00))
    return forge(books, *moves, kind="reversal", reverses=books.receive(200_00))


@case("reversed_already|entry_reversed_once")
def reversed_twice(books: Books, others: Books) -> Forgery:
    entry = books.receive(200_00)
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    forge(books, *moves, kind="reversal", reverses=entry).write()
    return forge(books, *moves, kind="reversal", reverses=entry)


@case("irreversible")
def reversal_of_a_close(books: Books, others: Books) -> Forgery:
    close = books.close()
    return forge(books, ("O1200", "", 1), ("O4300", "", -1), kind="reversal", reverses=close)


@case("reverses_unknown")
def reversal_of_another_groups_entry(books: Books, others: Books) -> Forgery:
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    return forge(books, *moves, kind="reversal", reverses=others.receive(200_00))


def _income_of_a_closed_year(books: Books) -> Entry:
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    books.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=date(2026, 1, 31), ok=[WICHAI])
    return entry


@case("closed_year_result")
def income_of_a_closed_year_reversed(books: Books, others: Books) -> Forgery:
    entry = _income_of_a_closed_year(books)
    return forge(books, ("O4300", "", 30_00), ("O1200", "", -30_00), kind="reversal", reverses=entry, on=FEBRUARY_5)


@case("closed_year_result")
def prior_year_of_an_open_year(books: Books, others: Books) -> Forgery:
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    return forge(books, ("O3900", "", 30_00), ("O1200", "", -30_00), kind="prior_year", reverses=entry)


@case("not_mirrored")
def prior_year_against_the_reserve(books: Books, others: Books) -> Forgery:
    entry = _income_of_a_closed_year(books)
    return forge(books, ("O3100", "", 30_00), ("O1200", "", -30_00), kind="prior_year", reverses=entry, on=FEBRUARY_5)


@case("prior_year_result")
def prior_year_booked_as_income(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 30_00), ("O4300", "", -30_00), kind="prior_year")
