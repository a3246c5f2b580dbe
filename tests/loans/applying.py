"""Asking for loans by the services themselves, on 23 November 2569, in one line each."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from loans.models import Guarantee, LoanApplication, LoanProduct
from loans.services.applications import ApplicationInput, submit_application, write_application
from loans.services.guarantors import confirm_guarantee, name_guarantor
from loans.services.products import LoanTermsInput, open_loan_product
from members.models import Member, User
from tests.loans.cast import Lending

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T03:00:00+00:00"
NEW_YEAR = date(2026, 1, 1)


def terms_of(**changed: Any) -> LoanTermsInput:
    """The customary ordinary loan: 3 x savings, 50,000, 2 guarantors, 1 % a month reducing, 12 months."""
    given: dict[str, Any] = {
        "valid_from": NEW_YEAR, "rate_bp": 100, "savings_times": 300, "cap_satang": 50_000_00,
        "minimum_months": 6, "guarantors": 2, "instalments_max": 12, **changed,
    }  # fmt: skip
    return LoanTermsInput(**given)


def open_product(lending: Lending, name: str = "เงินกู้สามัญ", kind: str = "ordinary", **changed: Any) -> LoanProduct:
    """A product by resolution."""
    return open_loan_product(
        group=lending.group,
        kind=kind,
        name=name,
        terms=terms_of(**changed),
        resolution=lending.resolve(),
        by=lending.village.chair,
    )


def write(
    lending: Lending,
    product: LoanProduct,
    name: str = "Somchai",
    satang: int = 12_000_00,
    *,
    months: int = 12,
    operation: UUID | None = None,
    by: User | None = None,
    by_member: bool = False,
) -> LoanApplication:
    """A draft."""
    row = write_application(
        member=lending[name],
        application=ApplicationInput(product=product, satang=satang, instalments=months, purpose="farming"),
        operation=operation or uuid4(),
        by=by or lending.village.treasurer,
        by_member=by_member,
    )
    return found(lending, row)


def ask(lending: Lending, product: LoanProduct, name: str = "Somchai", satang: int = 12_000_00, **more: Any) -> Any:
    """An application handed in."""
    row = write(lending, product, name, satang, **more)
    submit_application(application=row, by=lending.village.treasurer)
    return found(lending, row)


def found(lending: Lending, row: LoanApplication) -> LoanApplication:
    """The row as the database has it, with its group."""
    fresh = LoanApplication.objects.select_related("member", "product").get(pk=row.pk)
    fresh.group = fresh.member.group = fresh.product.group = lending.group
    return fresh


def name_(lending: Lending, row: LoanApplication, name: str) -> Guarantee:
    """Name a guarantor."""
    return name_guarantor(application=found(lending, row), member=member(lending, name), by=lending.village.treasurer)


def signs(lending: Lending, row: LoanApplication, name: str, by: User | None = None) -> Guarantee:
    """Name a guarantor and record the signature on paper."""
    guarantee = name_(lending, row, name)
    return confirm_guarantee(guarantee=guarantee, way="paper", by=by or lending.village.secretary)


def member(lending: Lending, name: str) -> Member:
    """A member as the database has it."""
    fresh = Member.objects.get(pk=lending[name].pk)
    fresh.group = lending.group
    return fresh
