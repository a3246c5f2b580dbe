"""Members with savings, products, and the addresses of their applications; it is the day of applying."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.loans.applying import NOW, open_product
from tests.loans.cast import Lending


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lending(village):
    lending = Lending(village)
    for name in ("Somchai", "Boonmee", "Kasem", "Prani"):
        lending.save(name, 10_000_00)
    return lending


@pytest.fixture
def product(lending):
    return open_product(lending)


@pytest.fixture
def unsecured(lending):
    """A product that asks for no guarantor."""
    return open_product(lending, "ไม่มีผู้ค้ำ", guarantors=0)


def address(lending, name="applications", *args):
    return reverse(f"loans:{name}", args=[lending.group.code, *args])


def typed(product, act="submit", **changed):
    return {
        "operation": str(uuid4()), "product": product.pk, "satang": "12,000", "instalments": "12",
        "purpose": "farming", "purpose_text": "ปุ๋ย", "income_satang": "", "act": act, **changed,
    }  # fmt: skip


def own(lending, name="loan-apply", *args):
    return reverse(f"window:{name}", args=[lending.group.code, *args])
