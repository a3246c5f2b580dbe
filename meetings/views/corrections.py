"""Correcting a receipt: what it should have said, the second officer's signature, the pair of entries."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.errors import RowRefused
from meetings.forms.closing import CorrectionForm
from meetings.models import Correction, SheetRow
from meetings.selectors.closed import corrected_by, row_behind, row_of_receipt, waiting_correction
from meetings.selectors.loans import loans_of_correction, loans_to_correct
from meetings.services.corrections import apply_correction, ask_again, request_correction
from meetings.views.pages import person, refuse
from members.access import Right, group_or_404
from members.cosign import usable
from members.errors import DomainError
from members.models import SavingsGroup


@require_http_methods(["GET", "POST"])
@never_cache
def correct(request: HttpRequest, group_code: str, n: int) -> HttpResponse:
    """Say what the receipt should have said."""
    group = group_or_404(request.user, group_code, Right.CLOSE_MEETING)
    row = row_of_receipt(group, n)
    if row is None:
        return _corrected_already(request, group, n)
    row.meeting.group = group
    form = CorrectionForm(request.POST or None, initial=_initial(row), loans=loans_to_correct(row))
    if request.method == "POST" and form.is_valid():
        try:
            request_correction(row=row, corrected=form.row(), reason=form.cleaned_data["reason"], by=person(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("meetings:correct", group_code, n)
    correction = waiting_correction(row)
    context = {
        "group": group,
        "row": row,
        "meeting": row.meeting,
        "n": n,
        "form": form,
        "correction": correction,
        "correction_loans": loans_of_correction(correction) if correction else [],
        "signature": usable(correction.signature) if correction else None,
        "here": reverse("meetings:correct", args=[group_code, n]),
    }
    return render(request, "meetings/correct.html", context)


@require_POST
def apply(request: HttpRequest, group_code: str, n: int, correction_id: int) -> HttpResponse:
    """Post the pair."""
    correction = _correction_or_404(request, group_code, n, correction_id)
    try:
        done = apply_correction(correction=correction, by=person(request))
    except RowRefused as error:
        messages.error(request, " ".join(str(text) for text in error.errors.values()))
        return redirect("meetings:correct", group_code, n)
    except DomainError as error:
        refuse(request, error)
        return redirect("meetings:correct", group_code, n)
    if done.replacement is not None:
        text = _("Receipt %(old)s is reversed; receipt %(new)s stands in its place.")
        messages.success(request, text % {"old": n, "new": done.replacement.n})
    else:
        messages.success(request, _("Receipt %(old)s is reversed.") % {"old": n})
    return redirect("meetings:meeting", group_code, correction.row.meeting_id)


@require_POST
def ask(request: HttpRequest, group_code: str, n: int, correction_id: int) -> HttpResponse:
    """Ask for the signature again."""
    correction = _correction_or_404(request, group_code, n, correction_id)
    try:
        ask_again(correction=correction)
    except DomainError as error:
        refuse(request, error)
    return redirect("meetings:correct", group_code, n)


def _corrected_already(request: HttpRequest, group: SavingsGroup, n: int) -> HttpResponse:
    """The page for whoever comes back to a receipt that has been corrected: where to read on."""
    row = row_behind(group, n)
    if row is None:
        raise Http404
    reversal, replacement = corrected_by(group, n)
    context = {"group": group, "meeting": row.meeting, "row": row, "n": n}
    return render(request, "meetings/corrected.html", {**context, "reversal": reversal, "replacement": replacement})


def _correction_or_404(request: HttpRequest, group_code: str, n: int, correction_id: int) -> Correction:
    group = group_or_404(request.user, group_code, Right.CLOSE_MEETING)
    found = Correction.objects.filter(pk=correction_id, row__meeting__group=group, entry__n=n)
    correction = found.select_related("row__meeting", "row__member", "entry").first()
    if correction is None:
        raise Http404
    correction.row.meeting.group = group
    return correction


def _initial(row: SheetRow) -> dict[str, object]:
    last = row.corrections.filter(applied_at__isnull=False).order_by("-pk").first()
    source: SheetRow | Correction = last or row
    return {
        "pledge": source.pledge_satang,
        "special": source.special_satang,
        "fee": source.fee_satang,
        "fine": source.fine_satang,
        "method": source.method,
        "slip_ref": source.slip_ref,
        **{f"loan_{loan_id}": satang for loan_id, satang in source.loans},
    }
