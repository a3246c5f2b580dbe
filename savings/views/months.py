"""Months owed and paid in advance, and the fines that missed months carry."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.selectors import MemberMonths, MonthFine, fines_of_months, fines_total, members_months, months_total
from savings.selectors.months import rate_on, rates_of
from savings.selectors.window import pledge_window
from savings.views import lists
from savings.wording import fine_text, months_text, window_sentence
from thai.language import active_language
from thai.months import account_year, account_year_start, format_month

SHOWS = ("all", "owed", "ahead", "fines")


@require_safe
def months(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show each member's months owed and paid in advance; `?show=fines` the months that carry a fine."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    today, words = timezone.localdate(), lists.words_of(request)
    show = lists.chosen(request, "show", SHOWS)
    if show == "fines":
        return _fines(request, group, today, words)
    rows = [row for row in members_months(group, today, q=words) if _is_shown(row, show)]
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-months", _heads(), _lines(rows, today))
    page = lists.page_of(request, rows)
    language = active_language()
    context = {
        **_common(request, group, today, words, show),
        "page": page,
        "rows": [
            {
                "months": row,
                "owed": months_text(row.owed, today, language),
                "ahead": months_text(row.ahead, today, language),
            }
            for row in page.object_list
        ],
        "totals": months_total(rows),
        "asks_fine": bool(rate_on(rates_of(group), today)),
    }
    return render(request, "savings/months.html", context)


def _fines(request: HttpRequest, group: SavingsGroup, today: date, words: str) -> HttpResponse:
    start_month = group.first_year_starts_on.month
    since = account_year_start(account_year(today, start_month=start_month), start_month=start_month)
    found = fines_of_months(group, since, today, today, q=words)
    asked, taken = fines_total(found)
    language = active_language()
    if lists.wants_file(request):
        heads = [_("Member no."), _("Name"), _("Month"), _("Fine"), _("Taken"), _("Paid on"), _("Receipt"), _("State")]
        return lists.file_of(request, f"{group.code}-fines", heads, _fine_lines(found, asked, taken))
    page = lists.page_of(request, found)
    context = {
        **_common(request, group, today, words, "fines"),
        "since": since,
        "page": page,
        "rows": [
            {"fine": fine, "month": format_month(fine.month, "long", language), "state": fine_text(fine.state)}
            for fine in page.object_list
        ],
        "asked": asked,
        "taken": taken,
    }
    return render(request, "savings/fines.html", context)


def _common(request: HttpRequest, group: SavingsGroup, today: date, words: str, show: str) -> dict[str, object]:
    return {
        "group": group,
        "today": today,
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "window": window_sentence(pledge_window(group, today), active_language()),
        "rate": rate_on(rates_of(group), today),
    }


def _is_shown(row: MemberMonths, show: str) -> bool:
    return show == "all" or bool(row.owed if show == "owed" else row.ahead)


def _heads() -> list[str]:
    return [
        _("Member no."), _("Name"), _("Pledge a month"), _("Months owed"), _("Amount owed"), _("Fine"),
        _("Paid in advance"),
    ]  # fmt: skip


def _lines(rows: list[MemberMonths], today: date) -> list[list[Cell]]:
    language, totals = active_language(), months_total(rows)
    lines: list[list[Cell]] = [
        [
            row.member.number,
            row.member.full_name,
            Money(row.pledge),
            months_text(row.owed, today, language),
            Money(row.owed_satang),
            Money(row.fine),
            months_text(row.ahead, today, language),
        ]
        for row in rows
    ]
    return [*lines, [None, _("Total"), None, None, Money(totals.owed_satang), Money(totals.fine), None]]


def _fine_lines(found: list[MonthFine], asked: int, taken: int) -> list[list[Cell]]:
    language = active_language()
    lines: list[list[Cell]] = [
        [
            fine.member.number, fine.member.full_name, format_month(fine.month, "short", language), Money(fine.asked),
            Money(fine.taken), fine.paid_on, fine.number or None, fine_text(fine.state),
        ]
        for fine in found
    ]  # fmt: skip
    return [*lines, [None, _("Total"), None, Money(asked), Money(taken), None, None, None]]
