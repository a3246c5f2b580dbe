"""Forged entries by one person, or by a person who hides."""

from tests.funds.conftest import ANONG, SOMPORN, WICHAI, Books
from tests.funds.forge import (
    Forgery,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, CASH_OUT, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("entry_maker_not_approver|maker_approves")
def maker_among_the_approvers(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{ANONG},{SOMPORN},{WICHAI}")


@case("people_form")
def maker_hidden_among_the_approvers_by_a_blank(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=f"{SOMPORN} ")


@case("people_form")
def maker_hidden_among_the_approvers_by_capitals(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=SOMPORN.upper())


@case("people_form")
def approval_by_nobody_between_commas(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers=",")


@case("people_form")
def approver_who_is_a_dash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers="-")


@case("people_form")
def one_approver_counted_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{WICHAI},{WICHAI}")


@case("people_form")
def approvers_out_of_order(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{WICHAI},{ANONG}")


@case("people_form")
def approvers_parted_by_blanks(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, approvers=f"{ANONG}, {WICHAI}")


@case("people_form")
def maker_with_a_line_break(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, maker=f"{SOMPORN}\n")


@case("hash_form")
def words_hashed_by_no_hash(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, memo_hash="F" * 64)


@case("second_person")
def withdrawal_by_one_person(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="withdrawal", approvers="")


@case("second_person")
def money_out_under_another_name(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="income", approvers="")
