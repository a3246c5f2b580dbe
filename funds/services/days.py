"""Whether something may be booked on a day beside the meeting: said before it is written down, not at the posting."""

from datetime import date

from django.utils import timezone

from funds.balances import read_head
from funds.errors import BooksNotOpen, DeclaredAccountTouched, FutureDate, PeriodLocked
from funds.journal.locks import NEVER
from funds.waiting import require_free_cash
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language


def require_bookable(*, group: SavingsGroup, on: date, touches_cash: bool) -> None:
    """Refuse a day that the gate would refuse, and cash while a meeting holds it.

    Raises BooksNotOpen, FutureDate, PeriodLocked, DeclaredAccountTouched, CashBusy.
    """
    head = read_head(group)
    if head is None or head.locked_through == NEVER:
        raise BooksNotOpen
    if on > timezone.localdate():
        raise FutureDate(date=_printed(on))
    if on <= head.locked_through:
        raise PeriodLocked(through=_printed(head.locked_through))
    if not touches_cash:
        return
    if on <= head.declared_through:
        raise DeclaredAccountTouched(through=_printed(head.declared_through))
    require_free_cash(group, on)


def _printed(on: date) -> str:
    return format_date(on, language=active_language())
