"""The frame of the sheet's JSON answers: who may ask, what is refused with which status, how things are written."""

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from meetings.errors import MeetingClosed, MeetingCounting, MeetingError, OperationTaken, RowRefused
from meetings.forms.rows import RowErrors
from meetings.lines import COLUMNS, SheetLine, SheetTotals
from meetings.views.pages import meeting_or_404
from members.access import Right
from savings.months import month_from_text
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month

BODY_MOST = 512 * 1024
View = Callable[..., JsonResponse]


class NotJson(ValueError):
    """The body is not a JSON object."""


def read_json(request: HttpRequest) -> dict[str, Any]:
    """Return the body's JSON object. Raises NotJson."""
    try:
        data = json.loads(request.body.decode()) if len(request.body) <= BODY_MOST else None
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(data, dict):
        raise NotJson
    return data


def answers_json(*, method: str, right: Right = Right.KEEP_MEETING) -> Callable[[View], View]:
    """Wrap an endpoint of the sheet: JSON in every case, and never a redirect."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, group_code: str, meeting_id: int, **kwargs: Any) -> JsonResponse:
            if not request.user.is_authenticated:
                return sign_in_answer(request, group_code, meeting_id)
            if request.method not in method.split():
                return JsonResponse({"message": ""}, status=405, headers={"Allow": ", ".join(method.split())})
            try:
                meeting = meeting_or_404(request, group_code, meeting_id, right)
                return view(request, meeting, **kwargs)
            except (Http404, NotJson, RowErrors, MeetingError) as error:
                return refusal(error)

        return answer

    return decorate


def refusal(error: Exception) -> JsonResponse:
    """The status and words of what was refused; what has no status of its own goes on as it is."""
    match error:
        case Http404():
            return JsonResponse({"message": _("Not found")}, status=404)
        case NotJson():
            return JsonResponse({"message": _("This page is too old. Load it again.")}, status=400)
        case RowErrors() | RowRefused():
            return JsonResponse({"errors": error.errors}, status=422)
        case MeetingCounting():
            return JsonResponse({"message": error.message, "status": "counting"}, status=423)
        case MeetingClosed():
            return JsonResponse({"message": error.message, "status": "closed"}, status=423)
        case OperationTaken():
            return JsonResponse({"message": error.message, "conflict": None}, status=409)
    raise error


def sign_in_answer(request: HttpRequest, group_code: str, meeting_id: int) -> JsonResponse:
    """Say where to sign in, and come back to the sheet from there."""
    sheet = reverse("meetings:sheet", args=[group_code, meeting_id])
    return JsonResponse({"sign_in": f"{reverse('members:sign-in')}?{urlencode({'next': sheet})}"}, status=401)


def money(satang: int) -> dict[str, Any]:
    """An amount for the page: to reckon with, and to show."""
    return {"satang": satang, "text": format_baht(satang)}


def row_answer(line: SheetLine, *, reader_id: int | None) -> dict[str, Any]:
    """A saved line as the contract in `views.rows` writes it."""
    saved_at = timezone.localtime(line.saved_at) if line.saved_at else None
    given = line.given_satang
    return {
        "number": line.number,
        "version": line.version,
        "operation": line.operation,
        "counter": line.counter,
        "state": line.state,
        "odd": line.is_odd,
        "present": line.present,
        "received": line.received,
        "method": line.method,
        "slip_ref": line.slip_ref,
        "amounts": {name: money(getattr(line, f"{name}_satang")) for name in COLUMNS},
        "loans": [[loan_id, money(satang)] for loan_id, satang in line.loans],
        "moved": line.is_moved,
        "months": [month_answer(month, satang) for month, satang in line.months],
        "total": money(line.total_satang),
        "given": None if given is None else money(given),
        "change": None if line.change_satang is None else money(line.change_satang),
        "saved_at": saved_at.isoformat(timespec="seconds") if saved_at else "",
        "saved_time": f"{saved_at:%H:%M}" if saved_at else "",
        "saved_by": line.saved_by,
        "by_me": line.saved_by_id == reader_id,
    }


def month_answer(month: str, satang: int) -> dict[str, Any]:
    """One month that a pledge payment pays."""
    day: date = month_from_text(month)
    return {**money(satang), "month": month, "label": format_month(day, "short", active_language())}


def totals_answer(totals: SheetTotals) -> dict[str, Any]:
    """The sums under the sheet as the contract writes them."""
    return {
        "columns": {name: money(getattr(totals, name)) for name in (*COLUMNS, "total")},
        "pools": {"operating": money(totals.operating), "administrative": money(totals.administrative)},
        "methods": {"cash": money(totals.cash), "transfer": money(totals.transfer)},
        "present": totals.present,
        "saved": totals.saved,
        "members": totals.members,
        "odd": totals.odd,
        "waiting": totals.waiting,
        "waiting_due": money(totals.waiting_due),
    }
