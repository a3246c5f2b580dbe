"""What the sheet's page talks to: save a row, ask what others changed, receive from all the others, a household.

All speak JSON (UTF-8). Writing ones want the CSRF token in the header `X-CSRFToken`. None ever redirects.

Shapes
------
money    {"satang": 120000, "text": "1,200.00"}
row      {"number": 12, "version": 3, "operation": "<uuid>", "counter": 57,
          "state": "attended"|"absent"|"missed"|"paid", "odd": false, "present": true, "received": true,
          "method": "cash"|"transfer", "slip_ref": "",
          "amounts": {"pledge": money, "special": money, "fee": money, "fine": money, "loan": money},
          "loans": [[<loan id>, money], ...] (how "loan" is divided), "moved": false (true: one of these loans was paid
          or changed elsewhere since; look at the amount and save the row again),
          "months": [{"month": "2026-10", "satang": 20000, "label": "ต.ค. 2569"}, ...],
          "total": money, "given": money|null, "change": money|null,
          "saved_at": "2026-11-05T19:24:03+07:00", "saved_time": "19:24", "saved_by": "สมพร", "by_me": true}
totals   {"columns": {"pledge": money, "special": money, "fee": money, "fine": money, "loan": money, "total": money},
          "pools": {"operating": money, "administrative": money}, "methods": {"cash": money, "transfer": money},
          "present": 89, "saved": 94, "members": 160, "odd": 9, "waiting": 66, "waiting_due": money}
          waiting = members without received or absent row (what "all others" would sweep).

POST meetings:row(meeting_id, number)
    in   {"operation": "<uuid of the ROW, made by the client at its first save and kept>",
          "version": <int, version last seen; 0 = none>, "present": bool, "received": bool,
          "pledge": "1,200", "special": "", "fee": "", "fine": "", "loan": "" (texts as typed; "" and "-" are nothing;
          Thai digits),
          "loans": [[<loan id>, "1,200"], ...] (optional; without it: what is due first, the longest due before others,
          then towards paying off; more than pays all off is refused),
          "months": ["2026-10", ...] (optional; without it: oldest owed first, then this month, then in advance),
          "method": "cash"|"transfer" (default cash), "slip_ref": "" (needed for transfer),
          "given": "" (optional, money handed over)}
         received=false notes attendance only: all amounts must be empty or zero.
         received=true with pledge 0 = missed month.
    200  row + {"totals": totals}. The same content again is 200 with the row as it stands, whatever version was seen.
         When someone else had saved the first version, "operation" in the answer is theirs: adopt it.
    409  {"message": sentence, "conflict": row (theirs)|null, "mine": {...as sent}, "version": int (theirs)}
         conflict=null: this operation id belongs to another member or meeting (make a new one).
         To insist: send again with "version" set to the answer's version.
    422  {"errors": {"<field>": sentence, ...}} in the user's language; fields as in the input, "row" for the whole.
    423  {"message": sentence, "status": "counting"|"closed"}: keep it in the browser; while counting try again later.
    401  {"sign_in": url}; the session has ended: sign in, GET changes for a fresh csrf, send again.
    403  Django's CSRF refusal (HTML): the token is old; GET changes, take "csrf", send again.
    400  {"message": sentence}: not JSON, or not an object.   404  strangers, other groups, unknown number.

GET meetings:changes(meeting_id)?since=<counter, default 0>
    200  {"counter": 57, "status": "open"|"counting"|"closed", "rows": [row, ...],
          (all saved after `since`, own ones too: compare versions)
          "totals": totals|null (null while the cash is counted), "csrf": "<token>"}
    401, 404 as above.

POST meetings:rest-as-pledged(meeting_id)      (ask the person first; the number is totals.waiting)
    in   {"operation": "<uuid>"}
    200  {"count": 64, "received": money, "rows": [row, ...], "totals": totals, "counter": 121}
         the same operation again: the same count and sum, "rows" as they stand, nothing done twice.
    409  {"message"}: the operation was used by another meeting.   422 {"errors": {"operation": sentence}}
    423, 401, 404 as above.

GET meetings:household(meeting_id, number)
    200  {"household": "H012", "rows": [{"number", "name", "state", "version", "operation", "due": money,
          "loan_due": money, "months_owed": ["2026-09"], "row": row|null}, ...], "due": money}: the member's household
          (alone: one row).
POST meetings:household(meeting_id, number)
    in   {"given": "2,000", "rows": [<the input of meetings:row + "number">, ...]}   one sum, still one receipt a member
    200  {"rows": [row, ...], "total": money, "given": money|null, "change": money|null, "totals": totals}: all or none
    422  {"errors": {"given": sentence, "rows": {"12": {"pledge": sentence}}}}
    409  {"message", "conflicts": [row, ...]}; 423, 401, 404 as above.

GET meetings:jump(meeting_id)?q=<number or part of a name>
    200  {"matches": [{"number": 12, "name": "..."}, ...]} (at most 10, exact number first), "message" if there is none.

The page (meetings:sheet) renders templates/meetings/sheet.html with
    meeting, group, lines (list[lines.SheetLine]), totals (lines.SheetTotals), editable (bool), counter (int),
    urls = {"row": ".../rows/0/" (put the number for 0), "changes", "rest", "household": ".../households/0/", "jump",
            "count", "payments", "sign_in", "list"}
While the cash is counted the page answers with a redirect to meetings:count, so no total is on it.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from meetings.errors import RowChanged, RowRefused
from meetings.forms.rows import RowErrors, parse_amount_given, parse_operation, parse_row
from meetings.lines import RowInput, SheetLine, due_of, totals_of
from meetings.models import Meeting
from meetings.selectors.sheet import members_on_sheet, sheet_lines
from meetings.services.rows import receive_rest, save_household, save_row
from meetings.views.answers import answers_json, money, read_json, row_answer, totals_answer
from meetings.views.pages import person
from members.models import Member

HOUSEHOLD_MOST = 30
MATCHES_MOST = 10


@answers_json(method="POST")
def row(request: HttpRequest, meeting: Meeting, number: int) -> JsonResponse:
    """Save one line."""
    data = read_json(request)
    member = _member_or_404(meeting, number)
    try:
        save_row(meeting=meeting, member=member, row=parse_row(data), by=person(request))
    except RowChanged as conflict:
        theirs = _rows(request, meeting, {number})[0]
        answer = {"message": conflict.message, "conflict": theirs, "mine": data, "version": theirs["version"]}
        return JsonResponse(answer, status=409)
    lines = sheet_lines(meeting)
    line = next(line for line in lines if line.number == number)
    return JsonResponse({**row_answer(line, reader_id=request.user.pk), "totals": totals_answer(totals_of(lines))})


@answers_json(method="GET")
def changes(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """Say what was saved since."""
    since = request.GET.get("since", "0")
    after = int(since) if since.isascii() and since.isdigit() and len(since) <= 15 else 0
    lines = sheet_lines(meeting)
    changed = [row_answer(line, reader_id=request.user.pk) for line in lines if line.version and line.counter > after]
    return JsonResponse(
        {
            "counter": max([meeting.counter, *(line.counter for line in lines)]),
            "status": meeting.status,
            "rows": changed,
            "totals": None if meeting.is_counting else totals_answer(totals_of(lines)),
            "csrf": get_token(request),
        }
    )


@answers_json(method="POST")
def rest_as_pledged(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """Receive what is due from all the others."""
    errors: dict[str, str] = {}
    operation = parse_operation(read_json(request).get("operation"), errors)
    if operation is None:
        raise RowErrors(errors)
    sweep, _saved = receive_rest(meeting=meeting, operation=operation, by=person(request))
    lines = sheet_lines(meeting)
    swept = set(sweep.numbers)
    return JsonResponse(
        {
            "count": len(swept),
            "received": money(sweep.satang),
            "rows": [row_answer(line, reader_id=request.user.pk) for line in lines if line.number in swept],
            "totals": totals_answer(totals_of(lines)),
            "counter": max((line.counter for line in lines), default=0),
        }
    )


@answers_json(method="GET POST")
def household(request: HttpRequest, meeting: Meeting, number: int) -> JsonResponse:
    """Show a member's household, or take its money in one sum."""
    member = _member_or_404(meeting, number)
    if request.method == "GET":
        return _household_shown(request, meeting, member)
    data = read_json(request)
    given, rows = _household_input(meeting, member, data)
    try:
        saved = save_household(meeting=meeting, rows=rows, given=given, by=person(request))
    except RowChanged as conflict:
        theirs = _rows(request, meeting, {m.number for m, _row in rows})
        return JsonResponse({"message": conflict.message, "conflicts": theirs}, status=409)
    lines = sheet_lines(meeting)
    numbers = {m.number for m, _row in rows}
    return JsonResponse(
        {
            "rows": [row_answer(line, reader_id=request.user.pk) for line in lines if line.number in numbers],
            "total": money(saved.total),
            "given": None if given is None else money(given),
            "change": None if saved.change is None else money(saved.change),
            "totals": totals_answer(totals_of(lines)),
        }
    )


