"""What the sheet's page talks to: save a row, ask what others changed, receive from all the others, a household.

All speak JSON (UTF-8). Writing ones want the CSRF token in the header `X-CSRFToken`. None ever redirects.

Shapes
------
money    {"satang": 120000, "text": "1,200.00"}
row      {"number": 12, "version": 3, "operation": "<uuid>", "counter": 57,
          "state": "attended"|"absent"|"missed"|"paid", "odd": false, "present": true, "received": true,
          "method": "cash"|"transfer", "slip_ref": "",
          "amounts": {"pledge": money, "special": money, "fee": money, "fine": money},
          "months": [{"month": "2026-10", "satang": 20000, "label": "ต.ค. 2569"}, ...],
          "total": money, "given": money|null, "change": money|null,
          "saved_at": "2026-11-05T19:24:03+07:00", "saved_time": "19:24", "saved_by": "สมพร", "by_me": true}
totals   {"columns": {"pledge": money, "special": money, "fee": money, "fine": money, "total": money},
          "pools": {"operating": money, "administrative": money}, "methods": {"cash": money, "transfer": money},
          "present": 89, "saved": 94, "members": 160, "odd": 9, "waiting": 66, "waiting_due": money}
          waiting = members without received or absent row (what "all others" would sweep).

POST meetings:row(meeting_id, number)
    in   {"operation": "<uuid of the ROW, made by the client at its first save and kept>",
          "version": <int, version last seen; 0 = none>, "present": bool, "received": bool,
          "pledge": "1,200", "special": "", "fee": "", "fine": "" (texts as typed; "" and "-" are nothing; Thai digits),
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
    200  {"counter": 57, "status": "open"|"counting"|"closed", "rows": [row, ...] (all saved after `since`, own ones too:
          compare versions), "totals": totals|null (null while the cash is counted), "csrf": "<token>"}
    401, 404 as above.

POST meetings:rest-as-pledged(meeting_id)      (ask the person first; the number is totals.waiting)
    in   {"operation": "<uuid>"}
    200  {"count": 64, "received": money, "rows": [row, ...], "totals": totals, "counter": 121}; the same operation again:
         the same count and sum, "rows" as they stand, nothing done twice.
    409  {"message"}: the operation was used by another meeting.   422 {"errors": {"operation": ...}}; 423, 401, 404 as above.

GET meetings:household(meeting_id, number)
    200  {"household": "H012", "rows": [{"number", "name", "state", "version", "operation", "due": money,
          "months_owed": ["2026-09"], "row": row|null}, ...], "due": money}: the member's household (alone: one row).
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
