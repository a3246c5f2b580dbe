"""The present year of a demo village: a meeting a month through the services of the meeting day, the last one open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol
from uuid import UUID, uuid4, uuid5

from funds.selectors import head
from loans.models import Loan
from meetings.denominations import DENOMINATIONS
from meetings.lines import RowInput
from meetings.models import Meeting, PaymentLine
from meetings.selectors.cash import cash_position
from meetings.selectors.closing import plan_close
from meetings.selectors.loans import owed_loans
from meetings.selectors.pledges import due_today
from meetings.services.closing import close_meeting, request_close
from meetings.services.counts import record_count
from meetings.services.meetings import begin_count, open_meeting
from meetings.services.payments import PaymentInput, approve_payment, request_payment
from meetings.services.rows import receive_rest, save_row
from members import cosign
from members.group_settings import setting
from members.models import Member, SavingsGroup, User
from savings.selectors import special_books_of
from thai.months import add_months, days_in_month, month_of, months_between

MOST_MEETINGS = 11
LENDING_MEETINGS = 6
PLACE = "ศาลาเอนกประสงค์ของหมู่บ้าน"
KEPT_IN_BOX = 3_000_00
ABSENT_OF_HUNDRED = 3


@dataclass
class Table:
    """A group's officers around the table."""

    group: SavingsGroup
    officers: dict[str, User]

    @property
    def treasurer(self) -> User:
        """Who keeps the money."""
        return self.officers["treasurer"]


class Lending(Protocol):
    """Whoever decides on loans in a village (intake/demo/loans.py)."""

    def contract_for_meeting(self, on: date, today: date) -> Loan | None: ...

    def stops_paying(self, on: date, today: date) -> set[int]: ...


def hold_months(table: Table, today: date, lender: Lending | None = None) -> None:
    """Hold the meetings from the end of the paper year to last month; of very many only the last ones.

    lender: decides on a loan before each of the last meetings, which pays it out.
    """
    last = head(table.group)
    assert last is not None
    first_month = add_months(month_of(last.declared_through), 1)
    months = list(months_between(first_month, add_months(month_of(today), -1)))
    held = months[-MOST_MEETINGS:]
    for place, month in enumerate(held):
        on = month.replace(day=min(int(setting(table.group, "meeting_day")), days_in_month(month)))
        silent = lender.stops_paying(on, today) if lender else set()
        is_lending = lender is not None and len(held) - place <= LENDING_MEETINGS
        loan = lender.contract_for_meeting(on, today) if lender is not None and is_lending else None
        hold_meeting(table, on, silent=silent, loan=loan)


def hold_meeting(table: Table, on: date, *, silent: Collection[int] = (), loan: Loan | None = None) -> Meeting:
    """One meeting from opening to close, with what happens in a real one.

    silent: members (ids) who pay nothing on their loans; loan: a contract to pay out.
    """
    random = Random(f"{table.group.code} {on}")  # noqa: S311 - a made-up evening, nothing secret
    meeting = _open(table, on)
    members = list(Member.objects.filter(group=table.group, status=Member.Status.ACTIVE).order_by("number"))
    for member in members:
        if random.randrange(100) < ABSENT_OF_HUNDRED:
            _save(table, meeting, member, present=False, received=False)
    _take_special(table, meeting, random, members)
    _pledge_only(table, meeting, [member for member in members if member.pk in silent])
    receive_rest(meeting=meeting, operation=uuid4(), by=table.officers["secretary"])
    _pay(table, meeting, kind="expense", satang=60_00, code="A5100", payee="ร้านสหกรณ์", memo="ค่าสมุด ปากกา")
    if loan is not None:
        whom = {"member": loan.member, "payee": loan.member.full_name, "memo": "จ่ายเงินกู้"}
        _pay(table, meeting, kind="loan", satang=loan.satang, code="O1300", holder=loan.number, **whom)
    spare = cash_position(meeting).operating.expected - KEPT_IN_BOX
    if spare > 0:
        _pay(table, meeting, kind="bank_carry", satang=spare, code="O1200", memo="นำฝากธนาคาร", slip_ref=f"{on:%y%m%d}")
    return _close(table, meeting)


