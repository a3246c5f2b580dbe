"""Event -> lines of the journal: what each voucher and each receipt of money beside the meeting debits and credits.

A line is (account code, holder, satang, memo), debit > 0, credit < 0; docs/LEDGER.md holds the same table. Lines of
one event stay within one pool, but for an advance between the pools, in which money changes its pool and not its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from funds import chart
from funds.purposes import Expense, Source

Line: TypeAlias = tuple[str, str, int, str]
CASH, TRANSFER = "cash", "transfer"


@dataclass(frozen=True)
class Place:
    """Where money comes to or goes from: the box, or a bank account (holder)."""

    way: str = CASH
    bank: str = ""

    def account(self, pool: str) -> tuple[str, str]:
        """The pool's account of this place."""
        return (f"{pool}1200", self.bank) if self.way == TRANSFER else (f"{pool}1100", "")


@dataclass(frozen=True)
class Spent:
    """A part of an advance that was spent: on what, how much, for what exactly."""

    purpose: Expense
    satang: int
    memo: str = ""
    activity: str = ""

    @property
    def holder(self) -> str:
        """The activity, where the purpose is an activity's."""
        return self.activity if self.purpose.named else ""


def received_lines(source: Source, holder: str, satang: int, place: Place) -> list[Line]:
    """Debit cash or bank; credit the account of the source."""
    return [_at(place, source.pool, satang), (source.code, holder if source.named else "", -satang, "")]


def expense_lines(spent: Spent, place: Place) -> list[Line]:
    """Debit the account of the purpose; credit cash or bank of the same pool."""
    pool = spent.purpose.pool
    return [(spent.purpose.code, spent.holder, spent.satang, spent.memo), _at(place, pool, -spent.satang)]


def subsidy_return_lines(holder: str, satang: int, place: Place) -> list[Line]:
    """Debit the returnable subsidy; credit cash or bank."""
    return [("O2350", holder, satang, ""), _at(place, chart.OPERATING, -satang)]


def instalment_lines(loan: str, principal: int, interest: int, place: Place) -> list[Line]:
    """Debit the bank loan and its interest; credit cash or bank."""
    lines: list[Line] = [("O2300", loan, principal, ""), ("O5500", "", interest, "")]
    return [*(line for line in lines if line[2]), _at(place, chart.OPERATING, -(principal + interest))]


def officer_advance_lines(pool: str, holder: str, satang: int, place: Place) -> list[Line]:
    """Debit the advance; credit cash or bank of the pool for whose purpose it is taken along."""
    return [(f"{pool}1500", holder, satang, ""), _at(place, pool, -satang)]


def settlement_lines(pool: str, holder: str, spent: Sequence[Spent], given_back: int, place: Place) -> list[Line]:
    """Debit what was spent, and cash or bank with what is given back; credit the advance."""
    lines: list[Line] = [(each.purpose.code, each.holder, each.satang, each.memo) for each in spent]
    if given_back:
        lines.append(_at(place, pool, given_back))
    return [*lines, (f"{pool}1500", holder, -sum(line[2] for line in lines), "")]


def pool_advance_lines(lender: str, satang: int, place: Place, *, gives_back: bool = False) -> list[Line]:
    """Debit what is due to the lender, and the borrower's money; credit the lender's money, and the borrower's debt.

    Given back, the same the other way round.
    """
    borrower = chart.ADMINISTRATIVE if lender == chart.OPERATING else chart.OPERATING
    moved = -satang if gives_back else satang
    return [
        (f"{lender}1900", "", moved, ""),
        _at(place, lender, -moved),
        _at(place, borrower, moved),
        (f"{borrower}2900", "", -moved, ""),
    ]


def _at(place: Place, pool: str, satang: int) -> Line:
    code, holder = place.account(pool)
    return code, holder, satang, ""
