"""What should be in the box: the books' cash, tonight's cash lines, the approved payments."""

from django.db.models import F, Sum

from funds.selectors import cash_balances
from meetings.cash import CashPosition, PoolCash
from meetings.errors import NotEnoughInBox
from meetings.models import Meeting, PaymentLine, SheetRow
from members.models import SavingsGroup
from thai.money import format_baht

APPROVED = (PaymentLine.State.COSIGNED,)


def opening_cash(group: SavingsGroup) -> CashPosition:
    """What lies in the box before a meeting begins: the cash that the books know."""
    balances = cash_balances(group)
    return CashPosition(PoolCash(opening=balances["O1100"]), PoolCash(opening=balances["A1100"]))


def cash_position(meeting: Meeting) -> CashPosition:
    """The evening's cash of a meeting that is not closed yet, in four queries."""
    balances = cash_balances(meeting.group)
    cash_rows = SheetRow.objects.filter(meeting=meeting, received=True, method=SheetRow.Method.CASH)
    received = cash_rows.aggregate(
        operating=Sum(F("pledge_satang") + F("special_satang") + F("fine_satang")), administrative=Sum("fee_satang")
    )
    moved = {
        "O": dict.fromkeys(("fetched", "paid", "carried"), 0),
        "A": dict.fromkeys(("fetched", "paid", "carried"), 0),
    }
    lines = PaymentLine.objects.filter(meeting=meeting, state__in=APPROVED)
    for kind, code, from_bank, satang in lines.values_list("kind", "account_code", "from_bank", "satang"):
        if not from_bank:
            moved[code[0]][_WAY[kind]] += satang
    return CashPosition(
        operating=PoolCash(opening=balances["O1100"], received=received["operating"] or 0, **moved["O"]),
        administrative=PoolCash(opening=balances["A1100"], received=received["administrative"] or 0, **moved["A"]),
    )


_WAY: dict[str, str] = {
    PaymentLine.Kind.WITHDRAWAL: "paid",
    PaymentLine.Kind.EXPENSE: "paid",
    PaymentLine.Kind.BANK_FETCH: "fetched",
    PaymentLine.Kind.BANK_CARRY: "carried",
}


def require_cash(meeting: Meeting, line: PaymentLine) -> None:
    """Refuse a cash payment above what its pool has in the box: books, tonight's saved cash lines, fetched, less paid.

    Raises NotEnoughInBox.
    """
    if line.kind == PaymentLine.Kind.BANK_FETCH or line.from_bank:
        return
    available = cash_position(meeting).of(line.account_code[0]).expected
    if line.satang > available:
        raise NotEnoughInBox(needed=line.satang, available=available, text=format_baht(line.satang))
