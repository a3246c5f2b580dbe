"""Products of special savings: terms, books, and the interest of a period from preview to the posted entry."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, SignInNeeded, group_or_404, has_right, passbooks_of
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.errors import TermsBackdated
from savings.forms.products import ProductForm, TermsForm
from savings.models import InterestRun, SpecialBook, SpecialProduct
from savings.selectors.products import (
    Preview,
    balances_of_books,
    books_of_product,
    next_preview,
    products,
    run_preview,
    terms_in_force,
    terms_of,
)
from savings.services.products import (
    approve_interest,
    cancel_interest,
    open_product,
    open_product_book,
    request_interest,
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
    rows = [{"product": product, "terms": terms_in_force(product, today)} for product in products(group)]
    unassigned = books_of_product(group, None).count()
    context = {"group": group, "rows": rows, "form": form, "unassigned": unassigned}
    return render(request, "savings/products.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, group_code: str, product_id: int) -> HttpResponse:
    """Show a product's terms, books and interest; open a book of it for a member."""
    right = Right.KEEP_MEETING if request.method == "POST" else Right.SEE_PEOPLE
    group, found = _product_or_404(request, group_code, product_id, right)
    if request.method == "POST":
        return _open_book(request, group, found)
    words = lists.words_of(request)
    books = list(books_of_product(group, found))
    if words:
        books = [book for book in books if _is_meant(book, words)]
    saved = balances_of_books(group, books)
    rows = [(book, saved.get(book.number, 0)) for book in books]
    if lists.wants_file(request):
        lines: list[list[Cell]] = [[b.number, b.member.full_name, Money(satang)] for b, satang in rows]
        heads = [_("Book"), _("Name"), _("Balance")]
        return lists.file_of(request, f"{group.code}-special-savings", heads, lines)
    context = {
        "group": group,
        "product": found,
        "terms": terms_of(found),
        "in_force": terms_in_force(found, timezone.localdate()),
        "page": lists.page_of(request, rows),
        "runs": InterestRun.objects.filter(product=found).select_related("entry").order_by("-pk"),
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
    group, found = _product_or_404(request, group_code, product_id, Right.KEEP_OFFICES)
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
def interest_preview(request: HttpRequest, group_code: str, product_id: int) -> HttpResponse:
    """Show the interest of the next period book by book, and ask for it as shown."""
    group, found = _product_or_404(request, group_code, product_id, Right.KEEP_MEETING)
    preview = next_preview(found)
    if request.method == "POST" and preview is not None:
        try:
            run = request_interest(
                product=found,
                starts_on=preview.starts_on,
                ends_on=preview.ends_on,
                fingerprint=request.POST.get("fingerprint", ""),
                operation=_operation(request),
                by=lists.person(request),
            )
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("savings:interest-preview", group.code, found.pk)
        messages.success(request, _("Written down. Now a second officer looks at it and approves."))
        return redirect("savings:interest", group.code, run.pk)
    if preview is not None and lists.wants_file(request):
        return _interest_file(request, group, preview)
    page = lists.page_of(request, preview.books if preview else ())
    context = {"group": group, "product": found, "preview": preview, "page": page, "operation": uuid4()}
    return render(request, "savings/interest_preview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, group_code: str, run_id: int) -> HttpResponse:
    """Show a crediting of interest; let a second officer approve it, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    run = _run_or_404(group, run_id)
    if request.method == "POST":
        return _decide(request, run)
    preview = run_preview(run)
    if lists.wants_file(request):
        return _interest_file(request, group, preview)
    context = {
        "group": group,
        "run": run,
        "preview": preview,
        "page": lists.page_of(request, preview.books),
        "has_moved": run.is_waiting and preview.fingerprint != run.fingerprint,
        "is_own": run.requested_by_id == lists.person(request).pk,
        "query": lists.query_without(request),
    }
    return render(request, "savings/interest.html", context)


@require_safe
def interest_of_book(request: HttpRequest, group_code: str, run_id: int, number: int) -> HttpResponse:
    """Show an officer, or whoever may open the passbook, how the interest of a member's books came about."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    group = SavingsGroup.objects.filter(code=group_code).first()
    if group is None:
        raise Http404
    own = passbooks_of(request.user, group).filter(number=number).exists()
    if not own and not has_right(request.user, group, Right.SEE_PEOPLE):
        raise Http404
    run = _run_or_404(group, run_id)
    books = [each for each in run_preview(run).books if each.book.member.number == number]
    if not books or run.entry_id is None:
        raise Http404
    return render(request, "savings/interest_book.html", {"group": group, "run": run, "books": books})


def _product_or_404(
    request: HttpRequest, group_code: str, product_id: int, right: Right
) -> tuple[SavingsGroup, SpecialProduct]:
    group = group_or_404(request.user, group_code, right)
    found = SpecialProduct.objects.filter(group=group, pk=product_id).first()
    if found is None:
        raise Http404
    found.group = group
    return group, found


def _is_meant(book: SpecialBook, words: str) -> bool:
    return words in book.member.full_name or words in (book.number, str(book.member.number))


def _run_or_404(group: SavingsGroup, run_id: int) -> InterestRun:
    run = InterestRun.objects.filter(group=group, pk=run_id).select_related("product", "entry", "requested_by").first()
    if run is None:
        raise Http404
    run.group = run.product.group = group
    return run


def _operation(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError:
        return uuid4()


def _open_book(request: HttpRequest, group: SavingsGroup, found: SpecialProduct) -> HttpResponse:
    member = member_named(group, to_western(request.POST.get("member", "")).strip())
    if member is None:
        messages.error(request, _("No active member with this number."))
    else:
        book = open_product_book(member=member, product=found, by=lists.person(request))
        words = {"number": book.number, "name": member.full_name}
        messages.success(request, _("Book %(number)s is open for %(name)s.") % words)
    return redirect("savings:product", group.code, found.pk)


def _decide(request: HttpRequest, run: InterestRun) -> HttpResponse:
    try:
        if request.POST.get("act") == "cancel":
            cancel_interest(run=run, by=lists.person(request))
            messages.success(request, _("The crediting is cancelled."))
        elif request.POST.get("act") == "approve":
            approve_interest(run=run, by=lists.person(request))
            messages.success(request, _("The interest stands in every book."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("savings:interest", run.group.code, run.pk)


def _interest_file(request: HttpRequest, group: SavingsGroup, preview: Preview) -> HttpResponse:
    heads = [_("Book"), _("Name"), _("Interest")]
    rows: list[Any] = [[each.book.number, each.book.member.full_name, Money(each.satang)] for each in preview.books]
    return lists.file_of(request, f"{group.code}-interest", heads, [*rows, [None, _("Total"), Money(preview.total)]])
