"""The control register of an account year: on the screen, as a list, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from members.models import SavingsGroup
from members.selectors.people import PeopleFilter, people
from papers.tables import Cell, Money
from savings.papers import control_register_file
from savings.selectors import Register, RegisterRow, register, register_years, totals_of
from savings.views import lists
from savings.wording import mark_text
from thai.language import active_language
from thai.months import format_month

SHOWS = ("all", "owing")


@require_safe
def control_register(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show every member by the months of an account year; the list as a file."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    today = timezone.localdate()
    year, years = _year(request, group)
    found = register(group, year, today)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    rows = _narrowed(group, found, words, show)
    months = [format_month(month, "name_short", active_language()) for month in found.months]
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-register-{year}", _heads(months), _cells(rows))
    page = lists.page_of(request, rows)
    context = {
        "group": group,
        "year": year,
        "years": years,
        "months": months,
        "page": page,
        "rows": page.object_list,
        "totals": totals_of(rows),
        "has_rows": bool(found.rows),
        "words": words,
        "show": show,
        "kept": [("year", year)] + ([("show", show)] if show != SHOWS[0] else []),
        "query": lists.query_without(request),
        "query_years": lists.query_without(request, "year"),
        "query_shows": lists.query_without(request, "show"),
        "until": min(found.until, today),
    }
    return render(request, "savings/register.html", context)


@require_safe
def register_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the register of an account year as a PDF."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    year, _years = _year(request, group)
    pdf = control_register_file(group, register(group, year, timezone.localdate()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-register-{year}.pdf"'
    return response


def _year(request: HttpRequest, group: SavingsGroup) -> tuple[int, list[int]]:
    years = register_years(group, timezone.localdate())
    typed = request.GET.get("year", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else years[0]
    return min(max(wanted, years[-1]), years[0]), years


def _narrowed(group: SavingsGroup, found: Register, words: str, show: str) -> list[RegisterRow]:
    rows = [row for row in found.rows if show == SHOWS[0] or row.missed]
    if words:
        named = set(people(group=group, by=PeopleFilter(q=words)).values_list("pk", flat=True))
        rows = [row for row in rows if row.member.pk in named]
    return rows


def _heads(months: list[str]) -> list[str]:
    return [
        _("Member no."), _("Name"), _("Pledge a month"), _("Brought forward"), *months, _("Received in the year"),
        _("Returned"), _("Balance"), _("Months owed"), _("Marks"),
    ]  # fmt: skip


def _cells(rows: list[RegisterRow]) -> list[list[Cell]]:
    totals = totals_of(rows)
    lines: list[list[Cell]] = [
        [
            row.member.number, row.member.full_name, _money(row.pledge), Money(row.brought_forward),
            *(_money(cell.received) for cell in row.cells), Money(row.received), Money(row.returned),
            Money(row.balance), row.missed, ", ".join(mark_text(cell.mark) or "–" for cell in row.cells),
        ]
        for row in rows
    ]  # fmt: skip
    last: list[Any] = [
        None, _("Total"), None, Money(totals.brought_forward), *(Money(month) for month in totals.months),
        Money(totals.received), Money(totals.returned), Money(totals.balance), totals.missed, None,
    ]  # fmt: skip
    return [*lines, last]


def _money(satang: int) -> Money | None:
    return Money(satang) if satang else None
