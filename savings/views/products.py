"""Products of special savings: the list with their balances, terms, books."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.errors import TermsBackdated
from savings.forms.products import BookMoveForm, ProductForm, TermsForm
from savings.models import InterestRun, SpecialBook, SpecialProduct
from savings.selectors.products import (
    ProductTotal,
    all_products,
    books_of_product,
    books_with_balances,
    other_products,
    product_totals,
    products,
    terms_in_force,
    terms_of,
)
from savings.services.book_moves import move_book
from savings.services.products import (
    open_product,
    open_product_book,
    set_terms,
)
from savings.views import lists
from savings.views.deposits import member_named
from thai.digits import to_western


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the products; open a new one with its first terms."""
    right = Right.KEEP_OFFICES if request.method == "POST" else Right.SEE_PEOPLE
    group = group_or_404(request.user, group_code, right)
    today = timezone.localdate()
    may_keep = has_right(request.user, group, Right.KEEP_OFFICES)
    form = ProductForm(request.POST or None, group=group) if may_keep else None
    if form is not None and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            product = open_product(
                group=group,
                name=data["name"],
                terms=form.terms(),
                resolution=data["resolution"],
                by=lists.person(request),
            )
        except DomainError as refusal:
            form.refuse(refusal, "month" if isinstance(refusal, TermsBackdated) else None)
        else:
            messages.success(request, _("Saved"))
            return redirect("savings:product", group.code, product.pk)
    totals = product_totals(group)
    rows = [
        {"product": each, "terms": terms_in_force(each, today), "total": totals.get(each.pk, ProductTotal())}
        for each in products(group)
    ]
    context = {
        "group": group,
        "rows": rows,
        "form": form,
        "unassigned": totals.get(None, ProductTotal()).books,
        "total": all_products(totals.values()).satang,
    }
    return render(request, "savings/products.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, group_code: str, product_id: int) -> HttpResponse:
    """Show a product's terms, books and interest; open a book of it for a member."""
    right = Right.KEEP_MEETING if request.method == "POST" else Right.SEE_PEOPLE
    group, found = product_or_404(request, group_code, product_id, right)
    if request.method == "POST":
        return _open_book(request, group, found)
    words = lists.words_of(request)
    books = list(books_of_product(group, found))
    if words:
        books = [book for book in books if _is_meant(book, words)]
    rows, total = books_with_balances(group, books)
    if lists.wants_file(request):
        lines: list[list[Cell]] = [[b.number, b.member.full_name, Money(satang)] for b, satang in rows]
        heads = [_("Book"), _("Name"), _("Balance")]
        return lists.file_of(
            request, f"{group.code}-special-savings", heads, [*lines, [None, _("Total"), Money(total)]]
        )
    context = {
        "group": group,
        "product": found,
        "terms": terms_of(found),
        "in_force": terms_in_force(found, timezone.localdate()),
        "page": lists.page_of(request, rows),
        "runs": InterestRun.objects.filter(product=found).select_related("entry").order_by("-pk"),
        "total": total,
        "words": words,
        "query": lists.query_without(request),
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "savings/product.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_terms(request: HttpRequest, group_code: str, product_id: int) -> HttpResponse:
    """Let a product have other terms from a month on."""
    group, found = product_or_404(request, group_code, product_id, Right.KEEP_OFFICES)
    form = TermsForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        resolution = form.cleaned_data["resolution"]
        try:
            set_terms(product=found, terms=form.terms(), resolution=resolution, by=lists.person(request))
        except DomainError as refusal:
            form.refuse(refusal, "month")
        else:
            messages.success(request, _("Saved"))
            return redirect("savings:product", group.code, found.pk)
    return render(request, "savings/product_terms.html", {"group": group, "product": found, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book_product(request: HttpRequest, group_code: str, book_id: int) -> HttpResponse:
    """Let a book go over to another product."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    books = SpecialBook.objects.filter(group=group, pk=book_id).select_related("member", "product__group", "group")
    book = books.first()
    if book is None:
        raise Http404
    form = BookMoveForm(request.POST or None, book=book)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            moved = move_book(
                book=book, product=data["product"], resolution=data["resolution"], by=lists.person(request)
            )
        except DomainError as refusal:
            form.refuse(refusal, "product")
        else:
            messages.success(request, _("Saved"))
            return redirect("savings:product", group.code, moved.product_id)
    moves = book.moves.select_related("from_product", "to_product", "resolution")
    context = {"group": group, "book": book, "form": form if other_products(book).exists() else None, "moves": moves}
    return render(request, "savings/book_product.html", context)


def product_or_404(
    request: HttpRequest, group_code: str, product_id: int, right: Right
) -> tuple[SavingsGroup, SpecialProduct]:
    """The group, and its product that the address names."""
    group = group_or_404(request.user, group_code, right)
    found = SpecialProduct.objects.filter(group=group, pk=product_id).first()
    if found is None:
        raise Http404
    found.group = group
    return group, found


def _is_meant(book: SpecialBook, words: str) -> bool:
    return words in book.member.full_name or words in (book.number, str(book.member.number))


def _open_book(request: HttpRequest, group: SavingsGroup, found: SpecialProduct) -> HttpResponse:
    member = member_named(group, to_western(request.POST.get("member", "")).strip())
    if member is None:
        messages.error(request, _("No active member with this number."))
    else:
        book = open_product_book(member=member, product=found, by=lists.person(request))
        words = {"number": book.number, "name": member.full_name}
        messages.success(request, _("Book %(number)s is open for %(name)s.") % words)
    return redirect("savings:product", group.code, found.pk)
