"""The own loans as they stand, with what is due next, and the guarantees one stands for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loans.picture import picture_of, state_of
from loans.register_words import PIECES, day, state_words
from loans.selectors.member_loans import member_loans
from loans.selectors.register import RegisterRow
from window.views.passbooks import common, opened


@require_safe
@never_cache
def loans(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the own loans with their pictures, the ended ones, and for whom one stands guarantor."""
    member, books = opened(request, group_code)
    today = timezone.localdate()
    found = member_loans(member, today)
    context = {
        **common(member, books),
        "today": today,
        "loans": found,
        "live": [_shown(row) for row in found.live],
        "ended": [{"row": row, "state": state_words(row.state)} for row in found.ended],
    }
    return render(request, "window/loans.html", context)


def _shown(row: RegisterRow) -> dict[str, object]:
    standing = row.standing
    picture = picture_of(standing, row.loan.satang, say=day) if standing is not None else None
    return {
        "row": row,
        "loan": row.loan,
        "standing": standing,
        "state": state_words(row.state),
        "picture": picture,
        "shares": [{"share": share, "label": PIECES[share.state]} for share in picture.shares] if picture else [],
        "instalments": [
            {"line": each, "state": state_of(each, standing.as_of), "days": each.days_late(standing.as_of)}
            for each in standing.instalments
            if each.total
        ]
        if standing is not None
        else [],
    }
