"""One loan: its picture, what is owed today and why, schedules, payments, guarantors, history, doors to its acts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loans.picture import picture_of, state_of
from loans.register_words import PIECES, day, history_of, state_words
from loans.selectors.loan_page import LoanPage, loan_or_none, loan_page
from loans.views.loan_doors import doors_of
from members.access import Right, group_or_404
from members.services import record_access
from savings.views import lists


@require_safe
@never_cache
def loan(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Show one loan as it stands today; the look is recorded."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = loan_or_none(group, contract_id)
    if found is None:
        raise Http404
    user = lists.person(request)
    record_access(user=user, members=[found.member], page="loans:loan")
    page = loan_page(group, found, timezone.localdate())
    context = {
        "group": group,
        **loan_context(page),
        "history": history_of(page, group),
        "doors": doors_of(page, group, user),
        "account_url": f"{reverse('reports:account', args=[group.code, 'O1300'])}?holder={found.number}",
    }
    return render(request, "loans/loan.html", context)


def loan_context(page: LoanPage) -> dict[str, Any]:
    """What the page of a loan needs, for officers and in the member's own window."""
    standing = page.standing
    picture = picture_of(standing, page.loan.satang, say=day) if standing is not None else None
    return {
        "page": page,
        "loan": page.loan,
        "row": page.row,
        "state": state_words(page.row.state),
        "standing": standing,
        "picture": picture,
        "legend": [{"fill": state, "label": PIECES[state]} for state in picture.states] if picture else [],
        "shares": [{"share": share, "label": PIECES[share.state]} for share in picture.shares] if picture else [],
        "instalments": [
            {"line": each, "state": state_of(each, standing.as_of), "days": each.days_late(standing.as_of)}
            for each in standing.instalments
            if each.total
        ]
        if standing is not None
        else [],
    }
