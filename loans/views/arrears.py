"""Loans in arrears as of any day: on the screen, as a file, on paper."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loans.arrears_paper import arrears_file
from loans.selectors.arrears import BUCKETS, LATE, LateLoan, Totals, arrears, by_bucket, totals_of
from members.access import Right, group_or_404, has_right
from papers.tables import Cell, Money
from savings.views import lists
from thai.dates import DateError, format_date, parse_date
from thai.language import active_language

SHOWS = ("all", *(str(bucket) for bucket in LATE))


@require_safe
@never_cache
def arrears_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the late loans as of a day; the list as a file."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    typed = request.GET.get("on", "").strip()
    on, refused = _day(typed)
    everything = arrears(group, on, q=words)
    rows = [row for row in everything if show in ("all", row.bucket)]
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-{_('Arrears')}-{on:%Y%m%d}", _heads(), _cells(rows))
    kept = [("show", show)] if show != SHOWS[0] else []
    context = {
        "group": group,
        "on": on,
        "today": timezone.localdate(),
        "typed": typed or format_date(on, "numeric", active_language()),
        "refused": refused,
        "page": lists.page_of(request, rows),
        "totals": totals_of(rows),
        "words": words,
        "show": show,
        "shows": [
            {"name": "all", "label": _("All"), "count": len(everything)},
            *({"name": str(each), "label": BUCKETS[each], "count": count} for each, count in by_bucket(everything)),
        ],
        "kept": [*kept, *([("on", typed)] if typed else [])],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/arrears.html", context)


@require_safe
@never_cache
def arrears_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the list that the address asks for as a PDF."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    show, (on, _refused) = lists.chosen(request, "show", SHOWS), _day(request.GET.get("on", "").strip())
    rows = arrears(group, on, q=lists.words_of(request), bucket="" if show == "all" else show)
    response = HttpResponse(arrears_file(group, rows, on), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-arrears-{on:%Y%m%d}.pdf"'
    return response


def _day(typed: str) -> tuple[date, bool]:
    """The day asked for, today unless told; whether what was typed cannot be read or has not come yet."""
    today = timezone.localdate()
    try:
        day = parse_date(typed) if typed else today
    except DateError:
        return today, True
    return (today, True) if day > today else (day, False)


def _heads() -> list[str]:
    return [
        _("Contract number"), _("Member no."), _("Name"), _("Days overdue"), _("Ageing"), _("Overdue since"),
        _("Overdue principal"), _("Interest"), _("Late charge"), _("Amount overdue"), _("Principal owed"),
        _("Guarantors"), _("Last letter"),
    ]  # fmt: skip


def _cells(rows: list[LateLoan]) -> list[list[Cell]]:
    totals: Totals = totals_of(rows)
    lines: list[list[Cell]] = [
        [
            row.loan.number, row.loan.member.number, row.loan.member.full_name, row.standing.days_past_due,
            str(row.bucket_label), row.standing.oldest_unpaid_on, Money(row.standing.overdue_principal),
            Money(row.standing.interest_owed), Money(row.standing.fine_owed), Money(row.overdue),
            Money(row.standing.outstanding), _names(row), row.letter.written_on if row.letter else None,
        ]
        for row in rows
    ]  # fmt: skip
    last: list[Any] = [
        None, None, _("Total"), None, None, None, Money(totals.principal), Money(totals.interest), Money(totals.fine),
        Money(totals.overdue), Money(totals.outstanding), None, None,
    ]  # fmt: skip
    return [*lines, last]


def _names(row: LateLoan) -> str:
    return ", ".join(f"{each.member.number} {each.member.full_name}" for each in row.guarantors)
