"""The loans of a group at a glance: what is out, due, late and at risk, and the doors to every page of the loans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from funds.selectors import is_open
from loans.ageing_picture import ageing_bars, bars_height
from loans.selectors.acts import waiting_acts
from loans.selectors.allowance import Allowance
from loans.selectors.arrears import BUCKETS
from loans.selectors.portfolio import applications_under_way, notices_by_stage, portfolio
from loans.selectors.warnings import warnings
from loans.words import bars_text, percent_text
from members.access import Right, group_or_404, has_right
from savings.views import lists
from thai.money import format_baht


@require_safe
@never_cache
def home(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the portfolio as of today."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    user, today = lists.person(request), timezone.localdate()
    found = portfolio(group, today)
    asking = applications_under_way(group)
    context = {
        "group": group,
        "today": today,
        "is_open": is_open(group),
        "portfolio": found,
        "par30": percent_text(found.par30) if found.par30 is not None else "",
        "warnings": warnings(group, today),
        "asking": asking,
        "is_asked": any(asking.values()),
        "notices": notices_by_stage(found.notices),
        "missed": [each for each in found.notices if each.stage == "missed"],
        "waiting": waiting_acts(group, user),
        "may_write": has_right(user, group, Right.KEEP_LOANS),
        **ageing_context(found.allowance),
    }
    return render(request, "loans/home.html", context)


def ageing_context(found: Allowance) -> dict[str, Any]:
    """The ageing as a picture, its sentence and its table."""
    named = [(str(BUCKETS[line.bucket]), line.outstanding) for line in found.lines]
    drawn = ageing_bars(named, say=format_baht)
    return {
        "bars": drawn,
        "bars_height": bars_height(drawn),
        "bars_sentence": bars_text(drawn),
        "ageing": [{"line": line, "label": BUCKETS[line.bucket]} for line in found.lines],
        "allowance": found,
    }
