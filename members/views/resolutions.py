"""What the group decided: the list, one resolution with what rests on it, a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right, person
from members.errors import DomainError
from members.forms.resolutions import ResolutionForm
from members.models import Resolution, SavingsGroup
from members.selectors.resolutions import bodies_count, resolution_years, resolutions, what_rests_on
from members.services import record_resolution
from members.services.resolutions import MoreVotesThanPresent, NoQuorum, NotCarried, PresentMissing, VotesIncomplete
from members.views import lists
from papers.tables import Cell

FIELDS: dict[type[DomainError], str] = {
    NotCarried: "votes_for",
    VotesIncomplete: "votes_for",
    MoreVotesThanPresent: "present",
    NoQuorum: "present",
    PresentMissing: "present",
}


@require_safe
def resolution_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """What the group decided, the newest first."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    years = resolution_years(group)
    words, body = lists.words_of(request), lists.one_of(request, "body", Resolution.Body.values)
    year = lists.one_of(request, "year", map(str, years))
    found = resolutions(group, q=words, body=body, year=int(year) if year else None)
    if lists.wants_file(request):
        return _file(request, group, list(found))
    counts = bodies_count(found)
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "counts": [(Resolution.Body(one).label, counts[one]) for one in Resolution.Body.values if one in counts],
        "has_any": bool(years),
        "q": words,
        "body": body,
        "bodies": Resolution.Body.choices,
        "year": year,
        "years": [str(one) for one in years],
        "query": lists.query_without(request),
        "may_keep": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "members/resolutions.html", context)


@require_safe
def resolution(request: HttpRequest, group_code: str, resolution_id: int) -> HttpResponse:
    """One resolution: wording, votes, and everything that rests on it."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = get_object_or_404(Resolution.objects.select_related("group", "recorded_by"), group=group, pk=resolution_id)
    return render(
        request, "members/resolution.html", {"group": group, "resolution": found, "grounds": what_rests_on(found)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Enter a resolution."""
    group = group_or_404(request.user, group_code, Right.KEEP_OFFICES)
    form = ResolutionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_resolution(group=group, by=person(request), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal), "number"))
        else:
            messages.success(request, _("Saved"))
            return redirect("people:resolutions", group.code)
    return render(request, "members/resolution_form.html", {"group": group, "form": form})


def _file(request: HttpRequest, group: SavingsGroup, found: list[Resolution]) -> HttpResponse:
    heads = [
        _("Number"), _("Date of the meeting"), _("Decided by"), _("Subject"), _("Wording"), _("Present"), _("Quorum"),
        _("In favour"), _("Against"), _("Abstained"), _("Recorded by"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.number, one.decided_on, one.get_body_display(), one.subject, one.text, one.present, one.quorum,
            one.votes_for, one.votes_against, one.votes_abstained, one.recorded_by.display_name,
        ]
        for one in found
    ]  # fmt: skip
    return lists.file_of(request, f"{group.code}-resolutions", _("Resolutions"), heads, rows)
