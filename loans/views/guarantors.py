"""What each member stands for in all: the list, and one guarantor's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loans.selectors.cover import free_savings
from loans.selectors.guarantors import (
    SHOWS,
    GuarantorRow,
    GuarantorTotals,
    guarantor_rows,
    guarantor_totals,
    most_guarantees,
    outstanding_of,
    standings_of,
)
from members.access import Right, group_or_404, has_right
from members.selectors.people import member_of_number
from papers.tables import Cell, Money
from savings.views import lists


@require_safe
def guarantor_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show who stands guarantor for how much, and where guarantees run in a ring."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    rows = guarantor_rows(group, q=words, show=show)
    totals = guarantor_totals(rows)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-guarantors", _heads(), _lines(rows, totals))
    context = {
        "group": group,
        "page": lists.page_of(request, rows),
        "totals": totals,
        "most": most_guarantees(group),
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
    }
    return render(request, "loans/guarantor_list.html", context)


@require_safe
def guarantor(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Show everything that one member stands for, and what the savings still cover."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    standings = standings_of(member)
    context = {
        "group": group,
        "member": member,
        "standings": standings,
        "outstanding": outstanding_of(standings),
        "row": next((row for row in guarantor_rows(group, q=str(number))), None),
        "free": free_savings(member),
        "most": most_guarantees(group),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/guarantor.html", context)


def _heads() -> list[str]:
    return [
        _("Member no."), _("Name"), _("Guarantees"), _("Stands for"), _("Outstanding of these loans"),
        _("Free pledge savings"), _("Circular guarantees"),
    ]  # fmt: skip


def _lines(rows: list[GuarantorRow], totals: GuarantorTotals) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            row.member.number, row.member.full_name, row.count, Money(row.satang), Money(row.outstanding),
            Money(row.free), " → ".join(str(each.number) for each in row.ring),
        ]
        for row in rows
    ]  # fmt: skip
    return [*lines, [None, _("Total"), totals.count, Money(totals.satang), None, None, None]]
