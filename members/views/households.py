"""Households: the list with the village's coverage, one household, its code and house number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right, person
from members.errors import DomainError
from members.forms.households import HouseholdForm
from members.group_settings import settings_on
from members.models import Household, SavingsGroup
from members.selectors.households import SHOWS, HouseholdRow, coverage, household_rows, members_in
from members.services import add_household, change_household
from members.views import lists
from papers.tables import Cell


@require_safe
def households(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every household with its members; how much of the village saves."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.one_of(request, "show", SHOWS) or SHOWS[0]
    every = household_rows(group)
    rows = household_rows(group, q=words, show=show) if words or show != SHOWS[0] else every
    if lists.wants_file(request):
        return _file(request, group, rows)
    context = {
        "group": group,
        "page": lists.page_of(request, rows),
        "members_shown": members_in(rows),
        "coverage": coverage(group, every),
        "rules": settings_on(group),
        "words": words,
        "show": show,
        "shows": {
            "all": _("All households"),
            "members": _("With members"),
            "empty": _("Without members"),
            "full": _("More than the rule allows"),
        },
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_keep": has_right(request.user, group, Right.KEEP_PEOPLE),
        "may_set": has_right(request.user, group, Right.KEEP_OFFICES),
    }
    return render(request, "members/households.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def household_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Enter a household, before its first member or without any."""
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    return _keep(request, group, None)


@require_http_methods(["GET", "HEAD", "POST"])
def household(request: HttpRequest, group_code: str, household_id: int) -> HttpResponse:
    """Correct a household's code or house number; who lives there, and where to move them."""
    group = group_or_404(request.user, group_code, Right.KEEP_PEOPLE)
    found = get_object_or_404(Household, group=group, pk=household_id)
    return _keep(request, group, found)


def _keep(request: HttpRequest, group: SavingsGroup, found: Household | None) -> HttpResponse:
    initial = {"code": found.code, "house_no": found.house_no} if found else {}
    form = HouseholdForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            if found is None:
                add_household(group=group, by=person(request), **form.cleaned_data)
            else:
                change_household(household=found, by=person(request), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal, "code")
        else:
            messages.success(request, _("Saved"))
            return redirect("people:households", group.code)
    members = found.members.order_by("number") if found else []
    return render(
        request, "members/household_form.html", {"group": group, "household": found, "form": form, "members": members}
    )


def _file(request: HttpRequest, group: SavingsGroup, rows: list[HouseholdRow]) -> HttpResponse:
    heads = [_("Household code"), _("House number"), _("Number of members"), _("Members")]
    cells: list[list[Cell]] = [
        [
            row.household.code,
            row.household.house_no,
            len(row.members),
            ", ".join(f"{member.number} {member.full_name}" for member in row.members),
        ]
        for row in rows
    ]
    cells.append([_("Total"), "", members_in(rows), ""])
    return lists.file_of(request, f"{group.code}-households", _("Households"), heads, cells)
