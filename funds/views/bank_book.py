"""Type a month of the bank book on a small sheet: kept as typed, checked line by line, taken over when it adds up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from funds.bank_errors import DraftChanged
from funds.bankbook import COLUMNS, LINES_MOST, ReadPage
from funds.forms.bank import PagePhotoForm
from funds.models import BankAccount, BankPage
from funds.selectors.bank_book import page_of, typed_before
from funds.selectors.bank_compare import moved
from funds.services.bank_pages import (
    add_page_photo,
    finish_page,
    is_treasurer,
    read_draft,
    save_draft,
    set_page_aside,
)
from funds.services.photos import keep_photo
from funds.views.bank import account_or_404, month_or_404
from funds.views.pages import person
from members.access import Right, SignInNeeded, group_or_404
from members.errors import DomainError
from members.models import SavingsGroup
from thai.money import format_baht

SPARE_ROWS = 4


@require_http_methods(["GET", "POST"])
@never_cache
def book(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Type a month, or read one that is typed; a session that ended while typing is answered 401 with the way back."""
    try:
        group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    except SignInNeeded:
        if _by_script(request):
            sign_in = f"{reverse('members:sign-in')}?{urlencode({'next': request.path})}"
            return JsonResponse({"sign_in": sign_in}, status=401)
        raise
    row = account_or_404(group, account_id)
    first_day = month_or_404(month)
    if request.method == "POST":
        return _save(request, group, row, first_day)
    page = page_of(row, first_day)
    if page is not None and not page.is_draft:
        return _typed(request, group, page)
    read = read_draft(page) if page is not None and request.GET.get("check") else ReadPage()
    return _sheet(request, row, first_day, page=page, read=read)


def _sheet(
    request: HttpRequest,
    row: BankAccount,
    month: date,
    *,
    page: BankPage | None,
    read: ReadPage,
    sent: dict[str, Any] | None = None,
) -> HttpResponse:
    """The sheet with the draft in it, or with what was sent and could not be kept; the version stays that one's."""
    group, before = row.group, typed_before(row, month)
    typed = sent or (page.draft if page is not None else {"opening": _opening(before)})
    context = {
        "group": group,
        "account": row,
        "month": month,
        "page": page,
        "version": typed.get("version", page.version if page is not None else 0),
        "before": before,
        "opening": typed.get("opening", ""),
        "rows": _rows(typed.get("rows", []), read),
        "faults": read.faults,
        "opening_fault": read.faults.get(0, ""),
        "may_type": not is_treasurer(person(request), group),
        "photos": list(page.photos.all().only("pk")) if page is not None else [],
        "photo_form": PagePhotoForm(),
    }
    return render(request, "funds/bank_book_type.html", context)


def _opening(before: BankPage | None) -> str:
    return format_baht(before.closing_satang) if before is not None and before.closing_satang is not None else ""


def _rows(typed: Sequence[Mapping[str, str]], read: ReadPage) -> list[dict[str, Any]]:
    """What was typed and some empty rows below, each with its number and its fault."""
    rows = [*typed, *[dict.fromkeys(COLUMNS, "")] * SPARE_ROWS]
    return [
        {"number": number, "cells": cells, "fault": read.faults.get(number, "")}
        for number, cells in enumerate(rows[:LINES_MOST], 1)
    ]


def _save(request: HttpRequest, group: SavingsGroup, row: BankAccount, month: date) -> HttpResponse:
    """Keep the draft; then check it and take it over, if that was pressed."""
    by_script = _by_script(request)
    here = redirect("funds:bank-book", group.code, row.pk, f"{month:%Y-%m}")
    version = request.POST.get("version", "")
    sent: dict[str, Any] = {
        "opening": request.POST.get("opening", ""),
        "rows": _typed_rows(request.POST),
        "version": int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
    }
    try:
        page = save_draft(account=row, month=month, by=person(request), **sent)
        if by_script:
            faults = {str(row): sentence for row, sentence in read_draft(page).faults.items()}
            return JsonResponse({"version": page.version, "faults": faults})
        if "finish" not in request.POST:
            messages.success(request, _("Kept as typed. Go on whenever you like."))
            return here
        if read_draft(page).faults:
            messages.error(request, _("Some lines do not add up yet. What to look at stands below each of them."))
            return redirect(f"{here['Location']}?check=1")
        finish_page(account=row, month=month, by=person(request))
    except DomainError as refusal:
        if by_script:
            return JsonResponse({"error": refusal.message}, status=409)
        messages.error(request, refusal.message)
        if not isinstance(refusal, DraftChanged):
            return here
        return _sheet(request, row, month, page=page_of(row, month), read=ReadPage(), sent=sent)
    messages.success(request, _("The month is typed. Now compare it with the ledger."))
    return redirect("funds:bank-compare", group.code, row.pk, f"{month:%Y-%m}")


def _by_script(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("x-requested-with") == "fetch"


def _typed_rows(posted: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of the sheet in their order; empty ones at the end are dropped."""
    rows = []
    for number in range(1, LINES_MOST + 1):
        if f"on-{number}" not in posted:
            break
        rows.append({column: str(posted.get(f"{column}-{number}", "")) for column in COLUMNS})
    while rows and not any(value.strip() for value in rows[-1].values()):
        rows.pop()
    return rows


def _typed(request: HttpRequest, group: SavingsGroup, page: BankPage) -> HttpResponse:
    lines = list(page.lines.order_by("place"))
    context = {
        "group": group,
        "account": page.account,
        "month": page.month,
        "page": page,
        "lines": lines,
        **moved(lines),
        "photos": list(page.photos.all().only("pk")),
        "photo_form": PagePhotoForm(),
        "may_type": not is_treasurer(person(request), group),
        "is_reconciled": hasattr(page, "reconciliation"),
    }
    return render(request, "funds/bank_book_typed.html", context)


@require_POST
def aside(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Set a typed month aside and type it again."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    page = page_or_404(account_or_404(group, account_id), month_or_404(month))
    try:
        set_page_aside(page=page, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Correct what is wrong, then check the month again."))
    return redirect("funds:bank-book", group.code, account_id, month)


@require_POST
def photo(request: HttpRequest, group_code: str, account_id: int, month: str) -> HttpResponse:
    """Lay a photo of the page beside the month."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    page = page_or_404(account_or_404(group, account_id), month_or_404(month))
    form = PagePhotoForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            kept = keep_photo(group=group, by=person(request), upload=form.cleaned_data["photo"])
            add_page_photo(page=page, photo=kept, by=person(request))
            messages.success(request, _("The photo is kept with the month."))
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:bank-book", group.code, account_id, month)


def page_or_404(account: BankAccount, month: date) -> BankPage:
    """The month's page of an address."""
    page = page_of(account, month)
    if page is None:
        raise Http404
    page.group = account.group
    return page
