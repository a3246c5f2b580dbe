"""A shop of the village, and what its shelf holds."""

import pytest

from funds.selectors.activities import stock_list
from tests.funds.activities import Work, open_shop
from tests.village import TestVillage

TEN, THREE = 10_000, 3_000


@pytest.fixture
def shop(village: TestVillage) -> Work:
    return open_shop(village.group, village.treasurer, village.chair)


def the_stock(shop: Work) -> tuple[int, int]:
    (row,) = stock_list(shop.activity)
    return row.quantity, row.satang
