"""The sheet: every member's line and the totals, in a constant number of queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from meetings.lines import ATTENDED, WAITING, OwedLoan, SheetLine, state_of
from meetings.models import Meeting, SheetRow
from meetings.models.rows import AMOUNTS
from meetings.selectors.fees import fees_due
from meetings.selectors.loans import moved_rows, owed_loans
from meetings.selectors.pledges import missed_month_fine
from members.models import Member
from savings.months import month_text
from savings.selectors import PledgeDue, pledge_due
from thai.digits import to_western

NOTHING_DUE = PledgeDue(satang=0, months_owed=[])


def sheet_lines(meeting: Meeting, *, numbers: Iterable[int] | None = None) -> list[SheetLine]:
    """Every line of the sheet by member number (only `numbers`, where given); amounts in satang."""
    rows = SheetRow.objects.filter(meeting=meeting)
    saved = {row["member_id"]: row for row in rows.values(*_ROW_FIELDS)}
    members = Member.objects.filter(group_id=meeting.group_id).filter(
        Q(status=Member.Status.ACTIVE, admitted_on__lte=meeting.held_on) | Q(pk__in=list(saved))
    )
    if numbers is not None:
        members = members.filter(number__in=list(numbers))
    found = list(members.order_by("number").values(*_MEMBER_FIELDS))
    due = pledge_due(meeting.group, meeting.held_on)
    fine = missed_month_fine(meeting)
    fees = fees_due(meeting)
    loans = owed_loans(meeting, None if numbers is None else [member["id"] for member in found])
    moved = moved_rows(saved.values())
    return [
        _line(
            member,
            saved.get(member["id"]),
            due.get(member["id"], NOTHING_DUE),
            fine=fine,
            fee=fees.get(member["id"], 0),
            loans=loans.get(member["id"], ()),
            is_moved=member["id"] in moved,
        )
        for member in found
    ]


def members_on_sheet(meeting: Meeting, text: str = "") -> QuerySet[Member]:
    """The members of the sheet by number; `text` keeps those of that number (first) or with it in their name."""
    on_sheet = Q(status=Member.Status.ACTIVE, admitted_on__lte=meeting.held_on) | Q(
        pk__in=SheetRow.objects.filter(meeting=meeting).values("member")
    )
    members = Member.objects.filter(on_sheet, group_id=meeting.group_id).order_by("number")
    wanted = to_western(" ".join(text.replace("\0", " ").split()))[:80]
    if not wanted:
        return members
    if wanted.isascii() and wanted.isdigit():
        return members.filter(number=int(wanted[:9]))
    named = Q()
    for part in wanted.split(" "):
        named &= (
            Q(first_name__icontains=part)
            | Q(last_name__icontains=part)
            | Q(body_name__icontains=part)
            | Q(title__icontains=part)
        )
    return members.filter(named)


def unsaved_count(meeting: Meeting) -> int:
    """How many members of the sheet have no line yet, or only their attendance."""
    lines = sheet_lines(meeting)
    return sum(1 for line in lines if line.state in (WAITING, ATTENDED))


_MEMBER_FIELDS = ("id", "number", "title", "first_name", "last_name", "body_name", "kind", "household__code")
_ROW_FIELDS = (
    "member_id", "operation", "version", "counter", "present", "received", "pledge_satang", "special_satang",
    "fee_satang", "fine_satang", "loan_satang", "loans", "loans_read", "months", "method", "slip_ref", "given_satang",
    "saved_at", "saved_by_id", "saved_by__display_name",
)  # fmt: skip


def _line(
    member: dict[str, Any],
    row: dict[str, Any] | None,
    due: PledgeDue,
    *,
    fine: int,
    fee: int,
    loans: tuple[OwedLoan, ...],
    is_moved: bool,
) -> SheetLine:
    name = member["body_name"] or f"{member['title']}{member['first_name']} {member['last_name']}".strip()
    base: dict[str, Any] = {
        "number": member["number"],
        "name": name,
        "kind": member["kind"],
        "household": member["household__code"] or "",
        "due_satang": due.satang,
        "monthly_satang": due.pledge,
        "fine_due_satang": fine * len(due.months_owed),
        "fee_due_satang": fee,
        "owed_loans": loans,
        "months_owed": tuple(month_text(month) for month in due.months_owed),
    }
    if row is None:
        return SheetLine(**base, state=WAITING)
    total = sum(row[name] for name in AMOUNTS)
    return SheetLine(
        **base,
        present=row["present"],
        received=row["received"],
        pledge_satang=row["pledge_satang"],
        special_satang=row["special_satang"],
        fee_satang=row["fee_satang"],
        fine_satang=row["fine_satang"],
        loan_satang=row["loan_satang"],
        loans=tuple((loan_id, satang) for loan_id, satang in row["loans"]),
        is_moved=is_moved,
        months=tuple((month, satang) for month, satang in row["months"]),
        method=row["method"],
        slip_ref=row["slip_ref"],
        given_satang=row["given_satang"],
        version=row["version"],
        operation=str(row["operation"]),
        counter=row["counter"],
        state=state_of(present=row["present"], received=row["received"], total=total),
        saved_by=row["saved_by__display_name"] or "",
        saved_at=row["saved_at"],
        saved_by_id=row["saved_by_id"],
    )
