"""A share-out tried out: who would get what by a policy, against last year's. Reads only; nothing is posted.

It rests on the same `plan_share_out` as the posting, so that what is shown is what would be posted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from funds.models import AccountYear
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people
from shareout.models import HeadAllotment, MemberShare, ShareOut
from shareout.plan import Plan, Snapshot, fingerprint, plan_share_out
from shareout.policy import Arrears, Head, Leavers, Policy
from shareout.selectors.payments import overdue_loans
from shareout.selectors.snapshot import snapshot_of
from shareout.weights import SavingsYear, weigh

THOUSAND = 1_000_00
KIND, MONTHS_TOO_FEW = "kind", "months"
NAME_FIELDS = ("number", "title", "first_name", "last_name", "body_name", "kind")


@dataclass(frozen=True)
class LastYear:
    """What the year before was divided into, as posted; satang. members: by number, dividend and rebate together."""

    share_out: ShareOut
    year: int
    profit: int
    distributable: int
    heads: tuple[HeadAllotment, ...]
    members: Mapping[int, int]

    def head(self, head: str, name: str) -> HeadAllotment | None:
        """What a purpose got then."""
        return next((each for each in self.heads if (each.head, each.name) == (head, name)), None)


@dataclass(frozen=True)
class HeadLine:
    """What one purpose gets, and got last year; satang and basis points, None where it did not exist."""

    head: str
    name: str
    points: int
    satang: int
    last_points: int | None = None
    last_satang: int | None = None

    @property
    def change(self) -> int | None:
        """More or less than last year."""
        return None if self.last_satang is None else self.satang - self.last_satang


@dataclass(frozen=True)
class MemberLine:
    """What one member gets, and got last year; satang. reason: why the savings earn nothing, if a rule says so."""

    number: int
    weight: int
    interest: int
    dividend: int
    rebate: int
    last: int | None = None
    reason: str = ""

    @property
    def total(self) -> int:
        """Dividend and rebate."""
        return self.dividend + self.rebate

    @property
    def change(self) -> int | None:
        """More or less than last year."""
        return None if self.last is None else self.total - self.last


@dataclass(frozen=True)
class Trial:
    """A year divided by a policy; `members` by number: who is counted, and who got something last year."""

    plan: Plan
    heads: tuple[HeadLine, ...]
    members: tuple[MemberLine, ...]
    last: LastYear | None

    @property
    def total(self) -> MemberLine:
        """All members together."""
        return MemberLine(
            number=0,
            weight=sum(self.plan.weights.values()),
            interest=sum(self.plan.snapshot.interest.values()),
            dividend=sum(line.dividend for line in self.members),
            rebate=sum(line.rebate for line in self.members),
            last=sum(self.last.members.values()) if self.last else None,
        )

    @property
    def receivers(self) -> int:
        """How many members get something."""
        return sum(1 for line in self.members if line.total)

    @property
    def earlier(self) -> int:
        """What is divided beside the year's own profit; below 0: a loss that is covered first."""
        return self.plan.snapshot.distributable - self.plan.snapshot.profit

    @property
    def is_all_rate(self) -> bool:
        """Whether a fixed rate on savings takes the whole profit, so that the other purposes get nothing."""
        plan = self.plan
        is_rate = plan.policy.fixed_rate_bp is not None and plan.snapshot.distributable > 0
        return is_rate and plan.dividend_pool == plan.snapshot.distributable

    @property
    def fingerprint(self) -> str:
        """The code of snapshot and policy, as the adoption freezes it."""
        return fingerprint(self.plan.snapshot, self.plan.policy)

    def per_thousand(self) -> int:
        """The dividend on 1,000 baht that lay the whole year, satang; rounded down as the shares are."""
        return self.dividend_on(THOUSAND)

    def dividend_on(self, satang: int) -> int:
        """The dividend on savings that lay unchanged the whole year (an example for the meeting), satang."""
        snapshot, policy, whole = self.plan.snapshot, self.plan.policy, sum(self.plan.weights.values())
        weight = weigh(
            {0: SavingsYear(satang)},
            rule=policy.weighting,
            starts_on=snapshot.starts_on,
            ends_on=snapshot.ends_on,
            cap=policy.cap_satang,
        )[0]
        return self.plan.dividend_pool * weight // whole // policy.step * policy.step if whole else 0

    def rebate_on(self, satang: int) -> int:
        """The rebate on loan interest paid (an example for the meeting), satang."""
        whole, step = sum(self.plan.snapshot.interest.values()), self.plan.policy.step
        return self.plan.rebate_pool * satang // whole // step * step if whole else 0


