"""A product with two savers, on 10 July 2026."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from members.services import record_resolution
from savings.models import SpecialBook
from savings.selectors.products import next_preview
from savings.services import open_special_book
from savings.services.products import (
    TermsInput,
    open_product,
    request_interest,
)
from savings.services.withdrawals import (
    WithdrawalInput,
    request_withdrawal,
)

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield


def terms(**fields):
    return TermsInput(**{"valid_from": JANUARY, "rate": 3_00, "method": "monthly", "first_credit_month": 6,
                         "second_credit_month": 12, **fields})  # fmt: skip


def decide(savers, number="9/2569"):
    return record_resolution(
        group=savers.group, number=number, decided_on=date(2026, 1, 1), subject="ดอกเบี้ย", by=savers.village.secretary
    )


def offer(savers, **fields):
    chair = savers.village.chair
    return open_product(group=savers.group, name="สัจจะพิเศษ", terms=terms(**fields), resolution=decide(savers), by=chair)


@pytest.fixture
def saved(savers):
    """Prani has 10,000 baht since New Year, Kasem 1,000 since 1 March, of one product."""
    for name in ("Prani", "Kasem"):
        open_special_book(member=savers[name], by=None)
    savers.pay("Prani", date(2026, 1, 1), special=10_000_00)
    savers.pay("Kasem", date(2026, 3, 1), special=1_000_00)
    savers.product = offer(savers)
    return savers


def ask(savers, by=None, **fields):
    found = next_preview(savers.product)
    values = {"starts_on": found.starts_on, "ends_on": found.ends_on, "fingerprint": found.fingerprint, **fields}
    return request_interest(
        product=savers.product, by=by or savers.village.treasurer, **{"operation": uuid4(), **values}
    )


def take(savers, satang, name="Prani", by=None, operation=None, **fields):
    book = SpecialBook.objects.select_related("member", "group").get(member=savers[name])
    return request_withdrawal(
        book=book,
        withdrawal=WithdrawalInput(satang=satang, **fields),
        operation=operation or uuid4(),
        by=by or savers.village.treasurer,
    )
