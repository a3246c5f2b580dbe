"""The members who owe months of their pledge."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import Right, group_or_404
from reports import lists
from reports.selectors.owing import owing_members, total_owed
from reports.tables import Table, amount, file_response, wants_file


@require_safe
def owing(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show who owes which months and how much."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    words = lists.words_of(request)
    rows = owing_members(group=group, on=today, words=words)
    total = total_owed(rows)
    if wants_file(request):
        found = [(row.member.number, row.member.full_name, row.in_words, amount(row.satang)) for row in rows]
        heads = [_("Member no."), _("Name"), _("Months"), _("Amount")]
        return file_response(
            request, Table(f"{group.code}-owing", heads, [*found, (None, _("Total"), "", amount(total))])
        )
    context = {
        "group": group,
        "today": today,
        "rows": rows,
        "total": total,
        "words": words,
        "query": lists.query_without(request),
    }
    return render(request, "reports/owing.html", context)
