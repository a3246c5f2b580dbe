"""Writes that go past Python, refused by SQL alone; each goes through once the guards are off."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from funds import chain
from funds.accounts import account_for
from funds.errors import PoolPaysForOther, UnknownAccount
from funds.journal import open_book
from funds.models import Entry, Posting
from funds.selectors import head
from tests.funds.conftest import FEBRUARY_5, JANUARY_5, SOMPORN, WICHAI, Books, make_group
from tests.funds.forge import (
    everything_off,
    execute,
    forge,
    forged_account,
    insert,
)
from tests.funds.forgeries import amounts, closes, kinds, order, people, reversals
from tests.funds.forgeries.kinds import _crossing
from tests.funds.forgeries.registry import CASH_IN, CASH_OUT, DECEMBER_31

CASES = amounts.CASES | order.CASES | closes.CASES | people.CASES | kinds.CASES | reversals.CASES


@pytest.mark.parametrize("name", CASES)
def test_forgery_is_refused_by_sql_alone(name: str, books: Books, other_books: Books) -> None:
    make, rule = CASES[name]
    forgery = make(books, other_books)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        forgery.write()


UNIQUE = {"operation_used_twice", "reversed_twice"}  # a unique index refuses these as well, and it stays


@pytest.mark.parametrize("name", [name for name in CASES if name not in UNIQUE])
def test_forgery_goes_through_with_the_guards_off(name: str, books: Books, other_books: Books) -> None:
    forgery = CASES[name][0](books, other_books)
    with everything_off():
        forgery.write()
        assert Entry.objects.filter(pk=forgery.entry["id"]).exists()


def test_honest_writes_in_sql_go_through(books: Books) -> None:
    forge(books, *CASH_IN).write()
    forge(books, *CASH_OUT, kind="withdrawal").write()
    forge(books, *CASH_OUT, kind="paper_withdrawal", approvers="").write()
    forge(books, ("KR1100", "", 100), ("KR3100", "", -100)).write()
    entry = books.receive(200_00, on=FEBRUARY_5)
    moves = (("O2100", "0001", 200_00), ("O1100", "", -200_00))
    forge(books, *moves, kind="reversal", reverses=entry, on=FEBRUARY_5).write()
    assert Entry.objects.filter(group=books.group).count() == 7


@pytest.mark.parametrize("kind", ["pool_advance", "allotment"])
@pytest.mark.parametrize(("giver", "taker"), [("O1100", "A1100"), ("A1200", "O1200"), ("O1200", "A1100")])
def test_the_kinds_that_may_change_the_pool_do_and_so_does_their_reversal(
    kind: str, giver: str, taker: str, books: Books
) -> None:
    moves = _crossing(giver, taker)
    forge(books, *moves, kind=kind).write()
    last = head(books.group)
    assert last is not None
    back = [(code, holder, -satang) for code, holder, satang in moves]
    forge(books, *back, kind="reversal", reverses=last).write()


@pytest.mark.parametrize("code", ["A1300", "A2300", "O4800"])
def test_loans_exist_in_the_operating_pool_alone(code: str, books: Books) -> None:
    with pytest.raises(IntegrityError, match="not_in_chart"), transaction.atomic():
        forged_account(books.group, code)
    with pytest.raises(UnknownAccount) as refused:
        account_for(books.group, code, "1/2569")
    with override("en"):
        assert ("fees, is never lent" in str(refused.value)) == (code == "A1300")


def test_a_pool_that_shall_pay_for_the_other_is_refused_with_the_rules_name(books: Books) -> None:
    with override("en"), pytest.raises(PoolPaysForOther, match="never paid from operating capital"):
        books.post("expense", ("A5100", "", 10_00), ("O1100", "", -10_00), ok=[WICHAI])


def test_an_approver_whose_code_contains_the_makers_is_another_person(books: Books) -> None:
    forge(books, *CASH_IN, approvers=f"{SOMPORN}x,x{SOMPORN}").write()


@pytest.mark.parametrize("extra", [1, 2])
def test_nothing_is_added_to_a_sealed_entry(books: Books, extra: int) -> None:
    entry = books.receive(200_00)
    cash, savings = books.account("O1100"), books.account("O2100", "0001")
    rows = [
        {
            "entry_id": entry.pk,
            "line": 2 + step,
            "group_id": books.group.pk,
            "account_id": (cash, savings)[step - 1].pk,
            "booked_on": JANUARY_5,
            "amount": (5, -5)[step - 1],
        }
        for step in range(1, extra + 1)
    ]
    with pytest.raises(IntegrityError, match=r"sealed|lines"), transaction.atomic():
        execute(insert("funds_posting", *rows))
    with everything_off():
        execute(insert("funds_posting", *rows))
        assert Posting.objects.filter(entry=entry).count() == 2 + extra


def test_receipt_before_the_opening_is_refused(db: None) -> None:
    books = Books(make_group("ban-mai"))
    open_book(group=books.group)
    forgery = forge(books, *CASH_IN)
    with pytest.raises(IntegrityError, match="not_opened"), transaction.atomic():
        forgery.write()
    forge(books, kind="slip_issue").write()
    with everything_off():
        forge(books, *CASH_IN).write()


def test_first_entry_continues_nothing(db: None) -> None:
    books = Books(make_group("ban-mai"))
    with pytest.raises(IntegrityError, match="no_book"), transaction.atomic():
        forge(books, kind="paper_opening", on=DECEMBER_31).write()
    open_book(group=books.group)
    with pytest.raises(IntegrityError, match="wrong_prev"), transaction.atomic():
        forge(books, kind="paper_opening", on=DECEMBER_31, prev="a" * 64).write()
    forge(books, kind="paper_opening", on=DECEMBER_31, prev=chain.NO_HASH).write()
