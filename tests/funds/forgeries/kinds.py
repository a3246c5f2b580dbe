"""Forged kinds, and money that crosses between the pools."""

from tests.funds.conftest import FEBRUARY_5, Books
from tests.funds.forge import (
    Forgery,
    forge,
)
from tests.funds.forgeries.registry import CASH_IN, CASH_OUT, Case, registered_in

CASES: dict[str, tuple[Case, str]] = {}
case = registered_in(CASES)


@case("unknown_kind")
def kind_from_paper_twice(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="paper_paper_receipt", approvers="")


@case("unknown_kind|second_person")
def kind_that_only_looks_as_from_paper(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_OUT, kind="paperxwithdrawal", approvers="")


@case("unknown_kind")
def kind_that_nobody_knows(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="gift")


@case("opened_already")
def second_opening(books: Books, others: Books) -> Forgery:
    return forge(books, *CASH_IN, kind="paper_opening", on=FEBRUARY_5)


@case("pools_crossed")
def cash_moved_between_the_pools(books: Books, others: Books) -> Forgery:
    moves = (("O3900", "", 10_00), ("O1100", "", -10_00), ("A1100", "", 10_00), ("A3100", "", -10_00))
    return forge(books, *moves, kind="expense")


@case("pools_crossed")
def debt_between_the_pools_by_a_receipt(books: Books, others: Books) -> Forgery:
    return forge(books, ("O1900", "", 10_00), ("O3900", "", -10_00), ("A3100", "", 10_00), ("A2900", "", -10_00))


def _crossing(giver: str, taker: str) -> tuple[tuple[str, str, int], ...]:
    """Money of one pool falls, that of the other rises; each pool balances by its fund."""
    funds = {"O": "O3900", "A": "A3100"}
    return ((funds[giver[0]], "", 10_00), (giver, "", -10_00), (taker, "", 10_00), (funds[taker[0]], "", -10_00))


@case("pools_crossed")
def bank_moved_to_the_other_pools_cash(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("O1200", "A1100"), kind="withdrawal")


@case("pools_crossed")
def fees_moved_into_the_operating_bank(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("A1100", "O1200"), kind="bank_carry")


@case("pools_crossed")
def crossing_hidden_behind_a_second_place(books: Books, others: Books) -> Forgery:
    moves = (("O1100", "", -30_00), ("O1200", "", 20_00), ("O3900", "", 10_00), ("A1200", "", 10_00))
    return forge(books, *moves, ("A3100", "", -10_00), kind="expense")


@case("pools_crossed")
def operating_pool_owing_by_a_donation(books: Books, others: Books) -> Forgery:
    return forge(books, ("O2900", "", -10_00), ("O3900", "", 10_00), kind="donation")


@case("pools_crossed")
def debt_to_the_administrative_pool_struck_out(books: Books, others: Books) -> Forgery:
    return forge(books, ("A1900", "", -10_00), ("A3100", "", 10_00), kind="expense")


@case("pools_crossed")
def settlement_of_an_advance_that_crosses(books: Books, others: Books) -> Forgery:
    return forge(books, *_crossing("O1100", "A1100"), kind="advance_settled")


@case("unbalanced")
def administrative_cost_from_operating_cash(books: Books, others: Books) -> Forgery:
    return forge(books, ("A5100", "", 10_00), ("O1100", "", -10_00), kind="expense")
