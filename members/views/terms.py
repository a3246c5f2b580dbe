"""Who held which office when: the history, who was in office on a day, the committee on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from members.models import Office, SavingsGroup
from members.papers import committee_file
from members.selectors.terms import in_office, terms, terms_due
from members.views import lists
from papers.tables import Cell


@require_safe
def office_history(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every term, the latest first; or those who were in office on a day."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    today = timezone.localdate()
    words, role = lists.words_of(request), lists.one_of(request, "role", Office.Role.values)
    on, typed = lists.day_of(request, "on")
    found = terms(group, q=words, role=role, on=on)
    if lists.wants_file(request):
        return file_of_terms(request, group, list(found))
    context = {
        "group": group,
        "today": today,
        "page": lists.page_of(request, found),
        "due": terms_due(group, today),
        "q": words,
        "role": role,
        "roles": Office.Role.choices,
        "on": on,
        "typed_day": typed,
        "is_unreadable": bool(typed) and on is None,
        "query": lists.query_without(request),
    }
    return render(request, "members/office_history.html", context)


@require_safe
def committee_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the committee of a day as a PDF, with room to sign."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    on = lists.day_of(request, "on")[0] or timezone.localdate()
    return lists.pdf_of(committee_file(group, in_office(group, on), on), f"{group.code}-committee-{on.isoformat()}")


def file_of_terms(request: HttpRequest, group: SavingsGroup, found: list[Office]) -> HttpResponse:
    """Terms as a file."""
    heads = [
        _("Office"), _("Member number"), _("Who"), _("From"), _("First day without the office"), _("Resolution"),
        _("Resolution of the end"), _("Signed by"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            term.get_role_display(),
            term.member.number if term.member else None,
            term.user.display_name,
            term.starts_on,
            term.ends_on,
            term.resolution.number if term.resolution else "",
            term.end_resolution.number if term.end_resolution else "",
            term.cosigned_by.display_name if term.cosigned_by else "",
        ]
        for term in found
    ]
    return lists.file_of(request, f"{group.code}-offices", _("Committee"), heads, rows)
