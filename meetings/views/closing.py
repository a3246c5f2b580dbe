"""Confirming and closing: the plan, the auditor's signature, the one batch."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funds.backup import after_close
from meetings.errors import ContentMoved, MeetingError
from meetings.forms.closing import CloseForm
from meetings.models import Meeting
from meetings.plan import blocks_of
from meetings.selectors.closing import plan_close
from meetings.selectors.detail import counted_evening
from meetings.selectors.held import cash_held_beside
from meetings.selectors.meetings import next_receipt_number, valid_count
from meetings.services.closing import close_meeting, request_close
from meetings.views.pages import meeting_or_404, person, refuse, steps_of
from members.access import Right, has_right
from members.cosign import usable
from members.errors import DomainError
from members.models import CoSignature, User


@require_http_methods(["GET", "POST"])
@never_cache
def close(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Show what will be posted; with the auditor's signature, post it."""
    found = meeting_or_404(request, group_code, meeting_id, Right.CLOSE_MEETING)
    if request.method == "POST":
        return _post(request, found)
    if found.is_closed:
        return redirect("meetings:meeting", group_code, meeting_id)
    return _page(request, found)


@require_POST
def ask(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Ask an auditor to sign the close as it stands."""
    found = meeting_or_404(request, group_code, meeting_id, Right.CLOSE_MEETING)
    try:
        request_close(meeting=found, by=person(request), url=reverse("meetings:detail", args=[group_code, found.pk]))
    except DomainError as error:
        refuse(request, error)
    return redirect("meetings:close", group_code, meeting_id)


@require_safe
@never_cache
def detail(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """The counted evening line by line, for every officer; before the count is saved there is nothing to read."""
    found = meeting_or_404(request, group_code, meeting_id, Right.SEE_GROUP)
    evening = counted_evening(found)
    if evening is None:
        return redirect("meetings:meeting", group_code, meeting_id)
    signature = _for_me(found, person(request))
    context = {
        "group": found.group,
        "meeting": found,
        "steps": steps_of(found),
        "evening": evening,
        "code": " ".join(blocks_of(evening.fingerprint)),
        "signature": signature,
        "may_keep": has_right(request.user, found.group, Right.KEEP_MEETING),
    }
    return render(request, "meetings/detail.html", context)


def _for_me(found: Meeting, user: User) -> CoSignature | None:
    """The signature on the close that waits for this officer."""
    signature = usable(found.signature)
    if signature is None or signature.signed_at or signature.asked_by_id == user.pk:
        return None
    return signature if has_right(user, found.group, Right.AUDIT) else None


def _page(request: HttpRequest, found: Meeting) -> HttpResponse:
    here = reverse("meetings:close", args=[found.group.code, found.pk])
    try:
        plan = plan_close(found, operation=uuid4())
    except MeetingError as error:
        refuse(request, error)
        return redirect("meetings:count", found.group.code, found.pk)
    context = {
        "group": found.group,
        "meeting": found,
        "steps": steps_of(found),
        "plan": plan,
        "count": valid_count(found),
        "signature": _signature(found, person(request)),
        "form": CloseForm(initial={"operation": plan.close.operation, "fingerprint": plan.fingerprint}),
        "first_number": next_receipt_number(found.group),
        "held": cash_held_beside(found),
        "here": here,
    }
    return render(request, "meetings/close.html", context)


def _signature(found: Meeting, user: User) -> CoSignature | None:
    signature = usable(found.signature)
    return signature if signature is not None and signature.asked_by_id == user.pk else None


def _post(request: HttpRequest, found: Meeting) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        refuse(request, ContentMoved())
        return redirect("meetings:close", found.group.code, found.pk)
    try:
        closed = close_meeting(meeting=found, signature=found.signature, by=person(request), **form.cleaned_data)
    except DomainError as error:
        refuse(request, error)
        return redirect("meetings:close", found.group.code, found.pk)
    after_close()
    messages.success(request, _("Meeting %(number)s is closed.") % {"number": closed})
    return redirect("meetings:meeting", found.group.code, found.pk)
