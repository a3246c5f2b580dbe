"""Forged entries whose postings do not come out."""

from tests.funds.conftest import FEBRUARY_5, Books
from tests.funds.forge import (
    Forgery,
    declared,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("unbalanced")
def sides_differ(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[0]["amount"] += 1
    return forgery


@case("unbalanced")
def balanced_overall_but_not_in_each_pool(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1100", "", 100_00), ("A4100", "", -100_00))


@case("unbalanced")
def paddy_paid_with_money(books: Books, others: Books) -> Forgery:
    return forge(books, ("KR1100", "", 100), ("O4400", "rice", -100))


@case("unbalanced|entry_lines")
def one_leg(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1100", "", 100_00))


@case("posting_not_zero")
def zero_amount(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN, ("O4200", "", 1))
    forgery.postings[2]["amount"] = 0
    return forgery


@case("unknown_account")
def unknown_account(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    return forgery


@case("account_of_other_group")
def account_of_another_group(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = others.account("O2100", "0001").pk
    return forgery


@case("posting_of_other_group")
def posting_says_another_group(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["group_id"] = others.group.pk
    return forgery


@case("posting_of_other_day")
def posting_says_another_day(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["booked_on"] = FEBRUARY_5
    return forgery


@case("needs_postings")
def receipt_without_postings(books: Books, others: Books) -> Forgery:
    return forge(books)


@case("takes_no_postings")
def close_with_postings(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1200", "", 1), ("O2100", "0001", -1), kind="meeting_close", declared=declared(0))


@case("takes_no_postings")
def decision_with_postings(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="slip_issue")


@case("lines")
def fewer_postings_than_declared(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, lines=3)


@case("lines")
def more_postings_than_declared(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, *CASH_IN, lines=2)


@case("lines")
def lines_not_counted_from_one(books: Books, others: Books) -> Forgery:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["line"] = 3
    return forgery
