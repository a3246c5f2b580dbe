"""Read the books. Balances are raw sums of postings, debit > 0, credit < 0, in satang (grams in a unit book).

Savings, funds and income are therefore negative here; who shows them turns the sign. The opening rows of closed years
shorten long histories; nothing that decides reads them (funds.balances sums every posting).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from funds import chart
from funds.balances import available_of, held_amounts, raw_balances, read_head
from funds.chain import paper_code
from funds.models import Account, AccountYear, Entry, Hold, Opening, Posting, entry_id
from members import queries
from members.models import SavingsGroup

__all__ = [
    "available",
    "balance",
    "balances",
    "cash_balances",
    "code_balances",
    "entries",
    "entry_by_number",
    "head",
    "held",
    "is_open",
    "paper_code",
    "statement",
    "trial_balance",
]


@dataclass(frozen=True)
class StatementLine:
    """One posting of an account, with the balance after it (raw)."""

    entry: Entry
    booked_on: date
    amount: int
    balance: int


@dataclass(frozen=True)
class Statement:
    """An account's movements between two days."""

    account: Account
    brought_forward: int
    lines: tuple[StatementLine, ...]

    @property
    def carried_forward(self) -> int:
        """The raw balance after the last line."""
        return self.lines[-1].balance if self.lines else self.brought_forward


@dataclass(frozen=True)
class TrialLine:
    """One code of the chart with the sum of its holders."""

    code: str
    name: Any
    unit: str
    type: chart.Type
    balance: int

    @property
    def debit(self) -> int:
        """The balance in the debit column, else 0."""
        return max(self.balance, 0)

    @property
    def credit(self) -> int:
        """The balance in the credit column, else 0."""
        return max(-self.balance, 0)


def head(group: SavingsGroup) -> Entry | None:
    """The group's last entry, whose code stands for the books as a whole."""
    return read_head(group)


def is_open(group: SavingsGroup) -> bool:
    """Whether the group's books have their opening entry; one query."""
    last = read_head(group)
    return last is not None and last.locked_through != date.min


def entry_by_number(group: SavingsGroup, n: int) -> Entry | None:
    """The group's entry of a number."""
    return Entry.objects.filter(group=group, id=entry_id(group.pk, n)).first() if 0 < n < 2**31 else None


def entries(
    group: SavingsGroup,
    *,
    since: date | None = None,
    until: date | None = None,
    kinds: Iterable[str] | None = None,
    newest_first: bool = True,
) -> QuerySet[Entry]:
    """The group's entries, narrowed by day and kind; kinds as written, so name those from paper as well."""
    found = Entry.objects.filter(id__gt=entry_id(group.pk, 0), id__lt=entry_id(group.pk + 1, 0))
    if since is not None:
        found = found.filter(booked_on__gte=since)
    if until is not None:
        found = found.filter(booked_on__lte=until)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    return found.order_by("-id" if newest_first else "id")


def balance(account: Account, as_of: date | None = None) -> int:
    """An account's raw balance, at the end of a day or over everything."""
    cached = Opening.objects.filter(account=account)
    if as_of is not None:
        cached = cached.filter(booked_on__lte=as_of)
    start = cached.order_by("-booked_on").values_list("booked_on", "amount").first()
    rows = Posting.objects.filter(group=account.group_id, account=account)
    if as_of is not None:
        rows = rows.filter(booked_on__lte=as_of)
    if start is not None:
        rows = rows.filter(booked_on__gt=start[0])
    total: int | None = rows.order_by().aggregate(total=Sum("amount"))["total"]
    return (start[1] if start else 0) + (total or 0)


def balances(group: SavingsGroup, code: str, as_of: date | None = None) -> dict[str, int]:
    """The raw balance of every holder of a code; two queries."""
    return _sums(group, as_of, "holder", [code])


def code_balances(group: SavingsGroup, codes: Iterable[str], as_of: date | None = None) -> dict[str, int]:
    """The raw balance of each code over all its holders; codes never used are 0."""
    found = dict.fromkeys(codes, 0)
    return found | _sums(group, as_of, "code", found)


