"""The close as a plan: every entry that will be posted, in the order of the books, and the fingerprint of it all.

Plain values, no database. The page shows the plan, the second officer signs its fingerprint, the close writes it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from meetings.cash import CashPosition
from savings.postings import Line


@dataclass(frozen=True, slots=True)
class PlannedRepayment:
    """What a receipt pays of one loan (satang)."""

    loan_id: int
    number: str
    fine: int
    interest: int
    principal: int


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry to be. `source` is the id of the row or payment behind it (0: the meeting itself).

    member_id, months: whose receipt it is, and the months (first days) that its pledge pays, with their satang; repaid:
    what it pays of the member's loans.
    """

    kind: str
    operation: UUID
    lines: tuple[Line, ...]
    details: Mapping[str, Any]
    source: int = 0
    member_id: int = 0
    months: tuple[tuple[date, int], ...] = ()
    repaid: tuple[PlannedRepayment, ...] = ()
    by: str = ""
    ok: tuple[str, ...] = ()
    payee: Any = None
    declared: Mapping[str, int] = field(default_factory=dict)

    @property
    def satang(self) -> int:
        """What moves: the sum of the debits."""
        return sum(satang for _code, _holder, satang in self.lines if satang > 0)


@dataclass(frozen=True, slots=True)
class ClosePlan:
    """Everything the close will post, in order: fetched, receipts, payments, carried, difference, close."""

    meeting_id: int
    label: str
    held_on: date
    fetched: tuple[PlannedEntry, ...]
    receipts: tuple[PlannedEntry, ...]
    payments: tuple[PlannedEntry, ...]
    carried: tuple[PlannedEntry, ...]
    difference: PlannedEntry | None
    close: PlannedEntry
    position: CashPosition
    counted: int
    counted_by: int | None
    reason: str
    fingerprint: str
    denominations: Mapping[str, int] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[PlannedEntry, ...]:
        """The batch in the order of the books."""
        difference = (self.difference,) if self.difference else ()
        return (*self.fetched, *self.receipts, *self.payments, *self.carried, *difference, self.close)

    @property
    def difference_satang(self) -> int:
        """Counted less expected."""
        return self.counted - self.position.expected

    @property
    def moved_by_officers(self) -> tuple[PlannedEntry, ...]:
        """Every entry that one officer asked for and another approved: payments and ways to and from the bank."""
        return (*self.fetched, *self.payments, *self.carried)

    @property
    def payouts(self) -> list[UUID]:
        """The operations of the loans that are paid out."""
        return [entry.operation for entry in self.payments if entry.kind == "loan_disbursement"]

    @property
    def special_savers(self) -> list[int]:
        """The members (ids) who brought special savings."""
        return [entry.member_id for entry in self.receipts if any(code == "O2200" for code, _h, _s in entry.lines)]

    @property
    def received(self) -> int:
        """The sum of the receipts, cash and transfer together."""
        return sum(entry.satang for entry in self.receipts)

    @property
    def transferred(self) -> int:
        """The part of the receipts that came by bank transfer."""
        return self.received - self.position.received


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in one canonical form: what is signed, and what must not have moved."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"SATCHA-CLOSE-1\n" + canonical.encode()).hexdigest()


def blocks_of(code: str) -> list[str]:
    """A long code in blocks of eight, so that it can be read and breaks between them."""
    return [code[start : start + 8] for start in range(0, len(code), 8)]


def declared_cash(
    position: CashPosition, *, counted: int, later_operating: int = 0, later_administrative: int = 0
) -> dict[str, int]:
    """What the close declares of the meeting's day: A1100 at its book balance, all the rest of the count O1100.

    The later ones are cash already booked for days after the meeting's (satang): it lies in the box, but not in that
    day's balance.
    """
    administrative = position.administrative.expected
    return {
        "A1100": administrative - later_administrative,
        "O1100": counted - administrative - later_operating,
    }
