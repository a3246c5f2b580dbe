"""An evening in the village, built by our own services: open, rows, payments, count, signatures, close."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from meetings.lines import RowInput
from meetings.models import CashCount, Meeting, PaymentLine, SheetRow
from meetings.selectors.cash import cash_position
from meetings.selectors.closing import plan_close
from meetings.services.closing import close_meeting, request_close
from meetings.services.counts import explain_difference, record_count
from meetings.services.meetings import begin_count, open_meeting
from meetings.services.payments import PaymentInput, approve_payment, request_payment
from meetings.services.rows import save_row
from members import cosign
from members.models import GroupSetting, User
from savings.services import set_pledge
from tests.kept import upon
from tests.village import TestVillage

NOVEMBER_5 = date(2026, 11, 5)
NOVEMBER = date(2026, 11, 1)
SEPTEMBER = date(2026, 9, 1)


def typed(operation: UUID | None = None, version: int = 0, **fields: Any) -> RowInput:
    """A line as the page sends it, already read."""
    row: dict[str, Any] = {"present": True, "received": True, **fields}
    return RowInput(operation=operation or uuid4(), version=version, **row)


def sent(operation: UUID | str | None = None, version: int = 0, **fields: Any) -> dict[str, Any]:
    """A line as JSON."""
    return {
        "operation": str(operation or uuid4()),
        "version": version,
        "present": True,
        "received": True,
        "pledge": "",
        "special": "",
        "fee": "",
        "fine": "",
        **fields,
    }


def pieces_of(satang: int) -> dict[int, int]:
    """A count of exactly this sum, in baht coins and 25-satang pieces."""
    baht, rest = divmod(satang, 100)
    return {1_00: baht % 100, 100_00: baht // 100 % 10, 1000_00: baht // 1000, 25: rest // 25}


@dataclass
class Evening:
    """One meeting of the village and those at the table."""

    village: TestVillage
    held_on: date = NOVEMBER_5
    meeting: Meeting = field(init=False)

    def __post_init__(self) -> None:
        self.meeting = self.open()

    def open(self, held_on: date | None = None, **kwargs: Any) -> Meeting:
        """Open a meeting by the treasurer."""
        fields = {"place": "ศาลากลางบ้าน", "operation": uuid4(), "by": self.village.treasurer, **kwargs}
        return open_meeting(group=self.village.group, held_on=held_on or self.held_on, **fields)

    def receive(self, name: str, *, by: User | None = None, **fields: Any) -> SheetRow:
        """Save a member's line."""
        member = self.village.member(name)
        return save_row(meeting=self.meeting, member=member, row=typed(**fields), by=by or self.village.treasurer)

    def ask_payment(self, *, by: User | None = None, operation: UUID | None = None, **fields: Any) -> PaymentLine:
        """Ask for a payment."""
        return request_payment(
            meeting=self.meeting,
            payment=PaymentInput(**fields),
            operation=operation or uuid4(),
            by=by or self.village.treasurer,
        )

    def approve(self, line: PaymentLine, *, by: User | None = None) -> PaymentLine:
        """Let a second officer sign a payment, and take the signature."""
        assert line.signature is not None
        cosign.sign_as(signature=line.signature, user=by or self.village.auditor)
        return approve_payment(line=line)

    def pay(self, **fields: Any) -> PaymentLine:
        """Ask for a payment and have it approved."""
        return self.approve(self.ask_payment(**fields))

    def count(self, *, off_by: int = 0, by: User | None = None, reason: str = "") -> CashCount:
        """End the entering and count what should be there, or so much more or less."""
        begin_count(meeting=self.meeting, by=self.village.treasurer)
        made = record_count(
            meeting=self.meeting,
            pieces=pieces_of(cash_position(self.meeting).expected + off_by),
            operation=uuid4(),
            by=by or self.village.treasurer,
        )
        if reason:
            explain_difference(meeting=self.meeting, reason=reason, recounted=True, by=self.village.treasurer)
        return made

    def receive_count_of(self, satang: int, *, reason: str = "ไม่ตรง") -> CashCount:
        """Count exactly so much, whatever should be there."""
        by = self.village.treasurer
        record_count(meeting=self.meeting, pieces=pieces_of(satang), operation=uuid4(), by=by)
        return explain_difference(meeting=self.meeting, reason=reason, recounted=True, by=by)

    def sign(self, *, by: User | None = None, asked_by: User | None = None) -> tuple[UUID, str]:
        """Have the close signed; returns the close form's operation and fingerprint."""
        signature = request_close(meeting=self.meeting, by=asked_by or self.village.treasurer)
        cosign.sign_as(signature=signature, user=by or self.village.auditor)
        self.meeting.refresh_from_db()
        operation = uuid4()
        return operation, plan_close(self.meeting, operation=operation).fingerprint

    def close(self, operation: UUID, fingerprint: str, *, by: User | None = None) -> Meeting:
        """Send the close form."""
        return close_meeting(
            meeting=self.meeting,
            operation=operation,
            fingerprint=fingerprint,
            signature=self.meeting.signature,
            by=by or self.village.treasurer,
        )

    def finish(self, *, off_by: int = 0, reason: str = "") -> Meeting:
        """Count, sign and close."""
        self.count(off_by=off_by, reason=reason)
        self.meeting = self.close(*self.sign())
        self.meeting.group = self.village.group
        return self.meeting


def vow(village: TestVillage, name: str, baht: int, starts_on: date = NOVEMBER) -> None:
    """Let a member pledge so many baht a month."""
    set_pledge(member=village.member(name), satang=baht * 100, starts_on=starts_on, by=village.treasurer)


def evening_with_pledges(village: TestVillage) -> Evening:
    """Prani pledges 200, Somchai 500, Kasem 300 and owes two months, Boonmee 100."""
    found: Evening = upon(village, "evening with pledges", lambda: _evening_with_pledges(village))
    return found


def _evening_with_pledges(village: TestVillage) -> Evening:
    vow(village, "Prani", 200)
    vow(village, "Somchai", 500)
    vow(village, "Kasem", 300, SEPTEMBER)
    vow(village, "Boonmee", 100)
    return Evening(village)


def fine_for_missed_months(village: TestVillage, baht: int) -> None:
    """Let the group ask so many baht for each month missed, from the first of November on."""
    GroupSetting.objects.create(
        group=village.group,
        key="missed_month_fine_satang",
        value=str(baht * 100),
        valid_from=NOVEMBER,
        set_by=village.treasurer,
    )
