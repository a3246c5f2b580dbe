"""The books of a group that starts with nothing are opened: what it means, the second officer's signature, once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from funds.backup import after_close
from funds.journal.locks import opening_day
from funds.selectors import is_open
from funds.services import ask_to_start_empty_books, empty_books_signature, start_empty_books
from members.access import Right, group_or_404, person
from members.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest, group_code: str) -> HttpResponse:
    """Say what opening the books means; with the second officer's signature, open them."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    if request.method == "POST":
        try:
            start_empty_books(group=group, by=person(request))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            after_close()
            messages.success(request, _("The books are open."))
        return redirect("funds:start", group.code)
    context = {
        "group": group,
        "is_open": is_open(group),
        "day": opening_day(group),
        "is_early": opening_day(group) > timezone.localdate(),
        "signature": empty_books_signature(group=group, by=person(request)),
        "here": reverse("funds:start", args=[group.code]),
    }
    return render(request, "funds/start.html", context)


@require_POST
def ask(request: HttpRequest, group_code: str) -> HttpResponse:
    """Ask a second officer to sign that the books begin with nothing."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    try:
        ask_to_start_empty_books(group=group, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:start", group.code)
