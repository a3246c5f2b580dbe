"""Early warnings about the loans: what has brought real groups down, said early. Constant queries; satang."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from funds.selectors import balances
from loans.models import Guarantee, Loan, Repayment, ScheduleVersion
from loans.rings import shortest_ring
from loans.selectors.standings import LOANS
from members.group_settings import settings_on
from members.models import Member, Office, SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

REOPENED_DAYS = UNSIGNED_DAYS = 7
LOOKED_BACK = timedelta(days=365)
PLEDGE = "O2100"
LATE, NEXT = "late", "next"


@dataclass(frozen=True)
class Warned:
    """One warning: the rule by name, what it says, and the loans that it is about."""

    rule: str
    text: str
    level: str = NEXT
    loans: tuple[Loan, ...] = ()


@dataclass(frozen=True)
class _Facts:
    """What the rules read, read once."""

    group: SavingsGroup
    on: date
    loans: dict[int, Loan]
    owed: dict[str, int]

    def outstanding(self, loan: Loan) -> int:
        return self.owed.get(loan.number, 0)

    @property
    def live(self) -> list[Loan]:
        return [loan for loan in self.loans.values() if loan.is_paid_out and self.outstanding(loan) > 0]

    @property
    def total(self) -> int:
        return sum(self.outstanding(loan) for loan in self.live)


def warnings(group: SavingsGroup, on: date) -> list[Warned]:
    """Everything that should be looked at now, the gravest first."""
    rows = Loan.objects.filter(group=group, cancelled_on__isnull=True).exclude(entry__reversals__isnull=False)
    loans = {loan.pk: loan for loan in rows.select_related("member")}
    facts = _Facts(group, on, loans, balances(group, LOANS, on))
    rules = settings_on(group, on)
    found = [
        *_unsigned(facts),
        *_new_after_old(facts),
        *_rescheduled_twice(facts),
        *_over_cover(facts),
        *_rings(facts),
        *_largest(facts, rules["warn_largest_percent"]),
        *_committee(facts, rules["warn_committee_percent"]),
    ]
    return sorted(found, key=lambda each: each.level != LATE)


def _unsigned(facts: _Facts) -> list[Warned]:
    """Loans without a signed contract; contracts that wait for their signatures too long."""
    paid = [loan for loan in facts.live if loan.signed_on is None]
    waiting = [
        loan
        for loan in facts.loans.values()
        if not loan.is_paid_out and loan.signed_on is None and (facts.on - loan.contracted_on).days > UNSIGNED_DAYS
    ]
    never = _("Contract %(number)s of %(name)s is paid out but was never signed")
    long = _("Contract %(number)s of %(name)s has waited for its signatures since %(day)s")
    return [
        *(Warned("unsigned", never % _named(loan), LATE, (loan,)) for loan in paid),
        *(
            Warned("unsigned", long % {**_named(loan), "day": _day(loan.contracted_on)}, NEXT, (loan,))
            for loan in waiting
        ),
    ]


def _new_after_old(facts: _Facts) -> list[Warned]:
    """Repaid and lent anew on one day, or within a week: arrears may be hidden by new loans."""
    since = facts.on - LOOKED_BACK
    new = [loan for loan in facts.loans.values() if loan.paid_out_on and since <= loan.paid_out_on <= facts.on]
    if not new:
        return []
    paid = Repayment.objects.filter(group=facts.group, paid_on__gte=since - timedelta(days=REOPENED_DAYS))
    paid = paid.filter(entry__reversals__isnull=True, kind__in=["payment", "guarantor"])
    days: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for loan_id, day in paid.order_by().values_list("loan_id").annotate(last=Max("paid_on")):
        if loan_id in facts.loans:
            days[facts.loans[loan_id].member_id].append((loan_id, day))
    found = []
    for loan in new:
        for other_id, day in days[loan.member_id]:
            assert loan.paid_out_on is not None
            other, passed = facts.loans[other_id], (loan.paid_out_on - day).days
            if other_id == loan.pk or not 0 <= passed <= REOPENED_DAYS:
                continue
            words = _named(loan) | {"other": other.number, "day": _day(loan.paid_out_on), "days": passed}
            if passed == 0:
                text = _("%(name)s repaid contract %(other)s and received contract %(number)s on the same day, %(day)s")
                found.append(Warned("same_day", text % words, LATE, (loan, other)))
            elif facts.outstanding(other) == 0:
                text = _("%(name)s received contract %(number)s %(days)s days after paying back contract %(other)s")
                found.append(Warned("reopened", text % words, NEXT, (loan, other)))
    return found


def _rescheduled_twice(facts: _Facts) -> list[Warned]:
    rows = ScheduleVersion.objects.filter(loan__in=[loan.pk for loan in facts.live], version__gt=1).order_by()
    times = dict(rows.values_list("loan_id").annotate(times=Count("pk")))
    return [
        Warned(
            "rescheduled_twice",
            _("Contract %(number)s of %(name)s got a new schedule %(times)s times")
            % {**_named(facts.loans[pk]), "times": count},
            NEXT,
            (facts.loans[pk],),
        )
        for pk, count in times.items()
        if count > 1
    ]


def _over_cover(facts: _Facts) -> list[Warned]:
    """Guarantors who stand for more than they have saved: savings fell, or less could be held again."""
    stands: dict[int, list[Guarantee]] = defaultdict(list)
    for guarantee in _live_guarantees(facts):
        if guarantee.satang:
            stands[guarantee.member_id].append(guarantee)
    if not stands:
        return []
    saved = {holder: -satang for holder, satang in balances(facts.group, PLEDGE).items()}
    found = []
    for mine in stands.values():
        member = mine[0].member
        needed, has = sum(each.satang for each in mine), saved.get(member.holder, 0)
        held = sum(each.hold.satang for each in mine if each.hold and each.hold.released_at is None)
        if needed > min(has, held):
            text = _("%(name)s stands for %(needed)s baht as guarantor, but only %(has)s baht of savings secure it")
            words = {"name": member.full_name, "needed": format_baht(needed), "has": format_baht(min(has, held))}
            found.append(Warned("over_cover", text % words, LATE, _loans(facts, mine)))
    return found


def _rings(facts: _Facts) -> list[Warned]:
    """A stands for B, B for A, perhaps through others: if one fails, all do."""
    guarantees = _live_guarantees(facts)
    stands_for: dict[int, set[int]] = defaultdict(set)
    names: dict[int, Member] = {loan.member_id: loan.member for loan in facts.live}
    for guarantee in guarantees:
        assert guarantee.loan_id is not None
        stands_for[guarantee.member_id].add(facts.loans[guarantee.loan_id].member_id)
        names[guarantee.member_id] = guarantee.member
    seen: set[frozenset[int]] = set()
    found = []
    for start in sorted(stands_for, key=lambda pk: names[pk].number):
        ring = shortest_ring(stands_for, start)
        if not ring or frozenset(ring) in seen:
            continue
        seen.add(frozenset(ring))
        said = " → ".join(names[pk].full_name for pk in (*ring, start))
        about = [each for each in guarantees if each.member_id in ring]
        within = [each for each in about if facts.loans[each.loan_id or 0].member_id in ring]
        text = _("Guarantors in a circle: %(names)s") % {"names": said}
        found.append(Warned("ring", text, NEXT, _loans(facts, within)))
    return found


def _largest(facts: _Facts, percent: int) -> list[Warned]:
    sums: dict[int, int] = defaultdict(int)
    for loan in facts.live:
        sums[loan.member_id] += facts.outstanding(loan)
    if not sums or len(sums) == 1:
        return []
    member_id, satang = max(sums.items(), key=lambda pair: (pair[1], -pair[0]))
    if satang * 100 <= facts.total * percent:
        return []
    mine = tuple(loan for loan in facts.live if loan.member_id == member_id)
    text = _("%(name)s alone has borrowed %(share)s of all that is lent (the group's limit is %(limit)s%%)")
    words = {"name": mine[0].member.full_name, "share": _percent(satang, facts.total), "limit": percent}
    return [Warned("largest", text % words, NEXT, mine)]


def _committee(facts: _Facts, percent: int) -> list[Warned]:
    officers = set(
        Office.objects.held_on(facts.on)
        .filter(group=facts.group, member__isnull=False)
        .values_list("member_id", flat=True)
    )
    mine = tuple(loan for loan in facts.live if loan.member_id in officers)
    satang = sum(facts.outstanding(loan) for loan in mine)
    if satang * 100 <= facts.total * percent:
        return []
    text = _("The committee has borrowed %(share)s of all that is lent (the group's limit is %(limit)s%%)")
    return [Warned("committee", text % {"share": _percent(satang, facts.total), "limit": percent}, NEXT, mine)]


def _live_guarantees(facts: _Facts) -> list[Guarantee]:
    keys = [loan.pk for loan in facts.live]
    rows = Guarantee.objects.filter(loan__in=keys, released_on__isnull=True, declined_at__isnull=True)
    return list(rows.select_related("member", "hold").order_by("member__number", "pk"))


def _loans(facts: _Facts, guarantees: Iterable[Guarantee]) -> tuple[Loan, ...]:
    keys: Sequence[int] = dict.fromkeys(each.loan_id for each in guarantees if each.loan_id)  # type: ignore[assignment]
    return tuple(facts.loans[pk] for pk in keys)


def _named(loan: Loan) -> dict[str, object]:
    return {"number": loan.number, "name": loan.member.full_name}


def _percent(part: int, whole: int) -> str:
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def _day(on: date) -> str:
    return format_date(on, language=active_language())
