"""The list of meetings, opening one, a closed one, and the sheet of the one that is open."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings.errors import MeetingDateRefused, MeetingError, NumberTaken
from meetings.forms.meetings import OpenMeetingForm
from meetings.lines import totals_of
from meetings.models import Meeting
from meetings.selectors.cash import opening_cash
from meetings.selectors.closed import batch_of, closed_summary
from meetings.selectors.listing import listed_meetings, received_of
from meetings.selectors.meetings import (
    first_day,
    next_number,
    open_meeting_of,
    proposed_day,
    valid_count,
    year_of,
)
from meetings.selectors.sheet import sheet_lines
from meetings.services.meetings import open_meeting as open_it
from meetings.views.files import meetings_file
from meetings.views.pages import meeting_or_404, person, steps_of
from members.access import Right, group_or_404, has_right
from members.group_settings import setting

PER_PAGE = 24


@require_safe
def meetings(request: HttpRequest, group_code: str) -> HttpResponse:
    """All meetings of the group, the latest first, and the way into the one that is open."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    found = listed_meetings(group, words)
    if request.GET.get("format") in ("csv", "xlsx"):
        return meetings_file(group, found, request.GET["format"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "page": page,
        "words": words,
        "query": urlencode({"q": words}) if words else "",
        "received": received_of(found),
        "open_meeting": open_meeting_of(group),
        "may_keep": has_right(request.user, group, Right.KEEP_MEETING),
        "may_open": has_right(request.user, group, Right.CLOSE_MEETING),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
def open_meeting(request: HttpRequest, group_code: str) -> HttpResponse:
    """Open the next meeting."""
    group = group_or_404(request.user, group_code, Right.CLOSE_MEETING)
    day = proposed_day(group)
    initial = {
        "held_on": day,
        "number": next_number(group, year_of(group, day)),
        "place": setting(group, "meeting_place"),
    }
    form = OpenMeetingForm(request.POST or None, initial=initial, earliest=first_day(group))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = open_it(group=group, by=person(request), **form.cleaned_data)
        except MeetingDateRefused as error:
            form.add_error("held_on", error.message)
        except NumberTaken as error:
            form.add_error("number", error.message)
        except MeetingError as error:
            form.add_error(None, error.message)
        else:
            return redirect("meetings:sheet", group.code, meeting.pk)
    context = {"group": group, "form": form, "opening": opening_cash(group)}
    return render(request, "meetings/meeting_open.html", context)


@require_safe
def meeting(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """A meeting: the sheet while it is open, its result once it is closed."""
    found = meeting_or_404(request, group_code, meeting_id, Right.SEE_GROUP)
    if not found.is_closed and has_right(request.user, found.group, Right.KEEP_MEETING):
        return redirect("meetings:count" if found.is_counting else "meetings:sheet", group_code, meeting_id)
    if found.is_counting and valid_count(found) is not None:
        return redirect("meetings:detail", group_code, meeting_id)
    context = {"group": found.group, "meeting": found, "steps": steps_of(found)}
    if found.is_closed:
        may_correct = has_right(request.user, found.group, Right.CLOSE_MEETING)
        context |= {"summary": closed_summary(found), "may_correct": may_correct}
        if found.from_paper:
            return render(request, "meetings/meeting_paper.html", {**context, "entries": batch_of(found)})
    return render(request, "meetings/meeting_detail.html", context)


@require_safe
@never_cache
def sheet(request: HttpRequest, group_code: str, meeting_id: int) -> HttpResponse:
    """The sheet. While the cash is counted it is not shown, so that no sum reaches the counter."""
    found = meeting_or_404(request, group_code, meeting_id, Right.KEEP_MEETING)
    if found.is_counting:
        return redirect("meetings:count", group_code, meeting_id)
    if found.is_closed:
        return redirect("meetings:meeting", group_code, meeting_id)
    lines = sheet_lines(found)
    context = {
        "group": found.group,
        "meeting": found,
        "lines": lines,
        "totals": totals_of(lines),
        "counter": found.counter,
        "editable": found.is_open,
        "urls": sheet_urls(found),
    }
    return render(request, "meetings/sheet.html", context)


def sheet_urls(found: Meeting) -> dict[str, str]:
    """Where the sheet's page sends what; `0` stands for a member's number."""
    here = [found.group.code, found.pk]
    return {
        "row": reverse("meetings:row", args=[*here, 0]),
        "changes": reverse("meetings:changes", args=here),
        "rest": reverse("meetings:rest-as-pledged", args=here),
        "household": reverse("meetings:household", args=[*here, 0]),
        "jump": reverse("meetings:jump", args=here),
        "count": reverse("meetings:count", args=here),
        "payments": reverse("meetings:payments", args=here),
        "sign_in": reverse("members:sign-in"),
        "list": reverse("meetings:list", args=here[:1]),
    }
