"""What was done is undone by two, but not what was built on or counted."""

import pytest
from django.db import IntegrityError, transaction

from funds.activity_errors import (
    CannotUndo,
)
from tests.funds.activities import Work, oil
from tests.funds.shop.conftest import TEN, THREE, the_stock


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
