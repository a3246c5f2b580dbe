"""The founded groups and their first officers' slips; fresh ones as long as nobody has used any."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intake.forms.founding import FreshSlipsForm
from intake.selectors.founded import founded_groups, still_waiting
from intake.views.founders import founder_of, keep_slips, kept_slips
from members.access import Right, group_or_404
from members.errors import DomainError
from members.models import SavingsGroup, User
from membership.first_slips import FirstSlips, first_slips, renew_first_slips
from membership.slip_papers import slips_pdf
from papers.tables import Cell
from reports import lists
from reports.tables import Table, file_response, wants_file


@require_safe
@never_cache
def founded_list(request: HttpRequest) -> HttpResponse:
    """The groups founded here and the state of their first officers' slips."""
    user = founder_of(request)
    words = lists.words_of(request)
    groups = founded_groups(user, words)
    if wants_file(request):
        return file_response(request, _table(first_slips(groups), still_waiting(groups)))
    page = lists.page_of(request, groups)
    context = {
        "rows": first_slips(lists.rows_of(page)),
        "page": page,
        "words": words,
        "query": lists.query_without(request),
        "waiting": still_waiting(groups),
        "is_admin": user.is_administrator,
    }
    return render(request, "intake/founded_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def founded(request: HttpRequest, group_code: str) -> HttpResponse:
    """A founded group's first slips, to be printed while their codes are kept (a PDF with ?format=pdf); fresh ones."""
    user = founder_of(request)
    group = group_or_404(user, group_code, Right.FOUND_GROUP)
    state = first_slips([group])[0]
    form = FreshSlipsForm(request.POST if request.method == "POST" else None, officers=state.officers)
    if request.method == "POST" and form.is_valid():
        _renew(request, group, user, form.births)
        return redirect("intake:founded", group.code)
    issued = kept_slips(request, group)
    if request.GET.get("format") == "pdf":
        if not issued:
            raise Http404
        response = HttpResponse(slips_pdf(issued), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="slips-{group.code}.pdf"'
        return response
    context = {"group": group, "issued": issued, "state": state, "form": form, "operation": uuid4()}
    return render(request, "intake/founded.html", context)


def _renew(request: HttpRequest, group: SavingsGroup, user: User, births: Mapping[int, date]) -> None:
    """Print fresh slips, once for each time that the page was opened."""
    try:
        seen, operation = int(request.POST.get("seen", "")[:18]), UUID(request.POST.get("operation", ""))
    except ValueError:
        return
    try:
        fresh = renew_first_slips(group=group, by=user, seen=seen, operation=operation, births=births)
        keep_slips(request, group, fresh)
    except DomainError as refusal:
        if not kept_slips(request, group):  # a second click of one button finds the slips of the first
            messages.error(request, refusal.message)


def _table(rows: Sequence[FirstSlips], waiting: int) -> Table:
    heads = [_("Group"), _("Code"), _("Village"), _("Moo"), _("Tambon"), _("Founded"), _("By")]
    found: list[tuple[Cell, ...]] = [_cells(row) for row in rows]
    words = _("%(count)s wait for the first password") % {"count": waiting}
    last: tuple[Cell, ...] = (_("Total"), "", "", None, "", None, "", len(rows), words)
    return Table("founded-groups", [*heads, _("Times printed"), _("State")], [*found, last])


def _cells(row: FirstSlips) -> tuple[Cell, ...]:
    group, decision = row.group, row.decisions[0]
    place = group.village
    day = timezone.localdate(decision.at)
    state = _("in the officers' hands") if row.has_begun else _("waits for the first password")
    return group.name, group.code, place.name, place.moo, str(place.tambon), day, decision.by, len(row.decisions), state
