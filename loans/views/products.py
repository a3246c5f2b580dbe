"""Loan products: the list, a new one, one with its terms, new terms."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loans.applying_errors import (
    AboveTheCap,
    LateChargeAboveTheCap,
    ProductNameTaken,
    StepTooCoarse,
    TermsInThePast,
)
from loans.forms.products import OFFERS, ProductForm, TermsForm, filled_in
from loans.models import LoanProduct
from loans.selectors.limits import said_times
from loans.selectors.products import (
    SHOWS,
    ProductRow,
    cost_of,
    loan_products,
    product_rows,
    terms_in_force,
    terms_of,
    total_outstanding,
)
from loans.services.products import close_loan_product, open_loan_product, reopen_loan_product, set_loan_terms
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists

FIELDS: dict[type[DomainError], str] = {
    AboveTheCap: "rate",
    LateChargeAboveTheCap: "late_rate",
    ProductNameTaken: "name",
    StepTooCoarse: "round_to",
    TermsInThePast: "valid_from",
}


@require_safe
def product_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the products with what they ask, what they cost a year, and the loans that stand."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words, show = lists.words_of(request), lists.chosen(request, "show", ("all", *SHOWS))
    rows = product_rows(group, loan_products(group, q=words, show=show))
    loans, outstanding = total_outstanding(rows)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-loan-products", _heads(), _lines(rows, loans, outstanding))
    context = {
        "group": group,
        "rows": rows,
        "loans": loans,
        "outstanding": outstanding,
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != "all" else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "loans/product_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Open a product; a customary one comes as a form already filled in."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    form = ProductForm(request.POST or None, group=group, initial=OFFERS.get(request.GET.get("offer", ""), {}))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            product = open_loan_product(
                group=group,
                kind=data["kind"],
                name=data["name"],
                terms=form.terms(),
                resolution=data["resolution"],
                by=lists.person(request),
            )
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            messages.success(request, _("Saved"))
            return redirect("loans:product", group.code, product.pk)
    return render(request, "loans/product_form.html", {"group": group, "form": form, "product": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, group_code: str, loan_product_id: int) -> HttpResponse:
    """Show a product: what it costs a year as a borrower compares it, an example, its terms; close or reopen it."""
    right = Right.KEEP_OFFICES if request.method == "POST" else Right.SEE_GROUP
    group, found = product_or_404(request, group_code, loan_product_id, right)
    if request.method == "POST":
        if request.POST.get("act") == "close":
            close_loan_product(product=found, by=lists.person(request))
            messages.success(request, _("This loan is no longer given. Loans that stand go on as agreed."))
        elif request.POST.get("act") == "reopen":
            reopen_loan_product(product=found, by=lists.person(request))
            messages.success(request, _("This loan is given again."))
        return redirect("loans:product", group.code, found.pk)
    in_force = terms_in_force(found)
    context = {
        "group": group,
        "product": found,
        "terms": terms_of(found),
        "in_force": in_force,
        "cost": cost_of(in_force) if in_force else None,
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "loans/product_page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_terms(request: HttpRequest, group_code: str, loan_product_id: int) -> HttpResponse:
    """Let a product ask other terms from a day on."""
    group, found = product_or_404(request, group_code, loan_product_id, Right.KEEP_OFFICES)
    form = TermsForm(request.POST or None, group=group, initial=filled_in(terms_in_force(found)))
    if request.method == "POST" and form.is_valid():
        resolution = form.cleaned_data["resolution"]
        try:
            set_loan_terms(product=found, terms=form.terms(), resolution=resolution, by=lists.person(request))
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            messages.success(request, _("Saved"))
            return redirect("loans:product", group.code, found.pk)
    return render(request, "loans/product_form.html", {"group": group, "form": form, "product": found})


def product_or_404(
    request: HttpRequest, group_code: str, loan_product_id: int, right: Right
) -> tuple[SavingsGroup, LoanProduct]:
    """The group, and its product that the address names."""
    group = group_or_404(request.user, group_code, right)
    found = LoanProduct.objects.filter(group=group, pk=loan_product_id).first()
    if found is None:
        raise Http404
    found.group = group
    return group, found


def _heads() -> list[str]:
    return [
        _("Name of the loan"), _("Times the own pledge savings"), _("Most in baht"), _("Guarantors"),
        _("Longest term in months"), _("Per cent a year"), _("Contracts outstanding"), _("Outstanding"),
    ]  # fmt: skip


def _lines(rows: list[ProductRow], loans: int, outstanding: int) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [row.product.name, *_terms_cells(row), row.loans, Money(row.outstanding)] for row in rows
    ]
    return [*lines, [_("Total"), None, None, None, None, None, loans, Money(outstanding)]]


def _terms_cells(row: ProductRow) -> list[Any]:
    terms, cost = row.terms, row.cost
    if terms is None or cost is None:
        return [None] * 5
    times = said_times(terms.savings_times) if terms.savings_times else None
    return [times, Money(terms.cap_satang), terms.guarantors, terms.instalments_max, str(cost.dearest.apr)]
