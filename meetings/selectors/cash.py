"""What should be in the box: the books' cash, tonight's cash lines, the approved payments."""

from collections.abc import Iterable, Mapping

from django.db.models import F, Sum

from funds.selectors import cash_balances
from meetings.cash import CashPosition, PoolCash
from meetings.errors import CashPromised, NotEnoughInBox
from meetings.models import Meeting, PaymentLine, SheetRow
from meetings.selectors.brought import Brought
from meetings.selectors.held import cash_held_beside
from members.models import SavingsGroup
from thai.money import format_baht

APPROVED = (PaymentLine.State.COSIGNED,)


def opening_cash(group: SavingsGroup) -> CashPosition:
    """What lies in the box before a meeting begins: the cash that the books know."""
    balances = cash_balances(group)
    return CashPosition(PoolCash(opening=balances["O1100"]), PoolCash(opening=balances["A1100"]))


def cash_position(meeting: Meeting) -> CashPosition:
    """The evening's cash of a meeting that is not closed yet, in four queries."""
    cash_rows = SheetRow.objects.filter(meeting=meeting, received=True, method=SheetRow.Method.CASH)
    received = cash_rows.aggregate(
        operating=Sum(F("pledge_satang") + F("special_satang") + F("fine_satang") + F("loan_satang")),
        administrative=Sum("fee_satang"),
    )
    lines = PaymentLine.objects.filter(meeting=meeting, state__in=APPROVED)
    return _position(
        cash_balances(meeting.group),
        operating=received["operating"] or 0,
        administrative=received["administrative"] or 0,
        moved=lines.values_list("kind", "account_code", "from_bank", "satang"),
    )


def position_of(balances: Mapping[str, int], rows: Iterable[Brought], lines: Iterable[PaymentLine]) -> CashPosition:
    """The same out of what the close has read already: the books' cash, every row, the approved payments."""
    cash_rows = [row for row in rows if row.received and row.is_cash]
    return _position(
        balances,
        operating=sum(row.pledge + row.special + row.fine + row.loan for row in cash_rows),
        administrative=sum(row.fee for row in cash_rows),
        moved=[(line.kind, line.account_code, line.from_bank, line.satang) for line in lines],
    )


def _position(
    balances: Mapping[str, int], *, operating: int, administrative: int, moved: Iterable[tuple[str, str, bool, int]]
) -> CashPosition:
    sums = {pool: dict.fromkeys(("fetched", "paid", "carried"), 0) for pool in "OA"}
    for kind, code, from_bank, satang in moved:
        if not from_bank:
            sums[code[0]][_WAY[kind]] += satang
    return CashPosition(
        operating=PoolCash(opening=balances["O1100"], received=operating, **sums["O"]),
        administrative=PoolCash(opening=balances["A1100"], received=administrative, **sums["A"]),
    )


_WAY: dict[str, str] = {
    PaymentLine.Kind.WITHDRAWAL: "paid",
    PaymentLine.Kind.EXPENSE: "paid",
    PaymentLine.Kind.LOAN: "paid",
    PaymentLine.Kind.BANK_FETCH: "fetched",
    PaymentLine.Kind.BANK_CARRY: "carried",
}


def require_cash(meeting: Meeting, line: PaymentLine) -> None:
    """Refuse a cash payment above what its pool has in the box: books, tonight's saved cash lines, fetched, less paid.

    What a voucher beside the meeting holds is not free. Raises NotEnoughInBox, CashPromised.
    """
    if line.kind == PaymentLine.Kind.BANK_FETCH or line.from_bank:
        return
    pool = line.account_code[0]
    available = cash_position(meeting).of(pool).expected
    if line.satang > available:
        raise NotEnoughInBox(needed=line.satang, available=available, text=format_baht(line.satang))
    held = cash_held_beside(meeting)[pool]
    if line.satang > available - held:
        raise CashPromised(held=format_baht(held), needed=format_baht(line.satang))
