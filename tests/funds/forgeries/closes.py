"""Forged closes and declared cash."""

from datetime import date

from tests.funds.conftest import JANUARY_5, Books
from tests.funds.forge import (
    Forgery,
    declared,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("declared_through")
def declaration_taken_back(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, declared_through=date(2020, 1, 1))


@case("declared_account")
def cash_touched_on_a_declared_day(books: Books, others: Books) -> Forgery:
    books.receive(100_00)
    books.close(operating=100_00)
    return forge(books, *CASH_IN, on=JANUARY_5)


@case("declared_already")
def second_close_of_a_day(books: Books, others: Books) -> Forgery:
    books.close()
    return forge(books, kind="meeting_close", declared=declared(0))


@case("declares_not")
def receipt_that_declares_cash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, declared=declared(200_00))


@case("declared_form")
def close_that_declares_nothing(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close")


@case("declared_form")
def close_that_declares_half_a_satang(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 0.5}')


@case("declared_form")
def close_that_declares_words(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": "0", "O1100": 0}')


@case("declared_form")
def close_that_declares_the_bank(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 0, "O1200": 0}')


@case("declared_form")
def close_that_declares_a_list(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='["O1100", "A1100"]')


@case("declared_form")
def close_that_declares_more_than_there_is_money(books: Books, others: Books) -> Forgery:
    return forge(books, kind="meeting_close", declared='{"A1100": 0, "O1100": 99999999999999999999}')
