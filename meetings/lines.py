"""One line of the sheet as the page shows it, and the totals under it: plain values, no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

WAITING, ATTENDED, ABSENT, MISSED, PAID = "waiting", "attended", "absent", "missed", "paid"
COLUMNS = ("pledge", "special", "fee", "fine", "loan")


@dataclass(frozen=True, slots=True)
class OwedLoan:
    """A loan of the member as the sheet must know it (satang): what is due today, and what pays it off today.

    waits_for: the day of a later repayment; until then no money can be taken for this loan.
    """

    loan_id: int
    number: str
    due_satang: int
    settlement: int
    waits_for: date | None = None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A member on the sheet. Amounts are satang; months are "YYYY-MM" (Gregorian).

    due_satang: the pledge due today, missed months and this one; fine_due_satang: the fine that goes with the missed
    ones; fee_due_satang: a new member's fees; monthly_satang: one month's pledge. owed_loans: the member's loans, the
    one whose instalment is due the longest first; loans: what is paid on each, (id, satang); is_moved: one of them
    was paid or changed elsewhere since the line was saved.
    state: waiting (nothing saved, amounts are still in pencil: `due_satang`), attended (only attendance saved),
    absent (saved, not there, nothing received), missed (there, but paid nothing), paid.
    """

    number: int
    name: str
    kind: str
    household: str
    due_satang: int
    months_owed: tuple[str, ...]
    monthly_satang: int = 0
    fine_due_satang: int = 0
    fee_due_satang: int = 0
    owed_loans: tuple[OwedLoan, ...] = ()
    present: bool = True
    received: bool = False
    pledge_satang: int = 0
    special_satang: int = 0
    fee_satang: int = 0
    fine_satang: int = 0
    loan_satang: int = 0
    loans: tuple[tuple[int, int], ...] = ()
    is_moved: bool = False
    months: tuple[tuple[str, int], ...] = ()
    method: str = "cash"
    slip_ref: str = ""
    given_satang: int | None = None
    version: int = 0
    operation: str = ""
    counter: int = 0
    state: str = WAITING
    saved_by: str = ""
    saved_at: datetime | None = None
    saved_by_id: int | None = None

    @property
    def total_satang(self) -> int:
        """What the row receives; 0 while it waits."""
        return self.pledge_satang + self.special_satang + self.fee_satang + self.fine_satang + self.loan_satang

    @property
    def loan_due_satang(self) -> int:
        """What is due on the loans today: fines, interest and principal."""
        return sum(loan.due_satang for loan in self.owed_loans)

    @property
    def has_loans(self) -> bool:
        """Whether the line has anything to say about loans."""
        return bool(self.owed_loans or self.loan_satang)

    @property
    def change_satang(self) -> int | None:
        """What is given back, where the money handed over was noted."""
        return None if self.given_satang is None else self.given_satang - self.total_satang

    @property
    def is_odd(self) -> bool:
        """Received, but not what was due."""
        is_due = self.pledge_satang == self.due_satang and self.loan_satang == self.loan_due_satang
        return self.received and not is_due

    @property
    def owed_count(self) -> int:
        return len(self.months_owed)


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """Sums over the received rows (satang) and counts of rows."""

    pledge: int = 0
    special: int = 0
    fee: int = 0
    fine: int = 0
    loan: int = 0
    cash: int = 0
    transfer: int = 0
    present: int = 0
    saved: int = 0
    members: int = 0
    odd: int = 0
    waiting: int = 0
    waiting_due: int = 0
    has_loans: bool = False
    columns: tuple[str, ...] = field(default=COLUMNS, repr=False)

    @property
    def total(self) -> int:
        return self.pledge + self.special + self.fee + self.fine + self.loan

    @property
    def operating(self) -> int:
        """Pledge, special savings, fines and loans are the operating pool's."""
        return self.pledge + self.special + self.fine + self.loan

    @property
    def administrative(self) -> int:
        """Fees are the administrative pool's."""
        return self.fee


def state_of(*, present: bool, received: bool, total: int) -> str:
    """The word for a saved row."""
    if not received:
        return ATTENDED if present else ABSENT
    if total == 0:
        return MISSED if present else ABSENT
    return PAID


def totals_of(lines: list[SheetLine]) -> SheetTotals:
    """Add the sheet up once, column by column."""
    received = [line for line in lines if line.received]
    waiting = [line for line in lines if line.state in (WAITING, ATTENDED)]
    return SheetTotals(
        pledge=sum(line.pledge_satang for line in received),
        special=sum(line.special_satang for line in received),
        fee=sum(line.fee_satang for line in received),
        fine=sum(line.fine_satang for line in received),
        loan=sum(line.loan_satang for line in received),
        cash=sum(line.total_satang for line in received if line.method == "cash"),
        transfer=sum(line.total_satang for line in received if line.method == "transfer"),
        present=sum(1 for line in lines if line.version and line.present),
        saved=sum(1 for line in lines if line.version),
        members=len(lines),
        odd=sum(1 for line in received if line.is_odd),
        waiting=len(waiting),
        waiting_due=due_of(waiting),
        has_loans=any(line.has_loans for line in lines),
    )


@dataclass(frozen=True, slots=True)
class RowInput:
    """What the page asks to save, read into values: satang, months as first days, no text left to parse."""

    operation: UUID
    version: int
    present: bool
    received: bool
    pledge: int = 0
    special: int = 0
    fee: int = 0
    fine: int = 0
    loan: int = 0
    months: tuple[date, ...] | None = None
    loans: tuple[tuple[int, int], ...] | None = None
    method: str = "cash"
    slip_ref: str = ""
    given: int | None = None

    @property
    def total(self) -> int:
        return self.pledge + self.special + self.fee + self.fine + self.loan


def due_of(lines: Iterable[SheetLine]) -> int:
    """What is due from these members together, fines, fees and loans included (satang)."""
    return sum(line.due_satang + line.fine_due_satang + line.fee_due_satang + line.loan_due_satang for line in lines)
