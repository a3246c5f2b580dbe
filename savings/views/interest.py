"""The interest of a period: from the preview to the posted entry, and how a book's came about."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors.reversals import with_reversal
from members.access import Right, SignInNeeded, group_or_404, has_right, passbooks_of
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Money
from savings.models import InterestRun
from savings.selectors.products import (
    Preview,
    next_preview,
    run_preview,
)
from savings.services.products import (
    approve_interest,
    cancel_interest,
    request_interest,
)
from savings.services.signatures import approve_signed, ask_signature
from savings.views import lists
from savings.views.products import product_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest_preview(request: HttpRequest, group_code: str, product_id: int) -> HttpResponse:
    """Show the interest of the next period book by book, and ask for it as shown."""
    group, found = product_or_404(request, group_code, product_id, Right.KEEP_MEETING)
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
        "signature": live_signature(run),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        "here": request.path,
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
    context = {"group": group, "run": run, "books": books, "member": books[0].book.member, "own": own}
    return render(request, "savings/interest_book.html", context)


def _run_or_404(group: SavingsGroup, run_id: int) -> InterestRun:
    run = (
        with_reversal(InterestRun.objects.filter(group=group, pk=run_id))
        .select_related("product", "entry", "requested_by", "signature")
        .first()
    )
    if run is None:
        raise Http404
    run.group = run.product.group = group
    return run


def _operation(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError:
        return uuid4()


def _decide(request: HttpRequest, run: InterestRun) -> HttpResponse:
    act = request.POST.get("act")
    if act in ("ask", "signed") and run.requested_by_id != lists.person(request).pk:
        raise Http404
    try:
        if act == "cancel":
            cancel_interest(run=run, by=lists.person(request))
            messages.success(request, _("The crediting is cancelled."))
        elif act == "ask":
            ask_signature(row=run)
        elif act in ("approve", "signed"):
            approve_signed(row=run) if act == "signed" else approve_interest(run=run, by=lists.person(request))
            messages.success(request, _("The interest stands in every book."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("savings:interest", run.group.code, run.pk)


def _interest_file(request: HttpRequest, group: SavingsGroup, preview: Preview) -> HttpResponse:
    heads = [_("Book"), _("Name"), _("Interest")]
    rows: list[Any] = [[each.book.number, each.book.member.full_name, Money(each.satang)] for each in preview.books]
    return lists.file_of(request, f"{group.code}-interest", heads, [*rows, [None, _("Total"), Money(preview.total)]])
