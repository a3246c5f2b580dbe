"""Money in: the list, its totals and files, the form."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.forms.money_in import MoneyInForm
from funds.models import MoneyIn
from funds.purposes import SOURCE_BY_KEY, SOURCES
from funds.selectors import is_open
from funds.selectors.money_in import money_in, money_in_totals, to_be_returned
from funds.services.money_in import receive_money
from funds.views.pages import day_of, file_of, one_of, page_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from papers.tables import Cell, Money


@require_safe
@never_cache
def money_in_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Everything received beside the meeting: search, filters, totals, files; what still has to be returned."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    chosen: dict[str, Any] = {
        "words": words_of(request),
        "source": one_of(request.GET.get("source"), SOURCE_BY_KEY),
        "since": day_of(request, "since"),
        "until": day_of(request, "until"),
    }
    found = money_in(group, **chosen)
    if wants_file(request):
        return _file(request, found)
    page = page_of(request, found)
    context = {
        "group": group,
        "page": page,
        "totals": money_in_totals(found),
        "sources": SOURCES,
        "to_return": to_be_returned(group),
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        "chosen": chosen,
    }
    return render(request, "funds/money_in_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def money_in_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write money received down; it is posted at once."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    form = MoneyInForm(request.POST or None, request.FILES or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            row = receive_money(
                group=group, receipt=form.receipt(), operation=form.cleaned_data["operation"], by=person(request)
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Received. Receipt no. %(number)s") % {"number": row.entry})
            return redirect("funds:money-in", group.code)
    return render(request, "funds/money_in_form.html", {"group": group, "form": form, "is_open": is_open(group)})


def _file(request: HttpRequest, found: QuerySet[MoneyIn]) -> HttpResponse:
    heads = [
        _("No."), _("Date"), _("What it is"), _("From whom"), _("What it is for"), _("Operating pool"),
        _("Administrative pool"), _("Way of payment"), _("Slip"), _("Written down by"), _("Reversed by no."),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.entry.n,
            row.received_on,
            str(row.label),
            row.giver,
            row.purpose,
            Money(row.satang) if row.account_code.startswith("O") else None,
            Money(row.satang) if row.account_code.startswith("A") else None,
            str(row.get_way_display()),
            row.slip_ref,
            str(row.recorded_by),
            getattr(row, "reversed_n", None),
        ]
        for row in found
    ]
    totals = money_in_totals(found)
    sums: list[Cell] = [Money(totals["operating"]), Money(totals["administrative"])]
    rows.append([None, None, _("Together, without what was reversed"), None, None, *sums, None, None, None, None])
    return file_of(request, _("Money in"), heads, rows)
