"""Setting money aside for an approved payment until the close, and letting it go."""

from django.utils import timezone

from funds import selectors as books
from funds.accounts import account_for
from funds.chart import Type
from funds.errors import InsufficientFunds
from funds.models import Account, Hold
from funds.services import place_hold
from meetings.errors import NotEnoughInBank, NotEnoughSaved
from meetings.models import Meeting, PaymentLine
from members.models import User
from thai.money import format_baht


def held_account(line: PaymentLine) -> Account:
    """The account whose money a payment takes: the one debited, where it holds money for someone; else cash or bank."""
    group = line.meeting.group
    debited = account_for(group, line.account_code, line.account_holder)
    if line.kind == PaymentLine.Kind.BANK_FETCH or debited.head.type in (Type.LIABILITY, Type.FUND):
        return debited
    pool = line.account_code[0]
    if line.from_bank:
        return account_for(group, f"{pool}1200", line.bank_holder)
    return account_for(group, f"{pool}1100")


def hold_for(line: PaymentLine, *, by: User) -> Hold | None:
    """Set the payment's money aside. Of the cash box only what the books already know can be held; the rest of it
    came in tonight and is watched by `require_cash`. Raises NotEnoughSaved, NotEnoughInBank.
    """
    account = held_account(line)
    satang = line.satang
    if account.code.endswith("1100"):
        satang = min(satang, books.available(account))
        if satang <= 0:
            return None
    require_available(line)
    try:
        return place_hold(account=account, satang=satang, reason="meeting payment", by=by)
    except InsufficientFunds:
        raise _shortage(account, line) from None


def require_available(line: PaymentLine) -> None:
    """Refuse a payment above what its account can give. Raises NotEnoughSaved, NotEnoughInBank."""
    account = held_account(line)
    if not account.code.endswith("1100") and books.available(account) < line.satang:
        raise _shortage(account, line)


def _shortage(account: Account, line: PaymentLine) -> NotEnoughSaved | NotEnoughInBank:
    available = format_baht(max(books.available(account), 0))
    if account.code.endswith("1200"):
        return NotEnoughInBank(available=available, needed=format_baht(line.satang))
    return NotEnoughSaved(available=available)


def release_holds(*, meeting: Meeting, by: User) -> None:
    """Let go whatever the approved payments of a meeting hold: the close posts them in the same transaction."""
    lines = PaymentLine.objects.filter(meeting=meeting, hold__isnull=False)
    held = Hold.objects.filter(pk__in=lines.values("hold"), released_at__isnull=True)
    held.update(released_by=by.code, released_at=timezone.now())
