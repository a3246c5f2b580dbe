"""What waits for a second officer: a withdrawal, and a period's interest."""

from datetime import date
from uuid import uuid4

from members.services import record_resolution
from savings.models import InterestRun, SpecialBook, SpecialProduct, Withdrawal
from savings.selectors.products import next_preview
from savings.services import open_special_book
from savings.services.products import TermsInput, open_product, request_interest
from savings.services.withdrawals import WithdrawalInput, request_withdrawal
from tests.savings.conftest import Savers


def book_of(savers: Savers, name: str) -> SpecialBook:
    """A book with 10,000 baht since New Year."""
    found = SpecialBook.objects.filter(member=savers[name]).first()
    if found is None:
        found = open_special_book(member=savers[name], by=None)
        savers.pay(name, date(2026, 1, 1), special=10_000_00)
    return found


def product_of(savers: Savers, name: str = "สัจจะพิเศษ", rate: int = 3_00) -> SpecialProduct:
    """A product that credits in June and December."""
    resolution = record_resolution(
        group=savers.group, number=name, decided_on=date(2026, 1, 1), subject=name, by=savers.village.secretary
    )
    terms = TermsInput(
        valid_from=date(2026, 1, 1), rate=rate, method="monthly", first_credit_month=6, second_credit_month=12
    )
    return open_product(group=savers.group, name=name, terms=terms, resolution=resolution, by=savers.village.chair)


def interest_of_june(savers: Savers, name: str) -> InterestRun:
    """The interest of half a year, asked for by the treasurer."""
    book_of(savers, name)
    found = next_preview(product_of(savers))
    assert found is not None
    return request_interest(
        product=found.product,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        fingerprint=found.fingerprint,
        operation=uuid4(),
        by=savers.village.treasurer,
    )


def withdrawal_of(savers: Savers, name: str, satang: int) -> Withdrawal:
    """Money that a member wants back, asked for by the treasurer."""
    return request_withdrawal(
        book=book_of(savers, name),
        withdrawal=WithdrawalInput(satang=satang),
        operation=uuid4(),
        by=savers.village.treasurer,
    )
