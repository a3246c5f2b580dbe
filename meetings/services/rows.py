"""Saving lines of the sheet: each as it is left, checked against the version that was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.journal import lock_book
from funds.models import Entry
from loans.repayment_errors import RepaymentError
from meetings.errors import OperationTaken, RowChanged, RowRefused
from meetings.lines import RowInput
from meetings.models import Meeting, PaymentLine, RestReceived, SheetRow
from meetings.selectors.fees import fees_due
from meetings.selectors.loans import has_moved, laid_on_loans, loans_read_at, owed_loans
from meetings.selectors.pledges import due_today, missed_before, missed_month_fine, open_months
from meetings.services.locks import lock_open_meeting
from members.models import Member, User
from savings.months import MonthOpen, MonthsError, MonthsProblem, lay_on_months, month_text
from savings.wording import months_sentence


@dataclass(frozen=True)
class HouseholdSaved:
    """A household's lines, and what they come to (satang)."""

    rows: list[SheetRow]
    total: int
    change: int | None


@transaction.atomic
def save_row(*, meeting: Meeting, member: Member, row: RowInput, by: User) -> SheetRow:
    """Save one member's line as it is left. Nothing gets a number and no balance moves before the close.

    The same content again is answered with the line as it stands. Raises RowChanged (someone saved another content
    since `row.version`), OperationTaken (the id belongs elsewhere), RowRefused, MeetingCounting, MeetingClosed.
    """
    _lock_loans(meeting, [row])
    locked = lock_open_meeting(meeting)
    return _save(locked, member, row, by)


@transaction.atomic
def save_household(
    *, meeting: Meeting, rows: Sequence[tuple[Member, RowInput]], given: int | None, by: User
) -> HouseholdSaved:
    """Save the lines of one household together: one sum of money, still one receipt a member. All or none.

    given: satang handed over, not less than the sum of the cash lines; None if not noted.
    """
    _lock_loans(meeting, [row for _member, row in rows])
    locked = lock_open_meeting(meeting)
    cash = sum(row.total for _member, row in rows if row.method == SheetRow.Method.CASH)
    if given is not None and given < cash:
        raise RowRefused({"given": _("The money handed over is less than the sum of the lines.")})
    saved = [_save(locked, member, row, by) for member, row in rows]
    total = sum(row.total_satang for row in saved)
    return HouseholdSaved(rows=saved, total=total, change=None if given is None else given - cash)


@transaction.atomic
def receive_rest(*, meeting: Meeting, operation: UUID, by: User) -> tuple[RestReceived, list[SheetRow]]:
    """Receive from everyone who still waits exactly what is due today, in cash.

    Waiting are those without a line and those of whom only the attendance is noted; an absent one stays absent.
    The same operation again returns the first sweep and does nothing. Raises OperationTaken, MeetingCounting,
    MeetingClosed.
    """
    done = RestReceived.objects.filter(operation=operation).first()
    if done is not None:
        if done.meeting_id != meeting.pk:
            raise OperationTaken
        return done, _swept(done)
    lock_book(meeting.group)
    locked = lock_open_meeting(meeting)
    done = RestReceived.objects.filter(operation=operation).first()
    if done is not None:
        return done, _swept(done)
    new, attended = _waiting_rows(locked, operation, by)
    SheetRow.objects.bulk_create(new)
    SheetRow.objects.bulk_update(
        attended,
        [
            "received",
            "pledge_satang",
            "fee_satang",
            "fine_satang",
            "loan_satang",
            "loans",
            "loans_read",
            "months",
            "version",
            "counter",
            "saved_by",
            "saved_at",
        ],
    )
    rows = sorted([*new, *attended], key=lambda row: row.member.number)
    Meeting.objects.filter(pk=locked.pk).update(counter=locked.counter)
    locked.enterers.add(by)
    sweep = RestReceived.objects.create(
        meeting=locked,
        operation=operation,
        numbers=[row.member.number for row in rows],
        satang=sum(row.total_satang for row in rows),
        by=by,
        at=timezone.now(),
    )
    return sweep, rows


def _swept(sweep: RestReceived) -> list[SheetRow]:
    rows = SheetRow.objects.filter(meeting=sweep.meeting_id, member__number__in=sweep.numbers)
    return list(rows.select_related("member", "saved_by").order_by("member__number"))


