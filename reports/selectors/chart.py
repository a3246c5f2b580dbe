"""The books by account: the trial balance of each pool, the holders of an account, its lines with a running balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Window

from funds.chart import ADMINISTRATIVE, OPERATING, Head, Holder, Type, head_of, measured, unit_name
from funds.kinds import is_from_paper
from funds.models import Posting
from funds.selectors import balances as holder_balances
from funds.selectors import trial_balance
from members.models import Member, SavingsGroup
from reports.selectors.journal import kind_label

DEBIT_TYPES = (Type.ASSET, Type.COST)
LINE_ORDER = (F("booked_on").asc(), F("entry_id").asc(), F("line").asc())


@dataclass(frozen=True)
class TrialRow:
    """One account code with its raw balance: debit > 0."""

    head: Head
    satang: int

    @property
    def debit(self) -> int | None:
        """The amount in the debit column."""
        return self.satang if self.satang > 0 else None

    @property
    def credit(self) -> int | None:
        """The amount in the credit column."""
        return -self.satang if self.satang < 0 else None


@dataclass(frozen=True)
class TrialBalance:
    """The trial balance of one unit; both columns end in the same sum."""

    unit: str
    rows: tuple[TrialRow, ...]

    @property
    def name(self) -> str:
        """What people call the pool, or the unit book."""
        return str(unit_name(self.unit))

    @property
    def anchor(self) -> str:
        """The pool's place on the page."""
        return {OPERATING: "operating", ADMINISTRATIVE: "administrative"}.get(self.unit, self.unit.lower())

    @property
    def is_admin(self) -> bool:
        """Whether this is the administrative pool."""
        return self.unit == ADMINISTRATIVE

    @property
    def debit(self) -> int:
        """The sum of the debit column."""
        return sum(row.debit or 0 for row in self.rows)

    @property
    def credit(self) -> int:
        """The sum of the credit column."""
        return sum(row.credit or 0 for row in self.rows)


@dataclass(frozen=True)
class HolderRow:
    """One holder of an account; the balance stands on the account's own side."""

    holder: str
    name: str
    satang: int


@dataclass(frozen=True)
class AccountLine:
    """One posting in an account's page; `balance` stands on the account's own side."""

    entry_id: int
    n: int
    booked_on: date
    kind: str
    holder: str
    amount: int
    balance: int

    @property
    def label(self) -> Any:
        """The kind's name in the reader's language."""
        return kind_label(self.kind)

    @property
    def is_from_paper(self) -> bool:
        """Whether it was taken over from a paper book."""
        return is_from_paper(self.kind)

    @property
    def debit(self) -> int | None:
        """The amount in the debit column."""
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> int | None:
        """The amount in the credit column."""
        return -self.amount if self.amount < 0 else None


def trial_balances(*, group: SavingsGroup, on: date) -> list[TrialBalance]:
    """The trial balance of every unit on a day: the two pools always, unit books where there are any. Two queries."""
    balances: dict[str, dict[str, int]] = {OPERATING: {}, ADMINISTRATIVE: {}}
    for line in trial_balance(group, on):
        balances.setdefault(line.unit, {})[line.code] = line.balance
    return [
        TrialBalance(unit, tuple(TrialRow(head_of(code), measured(code, found[code])) for code in sorted(found)))
        for unit, found in balances.items()
    ]


def side_of(head: Head) -> int:
    """1 where a balance stands on the debit side, -1 where on the credit side."""
    return 1 if head.type in DEBIT_TYPES else -1


def holders(*, group: SavingsGroup, head: Head, on: date) -> list[HolderRow]:
    """Every holder of an account with the balance on a day, by holder; three queries."""
    balances = sorted(holder_balances(group, head.code, on).items())
    names = member_names(group=group) if head.holder in (Holder.MEMBER, Holder.BOOK) else {}
    return [
        HolderRow(holder, names.get(holder.partition("-")[0], ""), measured(head.code, satang * side_of(head)))
        for holder, satang in balances
    ]


def total_of(rows: Sequence[HolderRow]) -> int:
    """What a list of holders adds up to, on the account's own side."""
    return sum(row.satang for row in rows)


def member_names(*, group: SavingsGroup) -> dict[str, str]:
    """Full names by the member number as the journal writes it; one query."""
    return {member.holder: member.full_name for member in Member.objects.filter(group=group)}


def balance_before(*, group: SavingsGroup, head: Head, holder: str | None, day: date) -> int:
    """The raw balance of an account (all its holders without one) at the end of the day before."""
    at_end = holder_balances(group, head.code, day - timedelta(days=1))
    return sum(at_end.values()) if holder is None else at_end.get(holder, 0)


def account_lines(*, group: SavingsGroup, head: Head, holder: str | None, since: date, until: date) -> QuerySet[Any]:
    """The postings of an account between two days, oldest first, each with the sum of the period up to it."""
    rows = _postings(group, head, holder).filter(booked_on__gte=since, booked_on__lte=until)
    running = Window(Sum("amount"), order_by=LINE_ORDER)
    return rows.annotate(running=running).order_by(*LINE_ORDER)


def as_lines(rows: QuerySet[Any], *, head: Head, before: int) -> list[AccountLine]:
    """Turn a page of `account_lines` into lines with the balance after each."""
    return [
        AccountLine(
            entry_id=row.entry_id,
            n=row.entry.n,
            booked_on=row.booked_on,
            kind=row.entry.kind,
            holder=row.account.holder,
            amount=measured(head.code, row.amount),
            balance=measured(head.code, (before + row.running) * side_of(head)),
        )
        for row in rows.select_related("entry", "account")
    ]


def movements(rows: QuerySet[Any]) -> tuple[int, int]:
    """The sums of the debit and of the credit column."""
    found = rows.order_by().aggregate(
        debit=Sum("amount", filter=Q(amount__gt=0), default=0), credit=Sum("amount", filter=Q(amount__lt=0), default=0)
    )
    return int(found["debit"]), -int(found["credit"])


def _postings(group: SavingsGroup, head: Head, holder: str | None) -> QuerySet[Posting]:
    rows = Posting.objects.filter(group=group, account__code=head.code)
    return rows if holder is None else rows.filter(account__holder=holder)
