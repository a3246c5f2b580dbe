"""The money page: what waits for a second officer, the alarms, and a card for each room of the money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from funds.selectors import is_open
from funds.selectors.advances import pool_debts
from funds.selectors.bank_confirmation import bank_confirmation
from funds.selectors.cash_limit import cash_alarm
from funds.views.pages import person
from funds.waiting import cards_of, waiting_in
from members.access import Right, group_or_404, has_right


@require_safe
@never_cache
def money(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the doors of everything that moves money beside the meeting."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    today = timezone.localdate()
    context = {
        "group": group,
        "today": today,
        "is_open": is_open(group),
        "waiting": waiting_in(group, person(request)),
        "alarm": cash_alarm(group, today),
        "confirmation": bank_confirmation(group, today),
        "debts": [{"debt": debt, "days": debt.days(today)} for debt in pool_debts(group)],
        "cards": cards_of(group, today),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/money.html", context)


@require_safe
@never_cache
def approvals(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what waits for a second officer; each leads to its own page, where it is approved."""
    group = group_or_404(request.user, group_code, Right.COSIGN)
    me = person(request)
    rows = [{"row": row, "is_own": row.is_own_of(me)} for row in waiting_in(group, me)]
    context = {
        "group": group,
        "mine": [each["row"] for each in rows if each["is_own"]],
        "others": [each["row"] for each in rows if not each["is_own"]],
    }
    return render(request, "funds/approvals.html", context)
