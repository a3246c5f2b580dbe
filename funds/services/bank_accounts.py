"""The register of bank accounts: entered, changed with what stood before, closed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from funds.bank_errors import AccountKnown, MoneyStillThere, MovesWaiting
from funds.journal import lock_book, open_book
from funds.models import BankAccount, BankAccountChange, BankMove
from funds.selectors.bank import bank_accounts
from members.models import Resolution, SavingsGroup, User
from thai.money import format_baht


@dataclass(frozen=True)
class AccountInput:
    """A bank account as it is entered; promptpay_id in digits only, or empty."""

    bank: str
    number: str
    name: str
    is_private: bool
    in_operating: bool
    in_administrative: bool
    opened_on: date
    branch: str = ""
    promptpay_id: str = ""
    resolution: Resolution | None = None


@transaction.atomic
def register_account(*, group: SavingsGroup, by: User, account: AccountInput, holder: str | None = None) -> BankAccount:
    """Enter a bank account. holder: its name in the ledger where it stands there already, else its number.

    Raises AccountKnown.
    """
    open_book(group=group)
    lock_book(group)
    holder = account.number if holder is None else holder
    rows = BankAccount.objects.filter(group=group)
    if rows.filter(holder=holder).exists() or rows.filter(bank=account.bank, number=account.number).exists():
        raise AccountKnown
    return BankAccount.objects.create(
        group=group, holder=holder, registered_by=by, registered_at=timezone.now(), **_values(account)
    )


@transaction.atomic
def change_account(*, account: BankAccount, by: User, to: AccountInput) -> BankAccount:
    """Correct what the register says; what stood before stays readable. Raises AccountKnown."""
    lock_book(account.group)
    row = BankAccount.objects.select_for_update().get(pk=account.pk)
    new = _values(to)
    changed = {name: [_said(getattr(row, name)), _said(new[name])] for name in new if getattr(row, name) != new[name]}
    if not changed:
        return row
    others = BankAccount.objects.filter(group=row.group_id, bank=to.bank, number=to.number)
    if others.exclude(pk=row.pk).exists():
        raise AccountKnown
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    BankAccountChange.objects.create(account=row, changed=changed, by=by, at=timezone.now())
    return row


@transaction.atomic
def close_account(*, account: BankAccount, by: User, on: date, resolution: Resolution | None = None) -> BankAccount:
    """Note that the bank has closed an account. Raises MoneyStillThere, MovesWaiting."""
    lock_book(account.group)
    row = BankAccount.objects.select_for_update().get(pk=account.pk)
    if row.is_closed:
        return row
    stands = next(bank for bank in bank_accounts(account.group) if bank.holder == row.holder)
    if stands.operating or stands.administrative:
        raise MoneyStillThere(satang=format_baht(stands.satang))
    waiting = BankMove.objects.filter(entry__isnull=True, cancelled_at__isnull=True)
    if (waiting.filter(source=row) | waiting.filter(target=row)).exists():
        raise MovesWaiting
    row.closed_on, row.close_resolution = max(on, row.opened_on), resolution
    row.save(update_fields=["closed_on", "close_resolution"])
    changed = {"closed_on": ["", row.closed_on.isoformat()]}
    BankAccountChange.objects.create(account=row, changed=changed, by=by, at=timezone.now())
    return row


def _values(account: AccountInput) -> dict[str, Any]:
    return {each.name: getattr(account, each.name) for each in fields(account)}


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Resolution) else "" if value is None else value
