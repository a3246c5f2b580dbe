"""Loan products, their dated terms, and what each costs a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from funds.selectors import balances
from loans.models import Loan, LoanProduct, LoanTerms
from loans.quotes import EXAMPLE_SATANG, Dearest, Quote, dearest, quote
from loans.selectors.standings import LOANS
from members.models import SavingsGroup

SHOWS = ("given", "closed", "all")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a product costs: the highest yearly rate over its terms, and an example (None: it cannot be divided)."""

    dearest: Dearest
    example: Quote | None


@dataclass(frozen=True)
class ProductRow:
    """A product as the list shows it: its terms in force, what they cost, the loans that stand (satang)."""

    product: LoanProduct
    terms: LoanTerms | None
    cost: Cost | None
    loans: int
    outstanding: int


def loan_products(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[LoanProduct]:
    """The products of a group, the oldest first; `show`: given, closed or all."""
    found = LoanProduct.objects.filter(group=group)
    if show == "given":
        found = found.filter(is_given(timezone.localdate()))
    elif show == "closed":
        found = found.exclude(is_given(timezone.localdate()))
    for word in q.split():
        found = found.filter(name__icontains=word)
    return found.order_by("pk")


def is_given(on: date) -> Q:
    """The condition under which a product is still given on a day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


def terms_of(product: LoanProduct) -> list[LoanTerms]:
    """Every terms of a product, the latest first."""
    found = LoanTerms.objects.filter(product=product).select_related("resolution", "set_by")
    return list(found.order_by("-valid_from"))


def terms_in_force(product: LoanProduct, on: date | None = None) -> LoanTerms | None:
    """The terms of a product on a day (today unless told)."""
    found = LoanTerms.objects.filter(product=product, valid_from__lte=on or timezone.localdate())
    return found.order_by("-valid_from").first()


def terms_by_product(products: Iterable[LoanProduct], on: date | None = None) -> dict[int, LoanTerms]:
    """The terms in force of several products, by product id; one query."""
    found = LoanTerms.objects.filter(product__in=list(products), valid_from__lte=on or timezone.localdate())
    return {terms.product_id: terms for terms in found.select_related("resolution").order_by("valid_from")}


def products_given(group: SavingsGroup, on: date | None = None) -> list[tuple[LoanProduct, LoanTerms]]:
    """What a member can ask for on a day, with its terms; two queries."""
    day = on or timezone.localdate()
    found = list(LoanProduct.objects.filter(is_given(day), group=group).order_by("pk"))
    terms = terms_by_product(found, day)
    return [(product, terms[product.pk]) for product in found if product.pk in terms]


def cost_of(terms: LoanTerms) -> Cost:
    """What terms cost a year at most, and an example: ten thousand baht, or the cap, over the longest term."""
    most = dearest(terms, longest=terms.instalments_max, grace_max=terms.grace_max)
    principal = min(EXAMPLE_SATANG, terms.cap_satang)
    try:
        example = quote(terms, principal=principal, months=terms.instalments_max, starts_on=timezone.localdate())
    except ValueError:
        return Cost(most, None)
    return Cost(most, example)


def product_rows(group: SavingsGroup, products: Iterable[LoanProduct]) -> list[ProductRow]:
    """Products with terms, cost and standing loans; constant queries."""
    chosen = list(products)
    terms = terms_by_product(chosen)
    owed = {number: satang for number, satang in balances(group, LOANS).items() if satang}
    loans: dict[int | None, list[int]] = {}
    rows = Loan.objects.filter(group=group, number__in=owed, product__in=chosen)
    for product, number in rows.values_list("product", "number"):
        loans.setdefault(product, []).append(owed[number])
    found = []
    for each in chosen:
        own, standing = terms.get(each.pk), loans.get(each.pk, [])
        found.append(ProductRow(each, own, cost_of(own) if own else None, len(standing), sum(standing)))
    return found


def total_outstanding(rows: Iterable[ProductRow]) -> tuple[int, int]:
    """How many loans the products stand for together, and how much (satang)."""
    each = list(rows)
    return sum(row.loans for row in each), sum(row.outstanding for row in each)
