"""What the tests of the year end share: the cast of a year about to be divided."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        yield Sharing(village)
