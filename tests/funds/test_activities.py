"""Goods of an activity: bought and sold at average cost, counted by one and signed by another, undone by two."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from funds.activity_errors import (
    ActGone,
    ActivityEnded,
    ActivityKnown,
    ActivityNotEmpty,
    BroughtTooMuch,
    CannotUndo,
    DifferenceUnexplained,
    GoodKnown,
    NoCostKnown,
    NotInStock,
    NoUnitBook,
    StockMoved,
)
from funds.acts import share_of
from funds.errors import InsufficientFunds, OperationReused
from funds.guards import drop_guards, install_guards
from funds.models import Act
from funds.selectors.activities import stock_list, unassigned
from funds.services.activities import add_good, change_activity, start_activity
from funds.services.acts import approve_act, approve_signed, ask_again, cancel_act
from members import cosign
from reports.verification import damage_of
from tests.funds.activities import MARCH_1, MARCH_5, SHOP, Work, oil, open_shop, posted
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.village import TestVillage

TEN, THREE = 10_000, 3_000


@pytest.fixture
def shop(village: TestVillage) -> Work:
    return open_shop(village.group, village.treasurer, village.chair)


def the_stock(shop: Work) -> tuple[int, int]:
    (row,) = stock_list(shop.activity)
    return row.quantity, row.satang


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


@pytest.mark.parametrize(
    ("counted", "event", "left"),
    [
        (8_000, "less is counted than the books say", (8_000, 320_00)),
        (12_000, "more is counted than the books say", (12_000, 480_00)),
        (10_000, "as much is counted as the books say", (10_000, 400_00)),
    ],
)
def test_a_count_books_the_difference_at_average_cost(
    shop: Work, counted: int, event: str, left: tuple[int, int]
) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    act = shop.do("count", counted, good=good, reason="หนูกัด" if counted != TEN else "")
    assert_ledger_row(event, posted(act))
    assert the_stock(shop) == left
    assert shop.total("O1400") == left[1]
    assert (act.requested_by, act.approved_by) == (shop.by, shop.ok)


def test_a_difference_needs_a_reason(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    with pytest.raises(DifferenceUnexplained):
        shop.ask("count", 9_000, good=good)


def test_a_count_is_signed_for_the_stock_it_was_made_of(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    count = shop.ask("count", 9_000, good=good, reason="แตก")
    shop.do("sale", 1_000, good=good, satang=60_00)
    with pytest.raises(StockMoved):
        approve_act(act=count, by=shop.ok)


def test_what_is_found_without_a_purchase_has_no_value(shop: Work) -> None:
    with pytest.raises(NoCostKnown):
        shop.ask("count", 1_000, good=oil(shop), reason="พบในตู้")


def test_a_good_sold_out_and_found_again_has_the_last_price(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    shop.do("sale", TEN, good=good, satang=600_00)
    assert shop.do("count", 1_000, good=good, reason="พบในตู้").cost == -40_00


def test_a_sale_undone_is_back_in_stock(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    sale = shop.do("sale", THREE, good=good, satang=200_00)
    undo = shop.undo(sale)
    assert undo.entry is not None
    assert undo.entry.reverses == sale.entry
    assert the_stock(shop) == (TEN, 400_00)
    with pytest.raises((IntegrityError, CannotUndo)), transaction.atomic():
        shop.undo(sale)
    with pytest.raises(CannotUndo):
        shop.undo(undo)


def test_a_purchase_whose_goods_are_sold_stays(shop: Work) -> None:
    good = oil(shop)
    purchase = shop.do("purchase", TEN, good=good, satang=400_00)
    shop.do("sale", THREE, good=good, satang=200_00)
    with pytest.raises(CannotUndo):
        shop.undo(purchase)


def test_a_count_stays(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    with pytest.raises(CannotUndo):
        shop.undo(shop.do("count", TEN, good=good))


def test_goods_take_over_what_an_opening_brought_in_one_sum(shop: Work) -> None:
    other = Work(
        start_activity(group=shop.group, name="ร้านปุ๋ย", kind="fertiliser", unit_book="", started_on=MARCH_1, by=shop.by),
        shop.by,
        shop.ok,
    )
    shop.do("purchase", TEN, good=oil(shop), satang=400_00)
    assert unassigned(other.activity) == 0
    with pytest.raises(BroughtTooMuch):
        oil(other, brought_quantity=1_000, brought_satang=1)
    with pytest.raises(GoodKnown):
        oil(shop)


def test_names_and_unit_books_belong_to_one_activity(shop: Work) -> None:
    for name, book in ((SHOP, ""), ("ธนาคารข้าว", "KR"), ("ยุ้งฉาง", "KR")):
        how: dict[str, Any] = {"group": shop.group, "kind": "granary", "started_on": MARCH_1, "by": shop.by}
        if name == "ธนาคารข้าว":
            start_activity(name=name, unit_book=book, **how)
            continue
        with pytest.raises(ActivityKnown):
            start_activity(name=name, unit_book=book, **how)


def test_nothing_is_done_before_the_start_or_after_the_end(shop: Work) -> None:
    good = oil(shop)
    with pytest.raises(ActivityEnded):
        shop.ask("purchase", TEN, good=good, satang=1_00, done_on=MARCH_1.replace(month=2))
    shop.do("purchase", TEN, good=good, satang=400_00)
    with pytest.raises(ActivityNotEmpty):
        change_activity(activity=shop.activity, keeper=None, ended_on=MARCH_5)
    shop.do("sale", TEN, good=good, satang=500_00)
    change_activity(activity=shop.activity, keeper=None, ended_on=MARCH_1)
    with pytest.raises(ActivityEnded):
        shop.ask("purchase", TEN, good=good, satang=1_00)


def test_a_shop_lends_nothing_in_kind(shop: Work) -> None:
    with pytest.raises(NoUnitBook):
        shop.ask("kind_gift", TEN, party="ผู้บริจาค")


def test_the_database_keeps_two_people_and_whole_posts(shop: Work) -> None:
    act = shop.do("purchase", TEN, good=oil(shop), satang=100_00)
    waiting = shop.ask("purchase", TEN, good=act.good, satang=100_00)
    rows = Act.objects.filter(pk=act.pk)
    wrongs = (
        {"approved_by": shop.by},
        {"approved_by": None, "approved_at": None},
        {"entry": None},
        {"satang": 0},
        {"way": "transfer"},
        {"good": None},
        {"quantity": 0},
        {"change": 5},
        {"kind": "gift"},
        {"state": "cancelled"},
    )
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.filter(pk=waiting.pk).update(state="posted")


def test_the_books_verify_and_name_an_act_that_was_changed(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    sale = shop.do("sale", THREE, good=good, satang=200_00)
    assert list(damage_of(shop.group)) == []
    drop_guards(connection)
    for wrong in ({"satang": 300_00}, {"cost": 1}, {"quantity": 4_000}):
        Act.objects.filter(pk=sale.pk).update(**wrong)
        assert list(damage_of(shop.group)) != []
        Act.objects.filter(pk=sale.pk).update(satang=200_00, cost=120_00, quantity=THREE)
    connection.check_constraints()  # PostgreSQL alters no table while references wait to be checked
    install_guards(connection)
    assert list(damage_of(shop.group)) == []


def test_a_good_with_a_price_is_listed(shop: Work) -> None:
    good = add_good(activity=shop.activity, name="ข้าวสาร", unit="ถุง", price_satang=185_00)
    assert good.price_satang == 185_00


def test_a_gift_of_goods_stands_at_its_worth_and_is_capital(shop: Work) -> None:
    good = oil(shop)
    act = shop.do("gift_in", TEN, good=good, satang=300_00, party="วัด")
    assert_ledger_row("goods are given to an activity for nothing, at what they are worth", posted(act))
    assert_entry(posted(act), debits=[("O1400", SHOP, 300_00)], credits=[("O3300", 300_00)])
    assert the_stock(shop) == (TEN, 300_00)
    assert list(damage_of(shop.group)) == []
    shop.undo(act)
    assert the_stock(shop) == (0, 0)


def test_goods_given_away_leave_at_their_average_cost_with_a_second_officer_and_a_reason(shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", TEN, good=good, satang=400_00)
    with pytest.raises(NotInStock):
        shop.ask("gift_out", TEN + 1, good=good, party="วัด", reason="งานบุญ")
    with pytest.raises(IntegrityError), transaction.atomic():
        shop.ask("gift_out", THREE, good=good, party="วัด")
    act = shop.do("gift_out", THREE, good=good, party="วัด", reason="งานบุญ")
    assert_ledger_row("goods of an activity are given away for nothing", posted(act))
    assert_entry(posted(act), debits=[("O5300", SHOP, 120_00)], credits=[("O1400", SHOP, 120_00)])
    assert posted(act).approvers == [shop.ok.code]
    assert the_stock(shop) == (TEN - THREE, 280_00)
    assert list(damage_of(shop.group)) == []
    shop.undo(act)
    assert the_stock(shop) == (TEN, 400_00)