def trial_of(
    year: AccountYear, policy: Policy, *, last: LastYear | None = None, snapshot: Snapshot | None = None
) -> Trial:
    """Divide a year by a policy as the books are now; an open year as if it were closed.

    snapshot: where it was read already, by the policy's own leavers' rule.
    """
    plan = plan_share_out(snapshot or snapshot_of(year, leavers=policy.leavers), policy)
    return Trial(plan=plan, heads=_heads(plan, last), members=_members(plan, last), last=last)


def last_year_of(year: AccountYear) -> LastYear | None:
    """The posted share-out of the year directly before; three queries."""
    rows = ShareOut.objects.filter(
        group=year.group_id, year__ends_on=year.starts_on - timedelta(days=1), posted_at__isnull=False
    )
    row = rows.select_related("year").first()
    if row is None:
        return None
    shares = MemberShare.objects.filter(share_out=row)
    got = shares.values_list("member__number", "dividend_satang", "rebate_satang")
    return LastYear(
        share_out=row,
        year=row.year.year,
        profit=row.snapshot["profit"],
        distributable=row.distributable,
        heads=tuple(HeadAllotment.objects.filter(share_out=row).order_by("position")),
        members={number: dividend + rebate for number, dividend, rebate in got},
    )


def snapshots_by_rule(year: AccountYear, rules: Iterable[Leavers]) -> dict[Leavers, Snapshot]:
    """The year read once for each leavers' rule."""
    return {rule: snapshot_of(year, leavers=rule) for rule in set(rules)}


def members_by_number(group: SavingsGroup, numbers: Iterable[int]) -> dict[int, Member]:
    """Who they are; one query."""
    rows = Member.objects.filter(group=group, number__in=list(numbers)).only(*NAME_FIELDS)
    return {member.number: member for member in rows}


def overdue_satang(group: SavingsGroup, members: Iterable[Member], policy: Policy) -> dict[int, int]:
    """What they are in arrears with on loans today, by number, where the policy asks about it; constant queries."""
    if policy.arrears is Arrears.PAY:
        return {}
    known = list(members)
    late = overdue_loans(group, known, timezone.localdate())
    return {each.number: sum(loan.due_satang for loan in late[each.pk]) for each in known if each.pk in late}


def found_numbers(group: SavingsGroup, words: str) -> set[int] | None:
    """The numbers of the members who fit a search; None where nothing is searched for."""
    if not words:
        return None
    return set(people(group=group, by=PeopleFilter(q=words)).values_list("number", flat=True))


def _heads(plan: Plan, last: LastYear | None) -> tuple[HeadLine, ...]:
    lines = []
    for position, each in enumerate(plan.policy.heads):
        before = last.head(each.head, each.name) if last else None
        lines.append(
            HeadLine(
                head=str(each.head),
                name=each.name,
                points=each.share_bp,
                satang=plan.heads[position],
                last_points=before.share_bp if before else None,
                last_satang=before.satang if before else None,
            )
        )
    known = {(line.head, line.name) for line in lines}
    gone = [each for each in (last.heads if last else ()) if each.satang and (each.head, each.name) not in known]
    return (*lines, *(HeadLine(each.head, each.name, 0, 0, each.share_bp, each.satang) for each in gone))


def _members(plan: Plan, last: LastYear | None) -> tuple[MemberLine, ...]:
    snapshot, before = plan.snapshot, last.members if last else {}
    numbers = set(snapshot.savings) | set(snapshot.interest) | {key for key, satang in before.items() if satang}
    return tuple(
        MemberLine(
            number=number,
            weight=plan.weights.get(number, 0),
            interest=snapshot.interest.get(number, 0),
            dividend=plan.dividend.shares.get(number, 0),
            rebate=plan.rebate.shares.get(number, 0),
            last=before.get(number, 0) if last else None,
            reason=_reason(plan, number),
        )
        for number in sorted(numbers)
    )


def _reason(plan: Plan, number: int) -> str:
    if plan.policy.share_of(Head.DIVIDEND) == 0 and plan.policy.fixed_rate_bp is None:
        return ""
    if number in plan.snapshot.savings and number not in plan.snapshot.earners:
        return KIND
    return MONTHS_TOO_FEW if plan.snapshot.months.get(number, 0) < plan.policy.minimum_months else ""
