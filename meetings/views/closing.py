"""Confirming and closing: the plan, the auditor's signature, the one batch."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from funds.backup import after_close
from meetings.errors import MeetingError
from meetings.forms.closing import CloseForm
from meetings.models import Meeting
from meetings.selectors.closing import plan_close
from meetings.selectors.meetings import valid_count
from meetings.selectors.signatures import close_signature
from meetings.services.closing import close_meeting, request_close
from meetings.views.pages import meeting_or_404, refuse, steps_of
from members.access import Right
from members.errors import DomainError


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
