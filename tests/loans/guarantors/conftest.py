"""Somchai asks for a loan; the others have savings enough to stand for it."""

import pytest

from tests.loans.applying import NOW, ask, open_product
from tests.loans.cast import Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    lending = Lending(village)
    for name in ("Somchai", "Boonmee", "Kasem", "Prani", "Somporn", "Malee"):
        lending.save(name, 10_000_00)
    return lending


@pytest.fixture
def product(lending):
    return open_product(lending)


@pytest.fixture
def row(lending, product):
    """Somchai asks for 16,000: 10,000 own savings, two guarantors stand for 3,000 each."""
    return ask(lending, product, satang=16_000_00)
