"""The rice bank: kilograms beside the baht, with the same gate; two people for what leaves; interest in kind."""

from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from funds.activity_errors import (
    AboveKindLimit,
    DifferenceUnexplained,
    NotABorrower,
    OwnStockTooSmall,
    ReturnTooMuch,
    TermsMissing,
)
from funds.errors import InsufficientStock, PeopleNotApart, Unbalanced
from funds.guards import drop_guards, install_guards
from funds.models import KindTerms
from funds.selectors.activities import barn_of, kept_for, loan_row, terms_listed
from funds.services.activities import set_kind_terms
from funds.services.acts import approve_act
from members import cosign
from members.services import record_resolution
from reports.verification import damage_of
from tests.funds.activities import BANK, MARCH_1, MARCH_5, MARCH_6, Work, give_cash, open_rice_bank, posted
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.village import TestVillage

KG = 1_000


@pytest.fixture
def bank(village: TestVillage) -> Work:
    return open_rice_bank(village.group, village.treasurer, village.chair)


def test_twelve_kilograms_come_back_for_ten(bank: Work, village: TestVillage) -> None:
    act = bank.lend(village.member("Prani"), 10 * KG)
    loan = act.made_loan
    assert loan is not None
    assert (loan.number, loan.grams, loan.interest_grams) == ("1/2569", 10 * KG, 2 * KG)
    assert_ledger_row("paddy is lent", posted(act))
    assert_entry(posted(act), debits=[("KR1300", "1/2569", 10 * KG)], credits=[("KR1100", 10 * KG)])
    first = bank.do("kind_return", 5 * KG, loan=loan)
    assert_entry(posted(first), debits=[("KR1100", 5 * KG)], credits=[("KR4100", 2 * KG), ("KR1300", "1/2569", 3 * KG)])
    assert loan_row(bank.activity, loan).owed == 7 * KG
    with pytest.raises(ReturnTooMuch):
        bank.do("kind_return", 7 * KG + 1, loan=loan)
    bank.do("kind_return", 7 * KG, loan=loan)
    assert loan_row(bank.activity, loan).owed == 0
    assert barn_of(bank.activity).own == 1_002 * KG
    assert list(damage_of(bank.group)) == []


def test_who_signs_reads_kilograms_in_the_own_language(bank: Work, village: TestVillage) -> None:
    with translation.override("en"):
        act = bank.ask("kind_loan", 10 * KG, member=village.member("Prani"), due_on=MARCH_6)
        assert act.signature is not None
        read = dict(cosign.shown_lines(act.signature))
        assert (read["Quantity"], read["Interest in kind"]) == ("10 kg", "2 kg")
    with translation.override("th"):
        assert "10 กก." in dict(cosign.shown_lines(act.signature)).values()
        assert posted(approve_act(act=act, by=bank.ok)).kind == "in_kind_loan"


def test_a_loan_waits_for_a_second_officer_and_holds_the_paddy(bank: Work, village: TestVillage) -> None:
    bank.do("kind_loss", 700 * KG, reason="หนู")
    act = bank.ask("kind_loan", 200 * KG, member=village.member("Prani"), due_on=MARCH_6)
    with pytest.raises(InsufficientStock) as refused:
        bank.lend(village.member("Kasem"), 101 * KG)
    assert "100" in str(refused.value.message)
    assert "baht" not in str(refused.value.message)
    approve_act(act=act, by=bank.ok)
    assert barn_of(bank.activity).stored == 100 * KG


def test_no_member_owes_more_than_the_limit(bank: Work, village: TestVillage) -> None:
    bank.lend(village.member("Prani"), 400 * KG)
    with pytest.raises(AboveKindLimit):
        bank.lend(village.member("Prani"), 100 * KG + 1)
    bank.lend(village.member("Prani"), 100 * KG)


def test_nothing_is_lent_without_terms_or_to_who_has_left(bank: Work, village: TestVillage) -> None:
    with pytest.raises(NotABorrower):
        bank.lend(village.member("Dam"), KG)
    drop_guards(connection)
    KindTerms.objects.all().delete()
    connection.check_constraints()  # PostgreSQL alters no table while references wait to be checked
    install_guards(connection)
    with pytest.raises(TermsMissing):
        bank.lend(village.member("Prani"), KG)


def test_an_officer_does_not_lend_to_themselves(bank: Work, village: TestVillage) -> None:
    with pytest.raises(PeopleNotApart):
        bank.lend(village.member("Somporn"), KG)
    with pytest.raises(PeopleNotApart):
        bank.lend(village.member("Anong"), KG)


def test_members_paddy_is_kept_given_back_and_never_sold(bank: Work, village: TestVillage) -> None:
    prani = village.member("Prani")
    kept = bank.do("kind_deposit", 300 * KG, member=prani)
    assert_ledger_row("a member brings paddy to be kept", posted(kept))
    with pytest.raises(OwnStockTooSmall):
        bank.do("kind_sale", 1_000 * KG + 1, satang=8_000_00)
    sale = bank.do("kind_sale", 50 * KG, satang=600_00)
    assert_ledger_row("paddy is sold from the barn", posted(sale))
    assert_entry(
        posted(sale),
        debits=[("O1100", 600_00), ("KR3100", 50 * KG)],
        credits=[("O4400", BANK, 600_00), ("KR1100", 50 * KG)],
    )
    with pytest.raises(InsufficientStock):
        bank.do("kind_withdrawal", 301 * KG, member=prani)
    back = bank.do("kind_withdrawal", 100 * KG, member=prani)
    assert_ledger_row("a member fetches paddy that was kept", posted(back))
    assert kept_for(bank.activity, prani.holder) == 200 * KG


