"""The list with which one treasurer hands over to the next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404, person
from reports.papers.hand_over import hand_over_file, name_of, parts_of
from reports.selectors.hand_over import HandOver, hand_over, treasurers


@require_safe
@never_cache
def hand_over_page(request: HttpRequest, group_code: str, office_id: int) -> HttpResponse:
    """Show what the treasurer of a term hands over, as the books stand now."""
    found = _found(request, group_code, office_id)
    context = {
        "group": found.leaving.group,
        "found": found,
        "parts": parts_of(found),
        "people": {
            "leaving": name_of(found.leaving),
            "coming": name_of(found.coming),
            "auditor": name_of(found.auditor),
        },
    }
    return render(request, "reports/hand_over.html", context)


@require_safe
@never_cache
def hand_over_paper(request: HttpRequest, group_code: str, office_id: int) -> HttpResponse:
    """Send the same list as a PDF, to be signed by both treasurers and the auditor."""
    found = _found(request, group_code, office_id)
    response = HttpResponse(hand_over_file(found), content_type="application/pdf")
    name = f"{found.leaving.group.code}-hand-over-{found.on.isoformat()}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _found(request: HttpRequest, group_code: str, office_id: int) -> HandOver:
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    office = get_object_or_404(treasurers(group), pk=office_id)
    office.group = group
    return hand_over(office=office, by=person(request), on=timezone.localdate())
