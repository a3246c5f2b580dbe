"""What was changed in a person's data: a tab for the officers, a page for the member."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404, person
from members.selectors.history import changes_for, changes_of, decisions_of, shown
from members.selectors.people import member_of_number
from members.services import record_access
from members.views import lists
from members.views.people import member_tabs
from papers.tables import Cell

PER_PAGE = 50


@require_safe
def member_changes(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Every change of one member's data: who, when, before, after. The look is recorded."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    record_access(user=person(request), members=[member], page="people:changes")
    found = changes_of(member)
    if lists.wants_file(request):
        heads = [_("When"), _("Who"), _("What"), _("Before"), _("After")]
        rows: list[list[Cell]] = [
            [timezone.localdate(one.at), one.who, one.label, one.before, one.after] for one in shown(found)
        ]
        return lists.file_of(request, f"{group.code}-{member.holder}-changes", _("Changes"), heads, rows)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "member": member,
        "tabs": member_tabs(group, member, "people:changes"),
        "page": page,
        "changes": shown(page.object_list),
        "decisions": decisions_of(member),
    }
    return render(request, "members/member_changes.html", context)


@require_safe
def my_changes(request: HttpRequest) -> HttpResponse:
    """The same for whoever may open the passbook, of their own memberships."""
    page = Paginator(changes_for(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "changes": shown(page.object_list)}
    return render(request, "members/my_changes.html", context)
