"""Payments of the day: the evening's lines, a form for each kind, approval, cancelling."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.errors import NotEnoughInBank, NotEnoughInBox, NotEnoughSaved, PayeeIsOfficer
from meetings.forms.payments import FORMS, PaymentForm
from meetings.models import Meeting, PaymentLine
from meetings.selectors.books import books_left, member_named
from meetings.selectors.payments import payment_lines_of
from meetings.services.payments import approve_payment, ask_again, cancel_payment, request_payment
from meetings.views.pages import meeting_or_404, person, refuse
from members.access import Right
from members.cosign import usable
from members.errors import DomainError
from thai.digits import to_western


@require_http_methods(["GET", "POST"])
@never_cache
def payments(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """The payments of the evening; `?add=<kind>` opens the form of that kind."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    form_class = FORMS.get(request.GET.get("add", ""))
    typed = to_western(request.POST.get("member_number") or request.GET.get("member", "")).strip()
    initial = {"member_number": typed} if typed else None
    form = form_class(request.POST or None, meeting=found, initial=initial) if form_class and found.is_open else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form is not None and form.is_valid() and _request(request, found, form):
        messages.success(request, _("Written down. Now the second officer signs."))
        return redirect("meetings:payments", group_code, meeting_id)
    lines = list(payment_lines_of(found))
    if form is not None and "contract" in form.errors and _sent_before(request, lines):
        return redirect("meetings:payments", group_code, meeting_id)
    context = {
        "group": found.group,
        "meeting": found,
        "lines": [{"line": line, "signature": _signature(line)} for line in lines],
        "form": form,
        "kinds": [{"key": kind.value, "label": kind.label} for kind in PaymentLine.Kind],
        "adding": form.kind if form else "",
        **(_whose(found, typed) if form and form.kind == PaymentLine.Kind.WITHDRAWAL else {}),
        "here": reverse("meetings:payments", args=[group_code, meeting_id]),
    }
    return render(request, "meetings/payments.html", context)


def _sent_before(request: HttpRequest, lines: list[PaymentLine]) -> bool:
    """Whether this form wrote a line already: its contract is no longer among those offered."""
    return request.POST.get("operation", "") in {str(line.operation) for line in lines}


@require_POST
def approve(request: HttpRequest, group_code: str, meeting_id: int, line_id: int) -> HttpResponse:
    """Take the second officer's signature for the line."""
    line = _line_or_404(request, group_code, meeting_id, line_id)
    try:
        approve_payment(line=line)
        messages.success(request, _("The payment is approved. It is posted when the meeting is closed."))
    except DomainError as error:
        refuse(request, error)
    return redirect("meetings:payments", group_code, meeting_id)


@require_POST
def ask(request: HttpRequest, group_code: str, meeting_id: int, line_id: int) -> HttpResponse:
    """Ask for the signature again."""
    line = _line_or_404(request, group_code, meeting_id, line_id)
    try:
        ask_again(line=line)
    except DomainError as error:
        refuse(request, error)
    return redirect("meetings:payments", group_code, meeting_id)


@require_POST
def cancel(request: HttpRequest, group_code: str, meeting_id: int, line_id: int) -> HttpResponse:
    """Take the payment back."""
    line = _line_or_404(request, group_code, meeting_id, line_id)
    try:
        cancel_payment(line=line, by=person(request))
        messages.success(request, _("The payment is cancelled."))
    except DomainError as error:
        refuse(request, error)
    return redirect("meetings:payments", group_code, meeting_id)


def _whose(found: Meeting, typed: str) -> dict[str, Any]:
    """Whose withdrawal it is and what the books hold, shown before the amount is typed."""
    member = member_named(found, typed)
    if member is None:
        return {"asks_member": True, "typed": typed}
    member.group = found.group
    return {"asks_member": True, "typed": typed, "member": member, "books": books_left(member)}


def _request(request: HttpRequest, found: Meeting, form: PaymentForm) -> bool:
    try:
        request_payment(
            meeting=found, payment=form.payment(), operation=form.cleaned_data["operation"], by=person(request)
        )
    except (NotEnoughInBox, NotEnoughInBank, NotEnoughSaved) as error:
        form.add_error("satang" if "satang" in form.fields else None, error.message)
        return False
    except PayeeIsOfficer as error:
        form.add_error("member_number" if "member_number" in form.fields else None, error.message)
        return False
    except DomainError as error:
        form.add_error(None, error.message)
        return False
    return True


def _signature(line: PaymentLine) -> object:
    return usable(line.signature) if line.state == PaymentLine.State.REQUESTED else None


def _line_or_404(request: HttpRequest, group_code: str, meeting_id: int, line_id: int) -> PaymentLine:
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    line = PaymentLine.objects.filter(meeting=found, pk=line_id).first()
    if line is None:
        raise Http404
    line.meeting = found
    return line