def cash_balances(group: SavingsGroup, as_of: date | None = None) -> dict[str, int]:
    """The cash box by pool: {"O1100": satang, "A1100": satang}."""
    return code_balances(group, chart.CASH, as_of)


def trial_balance(group: SavingsGroup, as_of: date | None = None) -> list[TrialLine]:
    """Every code of the group with its raw balance, in the order of the chart; two queries."""
    sums = _sums(group, as_of, "code")
    order = {code: place for place, code in enumerate(chart.BY_CODE)}
    lines = []
    for code in sorted(sums, key=lambda code: (order.get(code, len(order)), code)):
        line = chart.head_of(code)
        lines.append(TrialLine(code, line.name, line.unit, line.type, sums[code]))
    return lines


def _sums(group: SavingsGroup, as_of: date | None, column: str, codes: Collection[str] | None = None) -> dict[str, int]:
    """Sums by a column of the accounts: the last opening rows, plus every posting after their day; 2 or 3 queries."""
    if codes is not None and not codes:
        return {}
    until, days = ("", []) if as_of is None else (" AND booked_on <= %s", [as_of])
    of_code, named = ("", []) if codes is None else (f" AND account.code IN {queries.places(codes)}", [*codes])
    ((start,),) = queries.rows(
        f"SELECT MAX(booked_on) FROM funds_opening WHERE group_id = %s{until}",  # noqa: S608
        [group.pk, *days],
    )
    after, first = ("", []) if start is None else (" AND booked_on > %s", [start])
    tail = queries.rows(
        f"SELECT account.{column}, CAST(COALESCE(SUM(amount), 0) AS bigint) FROM funds_account account"  # noqa: S608
        " LEFT JOIN funds_posting posting ON posting.account_id = account.id AND posting.group_id = %s"
        f"{after}{until} WHERE account.group_id = %s{of_code} GROUP BY account.{column}",
        [group.pk, *first, *days, group.pk, *named],
    )
    sums: dict[str, int] = dict(tail)
    if start is not None:
        brought = queries.rows(
            f"SELECT account.{column}, CAST(SUM(amount) AS bigint) FROM funds_opening opening"  # noqa: S608
            " JOIN funds_account account ON account.id = opening.account_id"
            f" WHERE opening.group_id = %s AND booked_on = %s{of_code} GROUP BY account.{column}",
            [group.pk, start, *named],
        )
        for key, amount in brought:
            sums[key] += amount
    return sums


def statement(account: Account, *, since: date | None = None, until: date | None = None) -> Statement:
    """An account's movements with running balance, ordered by day and number; three queries at most."""
    brought = 0
    rows = Posting.objects.filter(group=account.group_id, account=account).select_related("entry")
    if since is not None:
        rows = rows.filter(booked_on__gte=since)
        brought = balance(account, date.fromordinal(since.toordinal() - 1)) if since > date.min else 0
    if until is not None:
        rows = rows.filter(booked_on__lte=until)
    running = brought
    lines = []
    for row in rows.order_by("booked_on", "entry_id", "line"):
        running += row.amount
        lines.append(StatementLine(row.entry, row.booked_on, row.amount, running))
    return Statement(account, brought, tuple(lines))


def held(account: Account) -> int:
    """The satang of an account that may not leave."""
    return held_amounts(account.group, [account]).get(account.pk, 0)


def available(account: Account) -> int:
    """How much may leave an account: to its floor, less what is held (always counted positive)."""
    return available_of(account, raw_balances(account.group, [account])[account.pk], held(account))


def holds_in_force(group: SavingsGroup) -> QuerySet[Hold]:
    """What is held in a group now."""
    return Hold.objects.filter(group=group, released_at__isnull=True).select_related("account").order_by("id")


def account_year(group: SavingsGroup, on: date) -> AccountYear | None:
    """The account year in which a day lies."""
    return AccountYear.objects.filter(group=group, starts_on__lte=on, ends_on__gte=on).first()
