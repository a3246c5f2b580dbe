"""Counting the cash: the denominations first, the expected sum only after they are saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.denominations import DENOMINATIONS, Pieces, from_stored
from meetings.errors import MeetingError
from meetings.forms.meetings import CountForm, ReasonForm
from meetings.models import CashCount, Meeting
from meetings.selectors.cash import cash_position
from meetings.selectors.meetings import valid_count
from meetings.selectors.sheet import unsaved_count
from meetings.services.counts import explain_difference, record_count
from meetings.services.meetings import begin_count, resume_entering
from meetings.views.pages import meeting_or_404, person, refuse, steps_of
from members.access import Right, has_right


@require_http_methods(["GET", "POST"])
@never_cache
def count(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Take the count; once it is saved, show it beside what the books expect."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    if found.is_closed:
        return redirect("meetings:meeting", group_code, meeting_id)
    if found.is_open:
        context = {"group": found.group, "meeting": found, "steps": steps_of(found), "waiting": unsaved_count(found)}
        return render(request, "meetings/count_begin.html", context)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operation = form.cleaned_data["operation"]
            record_count(meeting=found, pieces=form.pieces(), operation=operation, by=person(request))
        except MeetingError as error:
            refuse(request, error)
        return redirect("meetings:count", group_code, meeting_id)
    made = valid_count(found)
    if made is not None and request.method == "GET" and "again" not in request.GET:
        return _result(request, found, made, ReasonForm(initial={"reason": made.reason, "recounted": made.recounted}))
    rows = [{"pieces": Pieces(value, 0), "field": form[f"d{value}"]} for value in DENOMINATIONS]
    context = {"group": found.group, "meeting": found, "steps": steps_of(found), "form": form, "rows": rows}
    return render(request, "meetings/count.html", context)


@require_POST
def reason(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Keep the reason for a difference."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    made = valid_count(found)
    form = ReasonForm(request.POST)
    if not form.is_valid() and made is not None and found.is_counting:
        return _result(request, found, made, form)
    try:
        if form.is_valid():
            explain_difference(meeting=found, by=person(request), **form.cleaned_data)
            messages.success(request, _("The reason is saved."))
    except MeetingError as error:
        refuse(request, error)
    return redirect("meetings:count", group_code, meeting_id)


@require_POST
def begin(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """End the entering."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    try:
        begin_count(meeting=found, by=person(request))
    except MeetingError as error:
        refuse(request, error)
    return redirect("meetings:count", group_code, meeting_id)


@require_POST
def resume(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """Go back to entering."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    try:
        resume_entering(meeting=found, by=person(request))
    except MeetingError as error:
        refuse(request, error)
        return redirect("meetings:meeting", group_code, meeting_id)
    return redirect("meetings:sheet", group_code, meeting_id)


def _result(request: HttpRequest, found: Meeting, made: CashCount, form: ReasonForm) -> HttpResponse:
    context = {
        "group": found.group,
        "meeting": found,
        "steps": steps_of(found),
        "count": made,
        "pieces": from_stored(made.denominations),
        "position": cash_position(found),
        "form": form,
        "may_close": has_right(request.user, found.group, Right.CLOSE_MEETING),
    }
    return render(request, "meetings/count_result.html", context)
