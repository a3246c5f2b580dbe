"""What each member brought, read for the close: plain values, one query, no object of the ORM per row."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from meetings.models import Meeting, SheetRow

_FIELDS = (
    "pk", "member_id", "operation", "version", "present", "received", "pledge_satang", "special_satang", "fee_satang",
    "fine_satang", "loan_satang", "loans", "loans_read", "months", "method", "slip_ref", "member__number",
    "member__title", "member__first_name", "member__last_name", "member__body_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """One line of the sheet as saved, and whose it is; amounts in satang."""

    pk: int
    member_id: int
    operation: UUID
    version: int
    present: bool
    received: bool
    pledge: int
    special: int
    fee: int
    fine: int
    loan: int
    loans: list[list[int]]
    loans_read: int | None
    months: list[list[Any]]
    method: str
    slip_ref: str
    number: int
    title: str
    first_name: str
    last_name: str
    body_name: str

    @property
    def total(self) -> int:
        return self.pledge + self.special + self.fee + self.fine + self.loan

    @property
    def is_cash(self) -> bool:
        return self.method == SheetRow.Method.CASH

    @property
    def holder(self) -> str:
        """The member number as the journal writes it."""
        return f"{self.number:04d}"

    @property
    def full_name(self) -> str:
        """The name as the receipt says it."""
        return self.body_name or f"{self.title}{self.first_name} {self.last_name}".strip()


def brought(meeting: Meeting) -> list[Brought]:
    """Every line of a meeting by member number."""
    rows = SheetRow.objects.filter(meeting=meeting).order_by("member__number").values_list(*_FIELDS)
    return [Brought(*row) for row in rows]