@answers_json(method="GET")
def jump(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """Find members by number or by part of a name."""
    members = members_on_sheet(meeting, request.GET.get("q", ""))[:MATCHES_MOST]
    matches = [{"number": member.number, "name": member.full_name} for member in members]
    return JsonResponse({"matches": matches, "message": "" if matches else _("No member with this number or name.")})


def _member_or_404(meeting: Meeting, number: int) -> Member:
    member = members_on_sheet(meeting).filter(number=number).first()
    if member is None:
        raise Http404
    return member


def _rows(request: HttpRequest, meeting: Meeting, numbers: set[int]) -> list[dict[str, Any]]:
    lines = sheet_lines(meeting, numbers=numbers)
    return [row_answer(line, reader_id=request.user.pk) for line in lines if line.version]


def _household_members(meeting: Meeting, member: Member) -> dict[int, Member]:
    if member.household_id is None:
        return {member.number: member}
    together = members_on_sheet(meeting).filter(household_id=member.household_id)
    return {each.number: each for each in together[:HOUSEHOLD_MOST]}


def _household_shown(request: HttpRequest, meeting: Meeting, member: Member) -> JsonResponse:
    lines = sheet_lines(meeting, numbers=_household_members(meeting, member))
    return JsonResponse(
        {
            "household": lines[0].household if lines else "",
            "rows": [_household_line(line, request.user.pk) for line in lines],
            "due": money(due_of(lines)),
        }
    )


def _household_line(line: SheetLine, reader_id: int | None) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.name,
        "state": line.state,
        "version": line.version,
        "operation": line.operation,
        "due": money(line.due_satang),
        "loan_due": money(line.loan_due_satang),
        "months_owed": list(line.months_owed),
        "row": row_answer(line, reader_id=reader_id) if line.version else None,
    }


def _household_input(
    meeting: Meeting, member: Member, data: Mapping[str, Any]
) -> tuple[int | None, list[tuple[Member, RowInput]]]:
    errors: dict[str, str] = {}
    row_errors: dict[str, dict[str, str]] = {}
    given = parse_amount_given(data, errors)
    members = _household_members(meeting, member)
    rows: list[tuple[Member, RowInput]] = []
    listed = data.get("rows")
    for item in listed if isinstance(listed, list) else []:
        number = item.get("number") if isinstance(item, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number not in members:
            errors["row"] = _("Only members of this household can be taken together.")
            continue
        try:
            rows.append((members[number], parse_row(item)))
        except RowErrors as error:
            row_errors[str(number)] = error.errors
    if not errors and not row_errors and (not rows or len({m.pk for m, _row in rows}) != len(rows)):
        errors["row"] = _("Only members of this household can be taken together.")
    if errors or row_errors:
        raise RowRefused({**errors, **({"rows": row_errors} if row_errors else {})})
    return given, rows
