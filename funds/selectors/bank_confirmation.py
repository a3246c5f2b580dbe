"""How long ago the bank's balance was last confirmed: what every officer and every member sees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from funds.chart import BANK
from funds.models import Account, BankAccount, Posting
from members.group_settings import setting
from members.models import SavingsGroup


@dataclass(frozen=True)
class BankConfirmation:
    """The account that waits longest. since: the day it was last confirmed, or its books' first day.

    through: the last day that was confirmed, None where no month ever was.
    """

    label: str
    since: date
    through: date | None
    days: int
    limit: int
    accounts: int

    @property
    def is_late(self) -> bool:
        """Whether it is a warning."""
        return self.days > self.limit

    @property
    def is_named(self) -> bool:
        """Whether the account is named, because the group has several."""
        return self.accounts > 1


def bank_confirmation(group: SavingsGroup, on: date | None = None) -> BankConfirmation | None:
    """The bank account whose balance was confirmed longest ago; None where the group has no money at a bank.

    Three queries, however many accounts and months there are.
    """
    today = on or timezone.localdate()
    limit = setting(group, "bank_warning_days", today)
    begin = min(group.first_year_starts_on, today)
    rows = list(
        BankAccount.objects.filter(group=group).annotate(
            last=Max("reconciliations__finished_at"), last_day=Max("reconciliations__through")
        )
    )
    known = {row.holder for row in rows}
    used = Exists(Posting.objects.filter(group=group, account=OuterRef("pk")))
    in_ledger = set(Account.objects.filter(used, group=group, code__in=BANK).values_list("holder", flat=True))
    waits: list[tuple[date, str, date | None]] = []
    for row in rows:
        if row.is_closed:
            continue
        since = timezone.localtime(row.last).date() if row.last else max(begin, min(row.opened_on, today))
        waits.append((since, str(row), row.last_day))
    waits += [(begin, holder, None) for holder in sorted(in_ledger - known)]
    if not waits:
        return None
    since, label, through = min(waits, key=lambda wait: (wait[0], wait[1]))
    return BankConfirmation(
        label=label,
        since=since,
        through=through,
        days=max((today - since).days, 0),
        limit=limit,
        accounts=len(waits),
    )
