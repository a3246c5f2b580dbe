"""The register of debtors: on the screen, as a file, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loans.register_paper import register_file
from loans.register_words import SHOW_LABELS, state_words
from loans.selectors.register import SHOWS, RegisterRow, is_shown, register, register_totals
from members.access import Right, group_or_404
from papers.tables import Cell, Money
from savings.views import lists


@require_safe
@never_cache
def loan_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the loans of a group as they stand today; the list as a file."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    today = timezone.localdate()
    everything = register(group, today, words=words)
    rows = _shown(everything, show)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-{_('Debtors')}", _heads(), _cells(rows))
    page = lists.page_of(request, rows)
    context = {
        "group": group,
        "today": today,
        "page": page,
        "rows": [{"row": row, "state": state_words(row.state)} for row in page.object_list],
        "totals": register_totals(rows),
        "words": words,
        "show": show,
        "shows": [{"name": name, "label": SHOW_LABELS[name], "count": len(_shown(everything, name))} for name in SHOWS],
        "has_loans": bool(everything) or bool(words),
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
    }
    return render(request, "loans/loan_list.html", context)


@require_safe
@never_cache
def loan_list_paper(request: HttpRequest, group_code: str) -> HttpResponse:
    """Send the list that the address asks for as a PDF."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    show, today = lists.chosen(request, "show", SHOWS), timezone.localdate()
    rows = register(group, today, words=lists.words_of(request), show=show)
    title = f"{_('Register of debtors')}: {SHOW_LABELS[show]}"
    response = HttpResponse(register_file(group, rows, today, title), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.code}-loans-{today:%Y%m%d}.pdf"'
    return response


def _shown(rows: list[RegisterRow], show: str) -> list[RegisterRow]:
    return [row for row in rows if is_shown(row, show)]


def _heads() -> list[str]:
    return [
        _("Contract number"), _("Member no."), _("Name"), _("Kind of loan"), _("Contract of"), _("Paid out on"),
        _("Term in months"), _("Principal"), _("Principal owed"), _("Next due"), _("Amount"), _("Days overdue"),
        _("Amount overdue"), _("Guarantors"), _("State"),
    ]  # fmt: skip


def _cells(rows: list[RegisterRow]) -> list[list[Cell]]:
    totals = register_totals(rows)
    lines: list[list[Cell]] = [
        [
            row.loan.number, row.loan.member.number, row.loan.member.full_name,
            row.loan.product.name if row.loan.product else "", row.loan.contracted_on, row.loan.paid_out_on,
            row.loan.instalments, Money(row.loan.satang), Money(row.outstanding), row.next_due_on,
            Money(row.next_due) if row.next_due else None, row.days_late or None,
            Money(row.overdue) if row.overdue else None,
            ", ".join(f"{each.member.number} {each.member.full_name}" for each in row.guarantees),
            state_words(row.state)[0],
        ]
        for row in rows
    ]  # fmt: skip
    last: list[Any] = [
        None, None, _("Total"), None, None, None, None, Money(totals.lent), Money(totals.outstanding), None,
        Money(totals.next_due), None, Money(totals.overdue), None, None,
    ]  # fmt: skip
    return [*lines, last]
