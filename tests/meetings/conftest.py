"""The evening that most tests of a meeting begin with."""

import pytest

from tests.meetings.evening import Evening, evening_with_pledges
from tests.village import TestVillage


@pytest.fixture
def evening(village: TestVillage) -> Evening:
    """An open meeting on 5 November 2026; who pledges what is told in `evening_with_pledges`."""
    return evening_with_pledges(village)