def leave_meeting_open(table: Table, today: date) -> Meeting:
    """Open today's meeting with part of the sheet entered: paid as due, late, by transfer, absent, with payments."""
    meeting = _open(table, today)
    members = list(Member.objects.filter(group=table.group, status=Member.Status.ACTIVE).order_by("number"))
    due, loans = due_today(meeting, members), owed_loans(meeting)
    entered = members[: len(members) * 2 // 5]
    for place, member in enumerate(entered):
        if place % 17 == 9:
            _save(table, meeting, member, present=False, received=False)
            continue
        by_transfer = place % 13 == 5
        misses = not by_transfer and place % 29 == 3
        _save(
            table,
            meeting,
            member,
            pledge=0 if misses else sum(month.satang for month in due[member.pk]),
            loan=0 if misses else sum(loan.due_satang for loan in loans.get(member.pk, ())),
            special=500_00 if place % 11 == 4 and member.special_books.exists() else 0,
            method="transfer" if by_transfer else "cash",
            slip_ref=f"T{member.number:04d}" if by_transfer else "",
        )
    saver = next((member for member in members if member.special_books.exists()), None)
    _pay(
        table, meeting, kind="expense", satang=120_00, code="A5100", payee="นายช่างประจำหมู่บ้าน", memo="ค่าเดินทางติดต่อราชการ"
    )
    if saver is not None:
        holder = special_books_of(table.group, [saver])[saver.pk]
        _ask(
            table, meeting, kind="withdrawal", satang=300_00, code="O2200", holder=holder, member=saver,
            payee=saver.full_name, memo="ถอนสัจจะพิเศษ",
        )  # fmt: skip
    return meeting


def _open(table: Table, on: date) -> Meeting:
    return open_meeting(group=table.group, held_on=on, place=PLACE, operation=uuid4(), by=table.treasurer)


def _save(
    table: Table, meeting: Meeting, member: Member, *, present: bool = True, received: bool = True, pledge: int = 0,
    special: int = 0, loan: int = 0, method: str = "cash", slip_ref: str = "",
) -> None:  # fmt: skip
    row = RowInput(
        operation=uuid5(_namespace(meeting), str(member.number)),
        version=0,
        present=present,
        received=received,
        pledge=pledge,
        special=special,
        loan=loan,
        method=method,
        slip_ref=slip_ref,
    )
    save_row(meeting=meeting, member=member, row=row, by=table.officers["secretary"])


def _namespace(meeting: Meeting) -> UUID:
    return uuid5(meeting.operation, "rows")


def _pledge_only(table: Table, meeting: Meeting, members: list[Member]) -> None:
    """Those who bring their pledge and nothing for their loan."""
    due, saved = due_today(meeting, members), set(meeting.rows.values_list("member_id", flat=True))
    for member in members:
        if member.pk not in saved:
            _save(table, meeting, member, pledge=sum(month.satang for month in due[member.pk]))


def _take_special(table: Table, meeting: Meeting, random: Random, members: list[Member]) -> None:
    """A few members bring special savings besides what is due."""
    books = special_books_of(table.group, members)
    due = due_today(meeting, members)
    busy = set(meeting.rows.values_list("member_id", flat=True)) | set(owed_loans(meeting))
    for member in members:
        if member.pk in books and member.pk not in busy and random.randrange(100) < 8:
            pledge = sum(month.satang for month in due[member.pk])
            _save(table, meeting, member, pledge=pledge, special=random.randint(1, 10) * 100_00)


def _ask(table: Table, meeting: Meeting, **payment: object) -> PaymentLine:
    asked = PaymentInput(**payment)  # type: ignore[arg-type]
    return request_payment(meeting=meeting, payment=asked, operation=uuid4(), by=table.treasurer)


def _pay(table: Table, meeting: Meeting, **payment: object) -> PaymentLine:
    """Ask for a payment and have the chair sign it."""
    line = _ask(table, meeting, **payment)
    assert line.signature is not None
    cosign.sign_as(signature=line.signature, user=table.officers["chair"])
    return approve_payment(line=line)


def _close(table: Table, meeting: Meeting) -> Meeting:
    begin_count(meeting=meeting, by=table.treasurer)
    expected = cash_position(meeting).expected
    record_count(meeting=meeting, pieces=_pieces(expected), operation=uuid4(), by=table.treasurer)
    signature = request_close(meeting=meeting, by=table.treasurer)
    cosign.sign_as(signature=signature, user=table.officers["audit"])
    meeting.refresh_from_db()
    operation = uuid4()
    return close_meeting(
        meeting=meeting,
        operation=operation,
        fingerprint=plan_close(meeting, operation=operation).fingerprint,
        signature=signature,
        by=table.treasurer,
    )


def _pieces(satang: int) -> dict[int, int]:
    """Lay a sum out in notes and coins, the largest first."""
    pieces: dict[int, int] = {}
    for value in DENOMINATIONS:
        pieces[value], satang = divmod(satang, value)
    return pieces
