"""Balances from paper: typed row by row or taken from a file, looked through, signed by an auditor, posted once."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funds.backup import after_close
from intake.forms.opening import BalancesFileForm, FirstDayForm, PasteForm, RowForm
from intake.opening.pattern import pattern
from intake.opening.tables import SHEETS
from intake.opening.typed import as_typed
from intake.selectors.groups import has_begun
from intake.selectors.opening_pages import field_problems, page_tables, row_after, sum_lines
from intake.selectors.openings import opening_draft, preview_of_opening, read_opening_of, typed_tables
from intake.services.beginning import ask_to_begin, begin_from_paper
from intake.services.openings import remove_row, row_mark, save_row, set_first_day
from members.access import Right, group_or_404, person
from members.cosign import usable
from members.errors import DomainError
from members.models import SavingsGroup
from members.views.lists import words_of
from papers.tables import XLSX_TYPE
from thai.dates import format_date

XLSX_NAME = "opening-balances"


@require_safe
@never_cache
def opening(request: HttpRequest, group_code: str) -> HttpResponse:
    """The balances typed so far, what is left over, what is to be corrected, and the next step."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    return render(request, "intake/opening.html", opening_context(request, group))


@require_safe
@never_cache
def shown(request: HttpRequest, group_code: str) -> HttpResponse:
    """The same, to be read by whoever signs; nothing can be changed."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    return render(request, "intake/opening_shown.html", opening_context(request, group))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def row(request: HttpRequest, group_code: str, table: str, row_uuid: uuid.UUID) -> HttpResponse:
    """One row: typed, corrected or taken out; what is wrong with it stands beside its fields."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    if table not in SHEETS:
        raise Http404
    draft = opening_draft(group)
    if has_begun(group):
        return redirect("intake:opening", group.code)
    here = {"group_code": group.code, "table": table, "row_uuid": row_uuid}
    stored = next((one for one in typed_tables(group, draft)[table] if one["id"] == row_uuid.hex), None)
    seen = row_mark(stored)
    form = RowForm(table, request.POST if request.method == "POST" else stored)
    if request.method == "POST" and form.is_valid():
        try:
            if "remove" in request.POST:
                remove_row(group=group, key=table, row_id=row_uuid.hex, by=person(request))
                return redirect(_back(group, table))
            typed = request.POST.get("seen", "")
            save_row(
                group=group, key=table, row_id=row_uuid.hex, cells=form.cleaned_data, seen=typed, by=person(request)
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _after_save(request, group, table, row_uuid)
    elif stored is not None:
        form.is_valid()
        for name, sentences in field_problems(group, draft, table, row_uuid.hex).items():
            form.add_error(name if name in form.fields else None, sentences)
    read = read_opening_of(group, draft)
    context = {"group": group, "form": form, "table": table, "stored": stored, "seen": seen, "read": read, "here": here}
    return render(request, "intake/opening_row.html", context | {"title": _title(table)})


def _after_save(request: HttpRequest, group: SavingsGroup, table: str, row_uuid: uuid.UUID) -> HttpResponse:
    """Back to the row if it is to be corrected, else to the next one or to the list."""
    draft = opening_draft(group)
    if field_problems(group, draft, table, row_uuid.hex):
        messages.warning(request, _("Saved. Please look at the remarks beside the fields."))
        return redirect("intake:opening-row", group.code, table, row_uuid)
    messages.success(request, _("Saved."))
    if "next" not in request.POST:
        return redirect(_back(group, table))
    following = row_after(typed_tables(group, draft)[table], row_uuid)
    return redirect("intake:opening-row", group.code, table, following)


@require_POST
def first_day(request: HttpRequest, group_code: str) -> HttpResponse:
    """Say with which day the first account year begins."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    form = FirstDayForm(request.POST)
    if form.is_valid():
        try:
            set_first_day(group=group, starts_on=form.cleaned_data["starts_on"], by=person(request))
        except DomainError as refusal:
            form.refuse(refusal, "starts_on")
        else:
            return redirect("intake:opening", group.code)
    return render(request, "intake/opening.html", opening_context(request, group) | {"day_form": form})


@require_safe
@never_cache
def excel(request: HttpRequest, group_code: str) -> HttpResponse:
    """The Excel file to fill in, with the members and whatever was typed so far."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    draft = opening_draft(group)
    day = format_date(read_opening_of(group, draft).day, "long")
    response = HttpResponse(pattern(typed_tables(group, draft), day=day), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{XLSX_NAME}-{group.code}.xlsx"'
    return response


@require_POST
def ask(request: HttpRequest, group_code: str) -> HttpResponse:
    """Ask an auditor to sign the balances as they stand."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    try:
        ask_to_begin(group=group, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:opening", group.code)


@require_POST
def begin(request: HttpRequest, group_code: str) -> HttpResponse:
    """Open the books with the signed balances."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    try:
        begin_from_paper(group=group, by=person(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        after_close()
        messages.success(request, _("The books are open."))
    return redirect("intake:opening", group.code)


def opening_context(request: HttpRequest, group: SavingsGroup) -> dict[str, Any]:
    """What the page of the balances shows."""
    draft = opening_draft(group)
    read = read_opening_of(group, draft)
    signature = usable(draft.signature) if draft else None
    return {
        "group": group,
        "draft": draft,
        "read": read,
        "preview": preview_of_opening(read),
        "tables": page_tables(read, typed_tables(group, draft), words_of(request)),
        "words": words_of(request),
        "sums": sum_lines(read),
        "signature": signature,
        "is_mine": signature is None or signature.asked_by_id == person(request).pk,
        "has_begun": has_begun(group),
        "is_kept": bool(draft and as_typed(draft.tables)),
        "here": reverse("intake:opening", args=[group.code]),
        "file_form": BalancesFileForm(),
        "paste_form": PasteForm(),
        "day_form": FirstDayForm(initial={"starts_on": read.starts_on}),
    }


def _title(table: str) -> str:
    return {"members": _("A member's balances"), "loans": _("A loan"), "balances": _("A balance")}[table]


def _back(group: SavingsGroup, table: str) -> str:
    return f"{reverse('intake:opening', args=[group.code])}#{table}"
