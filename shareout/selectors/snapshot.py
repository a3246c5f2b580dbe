"""The year as a share-out sees it: profit, savings month by month, interest paid. Reads only, in constant queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, Sum

from funds import kinds
from funds.models import AccountYear, Posting
from funds.selectors import balances, code_balances
from loans.models import Repayment
from members.models import Member, SavingsGroup
from members.switches import all_switches
from savings.selectors.balances import PLEDGE_SAVINGS
from shareout.plan import Snapshot
from shareout.policy import Leavers
from shareout.weights import MONTHS, SavingsYear
from thai.months import months_apart

UNDIVIDED = "O3900"
CLOSE = "year_close"
RESULT = Q(account__code__startswith="O4") | Q(account__code__startswith="O5")


def snapshot_of(year: AccountYear, *, leavers: Leavers = Leavers.NONE) -> Snapshot:
    """Read everything that a share-out of an account year rests on; an open year counts as if it were closed.

    leavers: none leaves out whoever left in the year; pro rata counts what was given back as withdrawn in its month;
    included counts them as if they had stayed.
    """
    group = year.group
    members = list(
        Member.objects.filter(group=group, admitted_on__lte=year.ends_on)
        .exclude(left_on__lt=year.starts_on)
        .values("number", "kind", "admitted_on", "left_on")
        .order_by("number")
    )
    switches = all_switches(group, year.ends_on)
    stayed = [row for row in members if row["left_on"] is None or row["left_on"] > year.ends_on]
    counted = stayed if leavers is Leavers.NONE else members
    return Snapshot(
        year=year.year,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        distributable=distributable(year),
        profit=profit_of(year),
        savings=_savings(year, {row["number"] for row in counted}, leavers),
        earners=frozenset(row["number"] for row in counted if switches[row["kind"]].earns_dividend),
        months={row["number"]: _months(year, row["admitted_on"], row["left_on"]) for row in counted},
        interest=_interest(group, year, {row["number"] for row in counted}),
    )


def profit_of(year: AccountYear) -> int:
    """The operating pool's income less its cost of the year, on cash basis (satang); below 0: a loss."""
    rows = Posting.objects.filter(RESULT, group=year.group, booked_on__range=(year.starts_on, year.ends_on))
    moved: int = rows.exclude(entry__kind=CLOSE).aggregate(total=Sum("amount", default=0))["total"]
    return -moved


def distributable(year: AccountYear) -> int:
    """The undivided profit, with the year's own where it is not closed yet; at least 0 (satang)."""
    if year.is_closed:
        return max(0, -code_balances(year.group, [UNDIVIDED])[UNDIVIDED])
    rows = Posting.objects.filter(RESULT | Q(account__code=UNDIVIDED), group=year.group, booked_on__lte=year.ends_on)
    moved: int = rows.aggregate(total=Sum("amount", default=0))["total"]
    return max(0, -moved)


def _savings(year: AccountYear, numbers: set[int], leavers: Leavers) -> dict[int, SavingsYear]:
    opening = balances(year.group, PLEDGE_SAVINGS, year.starts_on - timedelta(days=1))
    moved: dict[int, list[tuple[int, date, int]]] = defaultdict(list)
    for holder, kind, undone, on, amount in _movements(year):
        if leavers is not Leavers.INCLUDED or kinds.plain(undone or kind) != "resignation":
            moved[int(holder)].append((months_apart(year.starts_on, on) + 1, on, -amount))
    held = {int(holder): -satang for holder, satang in opening.items()}
    return {number: SavingsYear(held.get(number, 0), tuple(moved.get(number, ()))) for number in sorted(numbers)}


def _movements(year: AccountYear) -> Iterable[tuple[str, str, str | None, date, int]]:
    rows = Posting.objects.filter(
        group=year.group, account__code=PLEDGE_SAVINGS, booked_on__range=(year.starts_on, year.ends_on)
    )
    fields = ("account__holder", "entry__kind", "entry__reverses__kind", "booked_on", "amount")
    return rows.order_by("entry_id", "line").values_list(*fields)


def _interest(group: SavingsGroup, year: AccountYear, numbers: set[int]) -> dict[int, int]:
    """Loan interest by who paid it; a receipt that was undone does not count."""
    rows = Repayment.objects.filter(
        group=group, paid_on__range=(year.starts_on, year.ends_on), entry__reversals__isnull=True
    )
    paid = rows.values_list("payer__number").annotate(total=Sum("interest_satang")).order_by("payer__number")
    return {number: satang for number, satang in paid if satang and number in numbers}


def _months(year: AccountYear, since: date | None, until: date | None) -> int:
    """How many account months of the year somebody was a member, the month of admission included."""
    first = max(0, months_apart(year.starts_on, since)) if since and since > year.starts_on else 0
    last = months_apart(year.starts_on, until) if until is not None and until <= year.ends_on else MONTHS - 1
    return max(0, last - first + 1)
