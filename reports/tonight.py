"""What a member brought to the meeting under way: entered, not yet closed, so without number or balance."""

from dataclasses import dataclass
from datetime import date, datetime

from meetings.models import Meeting, SheetRow
from members.models import Member
from thai.months import month_of


@dataclass(frozen=True)
class Tonight:
    """A member's line on the open sheet; amounts in satang."""

    meeting: Meeting
    present: bool
    pledge: int
    special: int
    fee: int
    fine: int
    loan: int
    months: tuple[date, ...]
    is_transfer: bool
    saved_at: datetime

    @property
    def total(self) -> int:
        """Everything that was brought."""
        return self.pledge + self.special + self.fee + self.fine + self.loan


def tonight_of(*, member: Member) -> Tonight | None:
    """The member's line of the meeting under way, if money was received; one query."""
    rows = SheetRow.objects.filter(member=member, received=True).exclude(meeting__status=Meeting.Status.CLOSED)
    row = rows.select_related("meeting").first()
    if row is None:
        return None
    return Tonight(
        meeting=row.meeting,
        present=row.present,
        pledge=row.pledge_satang,
        special=row.special_satang,
        fee=row.fee_satang,
        fine=row.fine_satang,
        loan=row.loan_satang,
        months=tuple(month_of(date.fromisoformat(f"{month}-01")) for month, _satang in row.months),
        is_transfer=row.method == SheetRow.Method.TRANSFER,
        saved_at=row.saved_at,
    )
