"""Income statement and balance sheet of an account year, each pool apart, before and after its close."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from funds.chart import ADMINISTRATIVE, OPERATING, Type, head_of, profit_account, type_of
from funds.models import AccountYear, Posting
from shareout.result import Key, result_of

CLOSES = ("year_close", "paper_year_close")
SIGN = {Type.ASSET: 1, Type.LIABILITY: -1, Type.FUND: -1, Type.INCOME: -1, Type.COST: 1}


@dataclass(frozen=True)
class StatementLine:
    """One account of a statement, satang as people say it; `after` is the balance once the year is closed."""

    code: str
    name: Any
    holder: str
    satang: int
    after: int | None = None


@dataclass(frozen=True)
class Section:
    """The accounts of one type and their sum."""

    type: Type
    lines: tuple[StatementLine, ...]

    @property
    def total(self) -> int:
        """The sum before the close."""
        return sum(line.satang for line in self.lines)

    @property
    def total_after(self) -> int:
        """The sum after the close."""
        return sum(line.after or 0 for line in self.lines)


@dataclass(frozen=True)
class PoolStatement:
    """A pool's year: what came in and was spent, and what it has, owes and keeps on the last day."""

    pool: str
    income: Section
    cost: Section
    assets: Section
    liabilities: Section
    funds: Section
    result: int

    @property
    def before_together(self) -> int:
        """Liabilities, funds and the year's result: as much as the assets."""
        return self.liabilities.total + self.funds.total + self.result

    @property
    def after_together(self) -> int:
        """Liabilities and funds once the result has gone to its fund: as much as the assets."""
        return self.liabilities.total_after + self.funds.total_after


def statements(year: AccountYear) -> dict[str, PoolStatement]:
    """Both pools' statements by pool (`O`, `A`); one query."""
    balances = year_balances(year)
    return {pool: _statement(pool, balances) for pool in (OPERATING, ADMINISTRATIVE)}


def year_balances(year: AccountYear) -> dict[Key, int]:
    """The raw sum of every account on the year's last day by (code, holder), its own close left out; one query.

    What an earlier year moved to the funds by its close is no longer on income and cost.
    """
    rows = Posting.objects.filter(group=year.group_id, booked_on__lte=year.ends_on)
    if year.closing_id is not None:
        rows = rows.exclude(entry=year.closing_id)
    sums = rows.order_by().values_list("account__code", "account__holder").annotate(total=Sum("amount"))
    return {(code, holder): total for code, holder, total in sums if total}


def _statement(pool: str, balances: dict[Key, int]) -> PoolStatement:
    own = {key: amount for key, amount in balances.items() if key[0][:1] == pool and key[0][1:].isdecimal()}
    result = result_of(own, pool)
    kept = profit_account(f"{pool}4100")
    sections = {kind: Section(kind, tuple(_lines(kind, own, kept, result))) for kind in Type}
    return PoolStatement(
        pool,
        sections[Type.INCOME],
        sections[Type.COST],
        sections[Type.ASSET],
        sections[Type.LIABILITY],
        sections[Type.FUND],
        result,
    )


def _lines(kind: Type, own: dict[Key, int], kept: str, result: int) -> Iterable[StatementLine]:
    """Members' accounts are shown as their control account: one line a code, but activities and banks by holder."""
    sums: dict[Key, int] = {}
    for (code, holder), amount in own.items():
        if type_of(code) is kind:
            key = (code, holder if code[1:] in ("1200", "1400", "4400", "5300", "3600") else "")
            sums[key] = sums.get(key, 0) + amount
    if kind is Type.FUND and result:
        sums.setdefault((kept, ""), 0)
    for (code, holder), amount in sorted(sums.items()):
        satang = SIGN[kind] * amount
        after = None if kind >= Type.INCOME else satang + (result if code == kept else 0)
        yield StatementLine(code, head_of(code).name, holder, satang, after)