def test_paddy_is_bought_with_baht_and_stands_in_kilograms(bank: Work) -> None:
    give_cash(bank.group, 5_000_00, bank.by)
    act = bank.do("kind_purchase", 100 * KG, satang=1_200_00)
    assert_ledger_row("paddy is bought for the barn", posted(act))
    assert barn_of(bank.activity).own == 1_100 * KG


@pytest.mark.parametrize(
    ("counted", "event"),
    [
        (990, "the barn holds less than the books say"),
        (1_010, "the barn holds more than the books say"),
        (1_000, "the barn holds what the books say"),
    ],
)
def test_a_count_of_the_barn_books_its_difference(bank: Work, counted: int, event: str) -> None:
    if counted != 1_000:
        with pytest.raises(DifferenceUnexplained):
            bank.ask("kind_count", counted * KG)
    act = bank.do("kind_count", counted * KG, reason="ชื้น" if counted != 1_000 else "")
    assert_ledger_row(event, posted(act))
    assert barn_of(bank.activity).stored == counted * KG


def test_a_loan_is_written_off_by_resolution_and_undone_by_two(bank: Work, village: TestVillage) -> None:
    loan = bank.lend(village.member("Prani"), 10 * KG).made_loan
    assert loan is not None
    resolution = record_resolution(group=bank.group, number="1/2569", decided_on=MARCH_5, subject="ตัดหนี้ข้าว", by=bank.by)
    gone: dict[str, Any] = {"loan": loan, "reason": "น้ำท่วม", "resolution": resolution}
    act = bank.do("kind_write_off", 10 * KG, **gone)
    assert_ledger_row("a loan in kind is written off", posted(act))
    assert loan_row(bank.activity, loan).owed == 0
    bank.undo(act)
    assert loan_row(bank.activity, loan).owed == 12 * KG
    assert list(damage_of(bank.group)) == []


def test_a_year_of_losses_greater_than_the_own_stock_can_be_closed(bank: Work, village: TestVillage) -> None:
    from tests.funds.conftest import Books

    bank.do("kind_deposit", 500 * KG, member=village.member("Prani"))
    bank.do("kind_loss", 1_200 * KG, reason="น้ำท่วม")
    books, ok = Books(bank.group), [bank.ok]
    close: dict[str, Any] = {"on": MARCH_6, "by": bank.by, "ok": ok}
    entry = books.post("year_close", ("KR5900", "", -1_200 * KG), ("KR3100", "", 1_200 * KG), **close)
    assert_ledger_row("interest in kind and losses of a unit book go to its own stock", entry)
    assert bank.total("KR3100") == 200 * KG


def test_baht_never_balances_grams(bank: Work) -> None:
    from tests.funds.conftest import Books

    with pytest.raises(Unbalanced) as refused:
        Books(bank.group).post("in_kind_loss", ("KR5900", "", 5 * KG), ("O3300", "", -5 * KG), ok=[bank.ok])
    assert refused.value.message


def test_a_part_written_off_leaves_the_interest_of_the_rest(bank: Work, village: TestVillage) -> None:
    loan = bank.lend(village.member("Prani"), 10 * KG).made_loan
    assert loan is not None
    resolution = record_resolution(group=bank.group, number="1/2569", decided_on=MARCH_5, subject="ตัดหนี้ข้าว", by=bank.by)
    gone: dict[str, Any] = {"loan": loan, "reason": "น้ำท่วม", "resolution": resolution}
    bank.do("kind_write_off", 4 * KG, **gone)
    assert loan_row(bank.activity, loan).owed == 8 * KG
    bank.do("kind_return", 5 * KG, loan=loan)
    assert loan_row(bank.activity, loan).owed == 3 * KG
    bank.do("kind_write_off", 3 * KG, **gone)
    assert loan_row(bank.activity, loan).owed == 0
    assert list(damage_of(bank.group)) == []


def test_terms_set_twice_for_a_day_both_stay_and_the_last_holds(bank: Work, village: TestVillage) -> None:
    first = bank.lend(village.member("Prani"), 10 * KG).made_loan
    how: dict[str, Any] = {"activity": bank.activity, "valid_from": MARCH_1, "by": bank.by}
    again = set_kind_terms(rate=1000, limit_grams=500 * KG, **how)
    assert set_kind_terms(rate=1000, limit_grams=500 * KG, **how) == again
    second = bank.lend(village.member("Kasem"), 10 * KG).made_loan
    assert first is not None
    assert second is not None
    assert (first.interest_grams, second.interest_grams) == (2 * KG, 1 * KG)
    assert [(row.rate, gone) for row, gone in terms_listed(bank.activity)] == [(1000, False), (2000, True)]
