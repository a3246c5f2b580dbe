"""Money that a waiting voucher will take is held; what is not there is refused with the rule's own sentence."""

from funds import chart
from funds.balances import available_of, held_amounts, raw_balances
from funds.chart import Floor
from funds.errors import InsufficientFunds
from funds.models import Account, Hold
from funds.money_errors import AdvanceExceeded, PoolHasNotEnough, SubsidyExceeded
from funds.services.keeping import place_hold
from members.models import User
from thai.money import format_baht

REASON = "voucher"
OWED_BACK = ("1500", "1900", "2900")


def hold_line(*, account: Account, satang: int, by: User) -> Hold | None:
    """Hold what a line takes from its account; None where the line goes away from the account's floor, or has none.

    Raises PoolHasNotEnough (cash, bank), AdvanceExceeded, SubsidyExceeded, InsufficientFunds.
    """
    if account.head.floor is Floor.FREE or not account.head.floor.is_neared_by(satang):
        return None
    try:
        return place_hold(account=account, satang=abs(satang), reason=REASON, by=by)
    except InsufficientFunds:
        raise _shortage(account, abs(satang)) from None


def _shortage(account: Account, needed: int) -> Exception:
    balance = raw_balances(account.group, [account])[account.pk]
    held = held_amounts(account.group, [account]).get(account.pk, 0)
    free = format_baht(max(available_of(account, balance, held), 0))
    name = f"{account.name} {account.holder}".strip()
    if account.code in chart.MONEY:
        pool = chart.unit_name(account.head.unit)
        return PoolHasNotEnough(pool=pool, available=free, account=name, needed=format_baht(needed))
    if account.code.endswith(OWED_BACK):
        return AdvanceExceeded(open=free)
    if account.code == "O2350":
        return SubsidyExceeded(holder=account.holder, open=free)
    return InsufficientFunds(account=name, available=free, needed=format_baht(needed))
