"""The year end of many groups at once: weights in one statement, a plan for each group. Reads only.

For whoever looks at a district before its general meetings. Only the customary policy can be reckoned so: its weight is
a sum over postings. By other rules each group's own snapshot is read (`selectors/snapshot.py`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from funds.models import Account, AccountYear, Posting
from loans.models import Repayment
from members.group_settings import SETTINGS
from members.kinds import SWITCHES, setting_key
from members.models import GroupSetting, Member
from savings.selectors.balances import PLEDGE_SAVINGS
from shareout.plan import Division, divide
from shareout.policy import CUSTOMARY
from shareout.selectors.snapshot import RESULT, UNDIVIDED
from shareout.weights import MONTHS
from thai.months import add_months

Claims = dict[int, dict[int, int]]
Numbers = dict[int, set[int]]


@dataclass(frozen=True)
class GroupPlan:
    """How a group's year would be divided the customary way; satang, weights in satang-months by member number."""

    year: AccountYear
    distributable: int
    weights: dict[int, int]
    divided: Division

    @property
    def dividend_of_100(self) -> int:
        """The dividend on a hundred baht that lay the whole year, satang (cut off)."""
        total = sum(self.weights.values())
        return self.divided.dividend_pool * MONTHS * 100_00 // total if total else 0


def customary_plans(years: QuerySet[AccountYear]) -> list[GroupPlan]:
    """Plan the account years of many groups, one a group, in the order given; six queries for each span of a year."""
    found: dict[int, GroupPlan] = {}
    listed = list(years.select_related("group"))
    for span in sorted({(year.starts_on, year.ends_on) for year in listed}):
        alike = [year for year in listed if (year.starts_on, year.ends_on) == span]
        of_span = AccountYear.objects.filter(pk__in=years.order_by().values("pk"), starts_on=span[0], ends_on=span[1])
        found |= _plans(alike, of_span)
    return [found[year.pk] for year in listed]


def raw_weights(years: QuerySet[AccountYear], starts_on: date) -> Iterator[tuple[int, str, int | None]]:
    """Sum opening x 12 and each deposit x (12 - m) in one statement: group, holder, weight with the ledger's sign.

    years: all of the same first day. A posting before that day weighs 12, one of account month m weighs 12 - m. Each
    account's lines are read from the index alone; joined and grouped, a nation's lines would be sorted on disk.
    """
    firsts = [starts_on, *(add_months(starts_on, month) for month in range(1, MONTHS))]
    lines = Posting.objects.filter(group=OuterRef("group"), account=OuterRef("pk"), booked_on__lt=firsts[-1])
    weighed = Func(F("amount") * _times(firsts, 0, MONTHS - 1), function="SUM", output_field=BigIntegerField())
    sums = lines.order_by().annotate(weight=Cast(weighed, BigIntegerField())).values("weight")
    accounts = Account.objects.filter(group__in=years.values("group"), code=PLEDGE_SAVINGS).order_by()
    yield from accounts.values_list("group_id", "holder", Subquery(sums))


def _times(firsts: Sequence[date], low: int, high: int) -> Case | Value:
    """What a day weighs, found by halving: the months are few, the lines millions."""
    if low == high:
        return Value(MONTHS - low)
    middle = (low + high) // 2
    earlier = When(booked_on__lt=firsts[middle], then=_times(firsts, low, middle))
    return Case(earlier, default=_times(firsts, middle + 1, high), output_field=BigIntegerField())


def _plans(listed: list[AccountYear], years: QuerySet[AccountYear]) -> dict[int, GroupPlan]:
    """The plans of years of one span."""
    starts_on, ends_on = listed[0].starts_on, listed[0].ends_on
    counted, earners = _members(years, ends_on)
    weights = _weights(years, starts_on, earners)
    interest, profits = _interest(years, starts_on, ends_on, counted), _distributable(years, ends_on)
    found = {}
    for year in listed:
        distributable = max(0, profits.get(year.group_id, 0))
        own, paid = weights.get(year.group_id, {}), interest.get(year.group_id, {})
        divided = divide(distributable, CUSTOMARY, weights=own, interest=paid)
        found[year.pk] = GroupPlan(year, distributable, own, divided)
    return found


def _members(years: QuerySet[AccountYear], ends_on: date) -> tuple[Numbers, Numbers]:
    """Who was a member to the year's end, and who of them earns a dividend by kind; by group."""
    keys = {setting_key(kind, "earns_dividend"): kind for kind in SWITCHES}
    usual = {kind: bool(SETTINGS[key].default) for key, kind in keys.items()}
    told: dict[tuple[int, str], bool] = {}
    rules = GroupSetting.objects.filter(group__in=years.values("group"), key__in=keys, valid_from__lte=ends_on)
    for group, key, stored in rules.order_by("valid_from", "id").values_list("group_id", "key", "value"):
        told[group, keys[key]] = bool(SETTINGS[key].read(stored))
    counted: Numbers = defaultdict(set)
    earners: Numbers = defaultdict(set)
    rows = Member.objects.filter(group__in=years.values("group"), admitted_on__lte=ends_on)
    stayed = rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=ends_on))
    for group, number, kind in stayed.values_list("group_id", "number", "kind"):
        counted[group].add(number)
        if told.get((group, kind), usual[kind]):
            earners[group].add(number)
    return counted, earners


def _weights(years: QuerySet[AccountYear], starts_on: date, earners: Numbers) -> Claims:
    """Weights of those who earn, by group and member number; whoever has no account weighs nothing."""
    found: Claims = {group: dict.fromkeys(numbers, 0) for group, numbers in earners.items()}
    for group, holder, weight in raw_weights(years, starts_on):
        own, number = found.get(group, {}), int(holder)
        if number in own:
            own[number] = max(0, -(weight or 0))
    return found


def _interest(years: QuerySet[AccountYear], starts_on: date, ends_on: date, counted: Numbers) -> Claims:
    """Loan interest by group and who paid it; a receipt that was undone does not count."""
    rows = Repayment.objects.filter(
        group__in=years.values("group"), paid_on__range=(starts_on, ends_on), entry__reversals__isnull=True
    )
    found: Claims = defaultdict(dict)
    sums = rows.order_by().values_list("group_id", "payer__number").annotate(total=Sum("interest_satang"))
    for group, number, satang in sums:
        if satang > 0 and number in counted.get(group, ()):
            found[group][number] = satang
    return found


def _distributable(years: QuerySet[AccountYear], ends_on: date) -> dict[int, int]:
    """The undivided profit by group; of an open year with the year's own, as if it were closed."""
    closed, still_open = years.filter(closing__isnull=False), years.filter(closing__isnull=True)
    own = Posting.objects.filter(group__in=closed.values("group"), account__code=UNDIVIDED)
    as_if = Posting.objects.filter(
        RESULT | Q(account__code=UNDIVIDED), group__in=still_open.values("group"), booked_on__lte=ends_on
    )
    found: dict[int, int] = {}
    for rows in (own, as_if):
        found |= {group: -total for group, total in rows.order_by().values_list("group_id").annotate(Sum("amount"))}
    return found
