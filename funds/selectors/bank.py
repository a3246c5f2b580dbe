"""The group's bank accounts: those of the register, and holders that only the ledger knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from funds.chart import BANK
from funds.models import Account, BankAccount
from funds.selectors.journal import balances
from members.models import SavingsGroup


@dataclass(frozen=True)
class Bank:
    """One bank account as the books know it; without a register row only its holder is known.

    operating, administrative: satang in the ledger, None where that pool never stood there. agreed: the last day up to
    which bank book and ledger were compared and signed.
    """

    holder: str
    account: BankAccount | None
    operating: int | None
    administrative: int | None
    agreed: date | None = None

    @property
    def satang(self) -> int:
        """What the ledger says stands in the account, both pools together: one bank book holds them both."""
        return (self.operating or 0) + (self.administrative or 0)

    @property
    def label(self) -> str:
        """Bank and number, or the holder as the ledger has it; may be empty."""
        return str(self.account) if self.account else self.holder

    @property
    def is_closed(self) -> bool:
        """Whether the bank has closed it."""
        return self.account is not None and self.account.is_closed


def bank_accounts(group: SavingsGroup, *, closed: bool = True) -> list[Bank]:
    """Every bank account of a group, register first, then holders found in the ledger only; constant queries."""
    rows = BankAccount.objects.filter(group=group).annotate(agreed=Max("reconciliations__through"))
    operating, administrative = (balances(group, code) for code in BANK)
    found = [
        Bank(
            row.holder,
            row,
            _of(operating, row.holder, row.in_operating),
            _of(administrative, row.holder, row.in_administrative),
            row.agreed,
        )
        for row in rows.order_by("closed_on", "opened_on", "pk")
    ]
    known = {row.holder for row in found}
    found += [
        Bank(holder, None, operating.get(holder), administrative.get(holder))
        for holder in sorted((operating.keys() | administrative.keys()) - known)
    ]
    return found if closed else [bank for bank in found if not bank.is_closed]


def bank_totals(accounts: Sequence[Bank]) -> dict[str, int]:
    """What stands at the bank in each pool, accounts together; never both pools added."""
    return {
        "operating": sum(each.operating or 0 for each in accounts),
        "administrative": sum(each.administrative or 0 for each in accounts),
    }


def _of(held: dict[str, int], holder: str, expected: bool) -> int | None:
    return held.get(holder, 0 if expected else None)


def bank_choices(group: SavingsGroup) -> list[tuple[str, str]]:
    """Holder and label of every account that is not closed, for a form; two queries. Oldest of the ledger first."""
    rows = {row.holder: row for row in BankAccount.objects.filter(group=group)}
    used = Account.objects.filter(group=group, code__in=BANK).order_by("pk").values_list("holder", flat=True)
    holders = list(dict.fromkeys([*used, *rows]))
    return [
        (holder, str(rows[holder]) if holder in rows else holder)
        for holder in holders
        if holder not in rows or not rows[holder].is_closed
    ]


def register_row(accounts: Sequence[Bank], holder: str) -> BankAccount | None:
    """The register's row of a holder among accounts already read."""
    return next((bank.account for bank in accounts if bank.holder == holder), None)