def _waiting_rows(meeting: Meeting, operation: UUID, by: User) -> tuple[list[SheetRow], list[SheetRow]]:
    saved = {row.member_id: row for row in SheetRow.objects.filter(meeting=meeting)}
    members = Member.objects.filter(
        group_id=meeting.group_id, status=Member.Status.ACTIVE, admitted_on__lte=meeting.held_on
    ).order_by("number")
    waiting = [m for m in members if m.pk not in saved or (saved[m.pk].present and not saved[m.pk].received)]
    due = due_today(meeting, waiting)
    fine, fees, now = missed_month_fine(meeting), fees_due(meeting), timezone.now()
    loans, loans_read = owed_loans(meeting), loans_read_at(meeting)
    new: list[SheetRow] = []
    attended: list[SheetRow] = []
    for member in waiting:
        parts = due[member.pk]
        meeting.counter += 1
        row = saved.get(member.pk)
        if row is None:
            row = SheetRow(meeting=meeting, member=member, operation=uuid5(operation, str(member.number)), present=True)
            new.append(row)
        else:
            row.member, row.version = member, row.version + 1
            attended.append(row)
        row.received = True
        row.pledge_satang = sum(part.satang for part in parts)
        row.months = [[month_text(part.month), part.satang] for part in parts]
        row.fee_satang = fees.get(member.pk, 0)
        row.fine_satang = fine * missed_before(meeting, parts)
        row.loans = [[loan.loan_id, loan.due_satang] for loan in loans.get(member.pk, ()) if loan.due_satang]
        row.loan_satang = sum(satang for _loan_id, satang in row.loans)
        row.loans_read = loans_read if row.loans else None
        row.counter, row.saved_by, row.saved_at = meeting.counter, by, now
    return new, attended


def _save(meeting: Meeting, member: Member, row: RowInput, by: User) -> SheetRow:
    saved = SheetRow.objects.select_related("saved_by").filter(meeting=meeting, member=member).first()
    if row.total and Member.objects.filter(pk=member.pk, status__in=Member.LEFT).exists():
        raise RowRefused({"special": _("This member has left. Money can no longer be received for this person.")})
    _refuse_taken_operation(meeting, member, row.operation, saved)
    months, loans = _months(meeting, member, row), _loans(meeting, member, row)
    content = _content(row, months, loans)
    if saved is not None:
        saved.member = member
        if _is_same(saved, row, content) and not (saved.version == row.version and has_moved(saved)):
            return saved
        if saved.version != row.version:
            raise RowChanged(saved)
    meeting.counter += 1
    Meeting.objects.filter(pk=meeting.pk).update(counter=meeting.counter)
    if saved is None:
        saved = SheetRow(meeting=meeting, member=member, operation=row.operation, version=0)
        meeting.enterers.add(by)
    elif saved.saved_by_id != by.pk:
        meeting.enterers.add(by)
    for name, value in content.items():
        setattr(saved, name, value)
    if loans:
        saved.loans_read = loans_read_at(meeting)
    saved.version += 1
    saved.counter, saved.saved_by, saved.saved_at = meeting.counter, by, timezone.now()
    saved.save()
    return saved


def _refuse_taken_operation(meeting: Meeting, member: Member, operation: UUID, saved: SheetRow | None) -> None:
    """The line's id becomes its receipt's; an id that names another act could never be posted."""
    if saved is not None and saved.operation == operation:
        return
    taken = (
        SheetRow.objects.filter(operation=operation).exists()
        or PaymentLine.objects.filter(operation=operation).exists()
        or Entry.objects.filter(group_id=meeting.group_id, operation=operation).exists()
    )
    if taken:
        raise OperationTaken


def _lock_loans(meeting: Meeting, rows: Sequence[RowInput]) -> None:
    """Where loans are paid, no repayment elsewhere passes between reading what is owed and saving the line.

    The book's row is locked before the meeting's, as the close does it.
    """
    if any(row.loan for row in rows):
        lock_book(meeting.group)


def _content(row: RowInput, months: list[list[object]], loans: list[list[int]]) -> dict[str, object]:
    return {
        "present": row.present,
        "received": row.received,
        "pledge_satang": row.pledge,
        "special_satang": row.special,
        "fee_satang": row.fee,
        "fine_satang": row.fine,
        "loan_satang": row.loan,
        "loans": loans,
        "months": months,
        "method": row.method,
        "slip_ref": row.slip_ref,
        "given_satang": row.given,
    }


def _is_same(saved: SheetRow, row: RowInput, content: Mapping[str, object]) -> bool:
    laid = {"months": row.months, "loans": row.loans}  # not chosen: however it was laid, it is the same
    names = [name for name in content if name not in laid or laid[name] is not None]
    return all(getattr(saved, name) == content[name] for name in names)


def _months(meeting: Meeting, member: Member, row: RowInput) -> list[list[object]]:
    if not row.pledge:
        return []
    months: list[MonthOpen] = open_months(meeting, member)
    try:
        parts = lay_on_months(row.pledge, open_months=months, chosen=row.months)
    except MonthsError as error:
        field = "months" if error.problem in (MonthsProblem.PAID, MonthsProblem.TOO_MANY) else "pledge"
        raise RowRefused({field: months_sentence(error)}) from None
    return [[month_text(month), satang] for month, satang in parts]


def _loans(meeting: Meeting, member: Member, row: RowInput) -> list[list[int]]:
    try:
        return [list(part) for part in laid_on_loans(meeting, member.pk, row)]
    except RepaymentError as refusal:
        raise RowRefused({"loan": refusal.message}) from None
