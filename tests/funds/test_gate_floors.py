"""What may not fall below: balances, held money, counted cash, closed years."""

from datetime import date

import pytest

from funds import errors
from funds.selectors import available
from funds.services import place_hold, release_hold
from tests.funds.conftest import FEBRUARY_5, JANUARY_5, SOMPORN, WICHAI, Books
from tests.funds.test_gate import IN


def test_floors_are_checked_in_the_order_of_the_batch(books: Books) -> None:
    pay = books.draft("resignation", ("O2100", "0001", 200_00), ("O1100", "", -200_00), ok=[WICHAI])
    receive = books.draft("receipt", *IN)
    with pytest.raises(errors.InsufficientFunds):
        books.post_all(pay, receive)
    assert len(books.post_all(receive, pay)) == 2


def test_floors_count_what_is_dated_later_too(books: Books) -> None:
    books.receive(200_00, on=JANUARY_5)
    books.pay_back(200_00, on=FEBRUARY_5)
    with pytest.raises(errors.InsufficientFunds):
        books.pay_back(1, on=date(2026, 1, 20))


def test_held_money_stays(books: Books) -> None:
    books.receive(200_00)
    savings = books.account("O2100", "0001")
    hold = place_hold(account=savings, satang=150_00, reason="guarantee", by=SOMPORN)
    assert available(savings) == 50_00
    with pytest.raises(errors.InsufficientFunds):
        books.pay_back(50_01)
    books.pay_back(50_00)
    release_hold(hold=hold, by=SOMPORN)
    books.pay_back(150_00)
    with pytest.raises(errors.HoldReleased):
        release_hold(hold=hold, by=SOMPORN)


def test_no_more_is_held_than_is_there(books: Books) -> None:
    books.receive(200_00)
    savings = books.account("O2100", "0001")
    place_hold(account=savings, satang=150_00, reason="guarantee", by=SOMPORN)
    with pytest.raises(errors.InsufficientFunds):
        place_hold(account=savings, satang=50_01, reason="withdrawal", by=SOMPORN)


def test_money_may_still_come_to_a_balance_below_its_holds(books: Books) -> None:
    books.receive(200_00)
    place_hold(account=books.account("O1100"), satang=200_00, reason="payment", by=SOMPORN)
    assert books.receive(5)


def test_counted_cash_stays_as_declared(books: Books) -> None:
    books.receive(200_00)
    books.close(operating=200_00)
    with pytest.raises(errors.DeclaredAccountTouched):
        books.receive(on=JANUARY_5)
    assert books.post("income", ("O1200", "", 5), ("O4300", "", -5), on=JANUARY_5)
    assert books.receive(on=date(2026, 1, 6))


def test_what_is_counted_is_what_the_books_say(books: Books) -> None:
    books.receive(200_00)
    with pytest.raises(errors.DeclarationWrong):
        books.close(operating=199_00)
    books.receive(300_00, on=FEBRUARY_5)
    assert books.close(operating=200_00).declared == {"O1100": 200_00, "A1100": 0}


def test_a_closed_year_takes_nothing(books: Books) -> None:
    books.post("year_close", on=date(2026, 1, 31), ok=[WICHAI])
    with pytest.raises(errors.PeriodLocked):
        books.post("income", ("O1200", "", 5), ("O4300", "", -5), on=date(2026, 1, 31))
    assert books.receive(on=date(2026, 2, 1)).locked_through == date(2026, 1, 31)
