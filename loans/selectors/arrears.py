"""Loans in arrears as of a day: constant queries, however many loans; satang."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from loans.arrears import PAR_DAYS, Bucket, bucket_of
from loans.models import Guarantee, Letter, Loan
from loans.selectors.allowance import rescheduled
from loans.selectors.letters import guarantors_of, last_letters
from loans.selectors.standings import live_loans, standings
from loans.standing import Standing
from members.models import SavingsGroup
from members.selectors.people import PeopleFilter, people

BUCKETS: dict[str, Any] = {
    Bucket.CURRENT: _("not late"),
    Bucket.DAYS_1_30: _("1 to 30 days"),
    Bucket.DAYS_31_60: _("31 to 60 days"),
    Bucket.DAYS_61_90: _("61 to 90 days"),
    Bucket.DAYS_91_180: _("91 to 180 days"),
    Bucket.OVER_180: _("more than 180 days"),
}
LATE = tuple(bucket for bucket in BUCKETS if bucket != Bucket.CURRENT)


@dataclass(frozen=True)
class LateLoan:
    """A loan of which an instalment is overdue."""

    loan: Loan
    standing: Standing
    guarantors: tuple[Guarantee, ...]
    letter: Letter | None
    is_rescheduled: bool

    @property
    def bucket(self) -> Bucket:
        """How late, as the ageing counts it."""
        return bucket_of(self.standing.days_past_due)

    @property
    def bucket_label(self) -> Any:
        """The bucket as it is read."""
        return BUCKETS[self.bucket]

    @property
    def overdue(self) -> int:
        """Overdue principal, interest and late charge together."""
        return self.standing.overdue_principal + self.standing.interest_owed + self.standing.fine_owed

    @property
    def is_at_risk(self) -> bool:
        """Whether it counts in PAR30."""
        return self.standing.days_past_due > PAR_DAYS or self.is_rescheduled


@dataclass(frozen=True)
class Totals:
    """The sums of a list of late loans."""

    loans: int
    principal: int
    interest: int
    fine: int
    outstanding: int

    @property
    def overdue(self) -> int:
        """All that is overdue."""
        return self.principal + self.interest + self.fine


def arrears(group: SavingsGroup, on: date, *, q: str = "", bucket: str = "") -> list[LateLoan]:
    """The late loans as of a day, the longest overdue first; words narrow by borrower or contract."""
    loans = {loan.pk: loan for loan in live_loans(group, on).select_related("member")}
    stood = standings(group, on, loans=loans.values())
    late = {pk: each for pk, each in stood.items() if each.days_past_due and _fits(each, bucket)}
    if q:
        named = set(people(group=group, by=PeopleFilter(q=q)).values_list("pk", flat=True))
        late = {pk: each for pk, each in late.items() if loans[pk].member_id in named or q in loans[pk].number}
    guarantors, written, changed = guarantors_of(late), last_letters(group, late), rescheduled(late)
    found = [
        LateLoan(loans[pk], each, tuple(guarantors[pk]), written.get(pk), pk in changed) for pk, each in late.items()
    ]
    return sorted(found, key=lambda each: (-each.standing.days_past_due, each.loan.number))


def by_bucket(rows: Sequence[LateLoan]) -> list[tuple[Bucket, int]]:
    """How many loans are late by how long, each bucket in turn."""
    return [(Bucket(each), sum(row.bucket == each for row in rows)) for each in LATE]


def totals_of(found: Sequence[LateLoan]) -> Totals:
    """The sums over a list."""
    stood = [each.standing for each in found]
    return Totals(
        loans=len(stood),
        principal=sum(each.overdue_principal for each in stood),
        interest=sum(each.interest_owed for each in stood),
        fine=sum(each.fine_owed for each in stood),
        outstanding=sum(each.outstanding for each in stood),
    )


def _fits(standing: Standing, bucket: str) -> bool:
    return not bucket or bucket_of(standing.days_past_due) == bucket
