"""A counted evening, line by line, for whoever confirms it; nothing of it is told before the count is saved."""

from collections.abc import Callable
from dataclasses import dataclass

from funds.selectors import cash_balances
from meetings.cash import CashPosition
from meetings.denominations import Pieces, from_stored
from meetings.errors import LoansMoved
from meetings.models import CashCount, Meeting, PaymentLine
from meetings.selectors.brought import Brought, brought
from meetings.selectors.cash import position_of
from meetings.selectors.closing import Repaid, approved_payments, fingerprint_of
from meetings.selectors.loans import repayments_of
from meetings.selectors.meetings import valid_count


@dataclass(frozen=True)
class Column:
    """The sum of one column of the sheet, satang, and how much of it came by bank transfer."""

    key: str
    satang: int
    transfer: int

    @property
    def cash(self) -> int:
        return self.satang - self.transfer


@dataclass(frozen=True)
class CountedEvening:
    """What the second officer confirms; amounts in satang. `fingerprint` is the one that stands in the signature;
    refused: why the evening cannot be closed as it stands.
    """

    rows: list[Brought]
    present: int
    columns: list[Column]
    together: Column
    payments: list[PaymentLine]
    count: CashCount
    pieces: list[Pieces]
    position: CashPosition
    fingerprint: str
    refused: str = ""

    @property
    def difference_satang(self) -> int:
        """Counted less expected, by the lines as they are now."""
        return self.count.counted_satang - self.position.expected


def counted_evening(meeting: Meeting) -> CountedEvening | None:
    """A meeting under count with its saved count, in a constant number of queries; None before the count is saved."""
    count = valid_count(meeting) if meeting.is_counting else None
    if count is None:
        return None
    rows, payments = brought(meeting), approved_payments(meeting)
    position = position_of(cash_balances(meeting.group), rows, payments)
    paying = [row for row in rows if row.received and row.total]
    repaid, refused = _repaid(meeting, rows)
    return CountedEvening(
        rows=paying,
        present=sum(row.present for row in rows),
        columns=[_column(key, paying, read) for key, read in _COLUMNS],
        together=_column("together", paying, lambda row: row.total),
        payments=payments,
        count=count,
        pieces=[each for each in from_stored(count.denominations) if each.count],
        position=position,
        fingerprint=fingerprint_of(meeting, rows, payments, count, position.expected, repaid),
        refused=refused,
    )


def _repaid(meeting: Meeting, rows: list[Brought]) -> tuple[Repaid, str]:
    try:
        return repayments_of(meeting, rows), ""
    except LoansMoved as refusal:
        return {}, refusal.message


_COLUMNS: tuple[tuple[str, Callable[[Brought], int]], ...] = (
    ("pledge", lambda row: row.pledge),
    ("special", lambda row: row.special),
    ("fine", lambda row: row.fine),
    ("fee", lambda row: row.fee),
    ("loan", lambda row: row.loan),
)


def _column(key: str, rows: list[Brought], read: Callable[[Brought], int]) -> Column:
    return Column(key, sum(map(read, rows)), sum(read(row) for row in rows if not row.is_cash))
