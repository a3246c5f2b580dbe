"""What an activity did and what it lent in kind: found by word, day and kind, summed up by unit, as files."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from funds.act_words import KILOGRAM
from funds.acts import DEEDS, GOODS, IN_KIND, UNDO
from funds.models import Act, Activity
from funds.selectors.activities import LoanRow, acts_of, loan_rows
from funds.selectors.activity_lists import act_rows, act_sums, age_in_days, by_borrower, late_count, owed_sums
from funds.views.activities import activity_or_404
from funds.views.pages import day_of, file_of, one_of, page_of, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from papers.tables import Cell, Money
from thai.quantities import format_quantity


@require_safe
@never_cache
def acts(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """List what was done, the latest first."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = activity_or_404(group, activity_id)
    chosen: dict[str, Any] = {
        "words": words_of(request),
        "kind": one_of(request.GET.get("kind"), DEEDS),
        "since": day_of(request, "since"),
        "until": day_of(request, "until"),
    }
    found = acts_of(row, **chosen)
    if wants_file(request):
        return _acts_file(request, row, found)
    page = page_of(request, found)
    context = {
        "group": group,
        "activity": row,
        "page": page,
        "rows": act_rows(row, page),
        "sums": act_sums(found),
        "kinds": [(deed.key, deed.label) for deed in (*GOODS, *(IN_KIND if row.unit_book else ()), UNDO)],
        "chosen": chosen,
        "query": query_of(request),
    }
    return render(request, "funds/activity_acts.html", context)


def _acts_file(request: HttpRequest, activity: Activity, found: QuerySet[Act]) -> HttpResponse:
    heads = [
        _("Date"), _("What"), _("Good"), _("Quantity"), _("Unit"), _("Amount"), _("Member no."), _("To or from whom"),
        _("Loan in kind"), _("Reason"), _("Entry"), _("State"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            act.done_on,
            str(act.deed.label),
            act.good.name if act.good else str(activity.goods_in_kind),
            format_quantity(act.quantity),
            act.good.unit if act.good else KILOGRAM,
            Money(act.satang) if act.satang else None,
            act.member.number if act.member else None,
            act.member.full_name if act.member else act.party,
            act.loan.number if act.loan else "",
            act.reason,
            act.entry.n if act.entry else None,
            str(act.get_state_display()),
        ]
        for act in found
    ]
    sums = act_sums(found)
    blank: list[Cell] = [None] * 6
    for label, satang in ((_("Bought together"), sums.bought), (_("Sold together"), sums.sold)):
        rows.append([None, label, None, None, None, Money(satang), *blank])
    for unit in sums.units:
        rows.append([None, _("Came in"), None, format_quantity(unit.came), unit.unit, None, *blank])
        rows.append([None, _("Went out"), None, format_quantity(unit.went), unit.unit, None, *blank])
    return file_of(request, f"{activity.group.code}-{activity.name}", heads, rows)


@require_safe
@never_cache
def loans(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """List the loans in kind by borrower, each with its age and what is owed."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = activity_or_404(group, activity_id)
    words, everything = words_of(request), request.GET.get("all") == "1"
    found = by_borrower(loan_rows(row, words=words, open_only=not everything)) if row.unit_book else []
    if wants_file(request):
        return _loans_file(request, row, found)
    today = timezone.localdate()
    context = {
        "group": group,
        "activity": row,
        "rows": [{"row": each, "days": age_in_days(each, today)} for each in found],
        "totals": owed_sums(found),
        "late": late_count(found),
        "words": words,
        "everything": everything,
        "kept": [("all", "1")] if everything else [],
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/activity_loans.html", context)


def _loans_file(request: HttpRequest, activity: Activity, rows: list[LoanRow]) -> HttpResponse:
    heads = [
        _("Member no."), _("Name"), _("Loan in kind"), _("Lent on"), _("Days"), _("To be brought back by"), _("Lent"),
        _("Principal"), _("Interest"), _("Still to come back"), _("State"),
    ]  # fmt: skip
    today, totals = timezone.localdate(), owed_sums(rows)
    lines: list[list[Cell]] = [
        [
            row.loan.member.number,
            row.loan.member.full_name,
            row.loan.number,
            row.loan.lent_on,
            age_in_days(row, today),
            row.loan.due_on,
            row.lent,
            row.principal,
            row.interest,
            row.owed,
            _("past its day") if row.is_late else _("brought back") if not row.owed else "",
        ]
        for row in rows
    ]
    sums: list[Cell] = [totals[name] for name in ("lent", "principal", "interest", "owed")]
    lines.append([None, _("Total"), None, None, None, None, *sums, None])
    return file_of(request, f"{activity.group.code}-{activity.name}", heads, lines)
