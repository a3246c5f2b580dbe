"""The shelf is counted by one and signed by another; the difference is booked at average cost."""

import pytest

from funds.activity_errors import (
    DifferenceUnexplained,
    NoCostKnown,
    StockMoved,
)
from funds.services.acts import approve_act
from tests.funds.activities import Work, oil, posted
from tests.funds.ledger import assert_ledger_row
from tests.funds.shop.conftest import TEN, the_stock


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
