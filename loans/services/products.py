"""Loan products: opened by a resolution, given dated terms within the law's cap, closed and opened again."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from funds.journal import lock_book
from loans.applying_errors import (
    AboveTheCap,
    LateChargeAboveTheCap,
    ProductNameTaken,
    StepTooCoarse,
    TermsInThePast,
)
from loans.models import Arithmetic, LoanProduct, LoanTerms
from loans.quotes import EXAMPLE_SATANG, dearest, quote
from members.models import Resolution, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

HUNDREDTHS = 100
MONTHS_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class LoanTermsInput:
    """Terms as decided: rates in hundredths of a per cent, times in hundredths, satang, months."""

    valid_from: date
    rate_bp: int
    rate_per: str = Arithmetic.Per.MONTH
    method: str = Arithmetic.Method.REDUCING
    rhythm: str = Arithmetic.Rhythm.EQUAL_PRINCIPAL
    day_count: str = Arithmetic.DayCount.MONTHS
    round_to: int = 100
    late_rate_bp: int = 0
    savings_times: int
    cap_satang: int
    minimum_months: int = 0
    guarantors: int
    instalments_max: int
    grace_max: int = 0


@transaction.atomic
def open_loan_product(
    *, group: SavingsGroup, kind: str, name: str, terms: LoanTermsInput, resolution: Resolution, by: User
) -> LoanProduct:
    """Open a product with its first terms; sent twice, it is the product that stands.

    Raises ProductNameTaken, AboveTheCap, LateChargeAboveTheCap, StepTooCoarse.
    """
    lock_book(group)
    known = LoanProduct.objects.filter(group=group, name=name).first()
    if known is not None:
        first = LoanTerms.objects.filter(product=known).order_by("valid_from").first()
        if known.kind == kind and first is not None and _says(first, terms, resolution):
            return known
        raise ProductNameTaken
    product = LoanProduct.objects.create(group=group, kind=kind, name=name, opened_by=by)
    set_loan_terms(product=product, terms=terms, resolution=resolution, by=by)
    return product


@transaction.atomic
def set_loan_terms(*, product: LoanProduct, terms: LoanTermsInput, resolution: Resolution, by: User) -> LoanTerms:
    """Let a product ask other terms from a day on; what held before, and contracts made under it, stay.

    Raises TermsInThePast, AboveTheCap, LateChargeAboveTheCap, StepTooCoarse.
    """
    lock_book(product.group)
    latest = LoanTerms.objects.filter(product=product).order_by("-valid_from").first()
    if latest is not None:
        if _says(latest, terms, resolution):
            return latest
        if terms.valid_from < timezone.localdate() or terms.valid_from <= latest.valid_from:
            raise TermsInThePast(day=format_date(latest.valid_from, "long", active_language()))
    row = LoanTerms(product=product, resolution=resolution, set_by=by, **asdict(terms))
    _refuse_above_the_cap(row)
    row.save()
    return row


@transaction.atomic
def close_loan_product(*, product: LoanProduct, by: User) -> LoanProduct:
    """Give this loan no longer, from today on; loans that stand go on as agreed."""
    lock_book(product.group)
    return _closed(product, timezone.localdate())


@transaction.atomic
def reopen_loan_product(*, product: LoanProduct, by: User) -> LoanProduct:
    """Give this loan again."""
    lock_book(product.group)
    return _closed(product, None)


def _closed(product: LoanProduct, on: date | None) -> LoanProduct:
    found = LoanProduct.objects.get(pk=product.pk)
    if (found.closed_on is None) != (on is None):
        found.closed_on = on
        found.save(update_fields=["closed_on"])
    return found


def _says(row: LoanTerms, terms: LoanTermsInput, resolution: Resolution) -> bool:
    values: dict[str, Any] = asdict(terms) | {"resolution_id": resolution.pk}
    return all(getattr(row, name) == value for name, value in values.items())


def _refuse_above_the_cap(terms: LoanTerms) -> None:
    """Civil and Commercial Code s.654, over every term and grace that is offered; tested before rounding."""
    found = dearest(terms, longest=terms.instalments_max, grace_max=terms.grace_max)
    if found.is_above_cap:
        raise AboveTheCap(months=found.months, apr=found.apr)
    if found.is_above_cap_when_late:
        late = terms.late_rate_bp * MONTHS_A_YEAR
        raise LateChargeAboveTheCap(apr=found.apr, late=f"{late // HUNDREDTHS}.{late % HUNDREDTHS:02d}")
    principal = min(EXAMPLE_SATANG, terms.cap_satang)
    try:
        quote(terms, principal=principal, months=terms.instalments_max, starts_on=terms.valid_from)
    except ValueError:
        raise StepTooCoarse(
            amount=format_baht(principal), months=terms.instalments_max, step=format_baht(terms.round_to)
        ) from None
