"""Goods are bought with two people and sold by one, at average cost."""

from uuid import uuid4

import pytest

from funds.activity_errors import (
    ActGone,
    NotInStock,
)
from funds.acts import share_of
from funds.errors import InsufficientFunds, OperationReused
from funds.services.activities import add_good
from funds.services.acts import approve_act, approve_signed, ask_again, cancel_act
from members import cosign
from tests.funds.activities import SHOP, Work, oil, posted
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.funds.shop.conftest import TEN, THREE, the_stock
from tests.village import TestVillage


def test_goods_bought_stand_at_what_was_paid(shop: Work) -> None:
    act = shop.do("purchase", TEN, good=oil(shop), satang=400_00)
    assert_ledger_row("goods are bought for an activity", posted(act))
    assert_entry(posted(act), debits=[("O1400", SHOP, 400_00)], credits=[("O1100", 400_00)])
    assert the_stock(shop) == (TEN, 400_00)
    assert posted(act).approvers == [shop.ok.code]


def test_a_sale_moves_the_average_cost(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    shop.do("purchase", TEN, good=good, satang=460_00)
    act = shop.do("sale", THREE, good=good, satang=180_00)
    assert_ledger_row("goods are sold and their cost leaves the stock", posted(act))
    assert_entry(
        posted(act),
        debits=[("O1100", 180_00), ("O5300", SHOP, 129_00)],
        credits=[("O4400", SHOP, 180_00), ("O1400", SHOP, 129_00)],
    )
    assert the_stock(shop) == (17_000, 731_00)


def test_the_last_piece_takes_the_last_satang(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", THREE, good=good, satang=100_00)
    costs = [shop.do("sale", 1_000, good=good, satang=50_00).cost for _ in range(3)]
    assert sum(costs) == 100_00
    assert the_stock(shop) == (0, 0)
    assert shop.total("O1400") == 0


def test_a_part_of_a_value_is_to_the_nearest() -> None:
    assert [share_of(100, 1, 3), share_of(100, 3, 3), share_of(1, 1, 2), share_of(0, 5, 9)] == [33, 100, 1, 0]


def test_no_more_is_sold_than_is_there(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", THREE, good=good, satang=100_00)
    with pytest.raises(NotInStock):
        shop.do("sale", 3_001, good=good, satang=10_00)


def test_a_purchase_waits_for_a_second_officer_and_holds_the_money(shop: Work) -> None:
    good = oil(shop)
    act = shop.ask("purchase", TEN, good=good, satang=9_000_00)
    assert act.entry is None
    assert the_stock(shop) == (0, 0)
    with pytest.raises(InsufficientFunds):
        shop.ask("purchase", TEN, good=good, satang=2_000_00)
    with pytest.raises(cosign.SignerIsAsker):
        approve_act(act=act, by=shop.by)
    cancel_act(act=act, by=shop.by)
    assert shop.do("purchase", TEN, good=good, satang=2_000_00).entry is not None
    for late in (approve_act, cancel_act):
        with pytest.raises(ActGone):
            late(act=act, by=shop.ok)


def test_a_signature_at_one_laptop_posts_once(shop: Work) -> None:
    act = shop.ask("purchase", TEN, good=oil(shop), satang=100_00)
    act = ask_again(act=act)
    assert act.signature is not None
    with pytest.raises(cosign.SignatureMissing):
        approve_signed(act=act)
    cosign.sign_as(signature=act.signature, user=shop.ok)
    posted = approve_signed(act=act)
    assert posted.approved_by == shop.ok
    with pytest.raises(ActGone):
        approve_signed(act=act)


def test_an_approver_holds_an_office(shop: Work, village: TestVillage) -> None:
    act = shop.ask("purchase", TEN, good=oil(shop), satang=100_00)
    with pytest.raises(cosign.SignerLacksRight):
        approve_act(act=act, by=village.user("Prani"))


def test_sent_twice_it_is_one(shop: Work) -> None:
    good, operation = oil(shop), uuid4()
    shop.do("purchase", TEN, good=good, satang=100_00)
    first = shop.do("sale", 1_000, good=good, satang=20_00, operation=operation)
    assert shop.do("sale", 1_000, good=good, satang=20_00, operation=operation) == first
    assert the_stock(shop) == (9_000, 90_00)
    with pytest.raises(OperationReused):
        shop.do("sale", 1_000, good=good, satang=21_00, operation=operation)


def test_a_good_with_a_price_is_listed(shop: Work) -> None:
    good = add_good(activity=shop.activity, name="ข้าวสาร", unit="ถุง", price_satang=185_00)
    assert good.price_satang == 185_00
