"""Goods of an opening, of gifts, of one activity and its time; the database and the books' check watch over them."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from funds.activity_errors import (
    ActivityEnded,
    ActivityKnown,
    ActivityNotEmpty,
    BroughtTooMuch,
    GoodKnown,
    NotInStock,
    NoUnitBook,
)
from funds.guards import drop_guards, install_guards
from funds.models import Act
from funds.selectors.activities import unassigned
from funds.services.activities import change_activity, start_activity
from reports.verification import damage_of
from tests.funds.activities import MARCH_1, MARCH_5, SHOP, Work, oil, posted
from tests.funds.ledger import assert_entry, assert_ledger_row
from tests.funds.shop.conftest import TEN, THREE, the_stock


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
