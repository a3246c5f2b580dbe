"""Balances from an Excel file or a pasted list: taken whole, or refused with every problem by sheet, row and column."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from intake.forms.opening import BalancesFileForm, PasteForm
from intake.selectors.opening_files import FileRead, read_file, read_paste
from intake.selectors.openings import preview_of_opening
from intake.services.openings import add_rows
from intake.views.opening import opening_context
from members.access import Right, group_or_404, person
from members.errors import DomainError
from members.forms.base import PlainForm
from members.models import SavingsGroup


@require_POST
def upload(request: HttpRequest, group_code: str) -> HttpResponse:
    """Take the rows of an Excel file."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    form = BalancesFileForm(request.POST, request.FILES)
    if form.is_valid():
        return _take(request, group, form, read_file(group, form.cleaned_data["workbook"]), "file_form")
    return render(request, "intake/opening.html", opening_context(request, group) | {"file_form": form})


@require_POST
def paste(request: HttpRequest, group_code: str) -> HttpResponse:
    """Take a pasted list of members."""
    group = group_or_404(request.user, group_code, Right.IMPORT_WORKBOOK)
    form = PasteForm(request.POST)
    if form.is_valid():
        return _take(request, group, form, read_paste(group, form.cleaned_data["pasted"]), "paste_form")
    return render(request, "intake/opening.html", opening_context(request, group) | {"paste_form": form})


def _take(request: HttpRequest, group: SavingsGroup, form: PlainForm, found: FileRead, name: str) -> HttpResponse:
    if found.is_fit:
        try:
            add_rows(group=group, incoming=found.rows, by=person(request))
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("%(count)s row was taken.", "%(count)s rows were taken.", found.count)
            messages.success(request, said % {"count": found.count})
            return redirect("intake:opening", group.code)
    context = opening_context(request, group) | {name: form, "file_preview": preview_of_opening(found.read)}
    return render(request, "intake/opening.html", context)
