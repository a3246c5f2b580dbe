"""The list with which the committee goes from house to house before a meeting."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from members.models import SavingsGroup
from papers.tables import Cell
from reports import lists
from reports.papers.collection import collection_file
from reports.selectors.collection import CollectionHouse, collection, collection_day, collection_totals
from reports.tables import Table, amount, file_response, wants_file
from savings.wording import months_text
from thai.language import active_language

HOUSES_A_PAGE = 40


@require_safe
def collection_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show by household what each member brings on a meeting day."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    on, words, due_only = _asked(request, group)
    houses = collection(group=group, on=on, q=words, due_only=due_only)
    if wants_file(request):
        return _file(request, group, houses, on)
    page = lists.page_of(request, houses, per_page=HOUSES_A_PAGE)
    language = active_language()
    context = {
        "group": group,
        "on": on,
        "page": page,
        "houses": [
            {
                "house": house,
                "lines": [
                    {"line": line, "months": months_text(line.owed_months, on, language) if line.owed_months else ""}
                    for line in house.lines
                ],
            }
            for house in page.object_list
        ],
        "totals": collection_totals(houses),
        "words": words,
        "due_only": due_only,
        "kept": lists.kept_pairs(request, ["on", "due"]),
        "query": lists.query_without(request),
        "query_due": lists.query_without(request, "due"),
    }
    return render(request, "reports/collection.html", context)


@require_safe
def collection_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the same list as a PDF, with empty columns to write in."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    on, words, due_only = _asked(request, group)
    pdf = collection_file(group, collection(group=group, on=on, q=words, due_only=due_only), on)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-collection-{on.isoformat()}.pdf"'
    return response


def _asked(request: HttpRequest, group: SavingsGroup) -> tuple[date, str, bool]:
    day = lists.day_of(request, "on", collection_day(group, timezone.localdate()))
    return day, lists.words_of(request), request.GET.get("due") == "1"


def _file(request: HttpRequest, group: SavingsGroup, houses: list[CollectionHouse], on: date) -> HttpResponse:
    heads = [
        _("Household"), _("House number"), _("Member no."), _("Name"), _("Pledge of this month"), _("Months owed"),
        _("Owed of months before"), _("Fees"), _("Fine"), _("Due on loans"),
        _("Together"),
    ]  # fmt: skip
    language, totals = active_language(), collection_totals(houses)
    rows: list[list[Cell]] = [
        [
            house.code, house.house_no, line.member.number, line.member.full_name, amount(line.this_month),
            months_text(line.owed_months, on, language) if line.owed_months else "", amount(line.owed),
            amount(line.fee), amount(line.fine), amount(line.loans), amount(line.total),
        ]
        for house in houses
        for line in house.lines
    ]  # fmt: skip
    rows.append(
        [
            _("Total"), "", None, "", amount(totals.this_month), "", amount(totals.owed), amount(totals.fee),
            amount(totals.fine), amount(totals.loans), amount(totals.total),
        ]
    )  # fmt: skip
    return file_response(request, Table(f"{group.code}-collection", heads, rows))
