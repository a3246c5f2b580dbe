"""Letters: which notices guarantors must get and by when, and the letters that were written. Constant queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.utils import timezone

from loans.arrears import notice_deadline
from loans.demand import Claim, Stage, claim_of, overdue_rows, stage_of
from loans.falling_due import is_flat
from loans.models import Guarantee, Letter, Loan
from loans.selectors.standings import histories, live_loans, terms_of
from loans.standing import InstalmentStanding
from members.models import SavingsGroup
from members.selectors.people import PeopleFilter, people

SHOWS = ("all", "unsent", "sent")
PRESSING = (Stage.SOON, Stage.URGENT, Stage.LAST_DAYS)


@dataclass(frozen=True)
class Notice:
    """The notice about one overdue instalment to one guarantor, written or not."""

    loan: Loan
    guarantee: Guarantee
    row: InstalmentStanding
    as_of: date
    letter: Letter | None
    claim: Claim

    @property
    def asked(self) -> int:
        """What is asked of this guarantor, at most what they stand for (a guarantor from paper: all of it)."""
        return min(self.claim.asked, self.guarantee.satang) if self.guarantee.satang else self.claim.asked

    @property
    def deadline(self) -> date:
        """The last day to send it."""
        return notice_deadline(self.row.due_on)

    @property
    def days(self) -> int:
        """Days since the default."""
        return (self.as_of - self.row.due_on).days

    @property
    def days_left(self) -> int:
        """Days until the deadline; below 0: past it."""
        return (self.deadline - self.as_of).days

    @property
    def stage(self) -> Stage:
        """How pressing it is."""
        return stage_of(self.row.due_on, self.as_of, self.letter.sent_on if self.letter else None)

    @property
    def is_sent(self) -> bool:
        """Whether the guarantor was told, in time or not."""
        return self.stage in (Stage.SENT, Stage.SENT_LATE)

    @property
    def is_missed(self) -> bool:
        """Whether day 60 passed without it having been sent by then."""
        return self.stage in (Stage.MISSED, Stage.SENT_LATE)


def notices(group: SavingsGroup, on: date | None = None, *, loans: Iterable[Loan] | None = None) -> list[Notice]:
    """The notices about overdue instalments of live loans as of a day, the earliest deadline first; six queries."""
    day = on or timezone.localdate()
    chosen = {loan.pk: loan for loan in (live_loans(group, on) if loans is None else loans)}
    guarantees = guarantors_of(chosen)
    told = histories([chosen[pk] for pk in guarantees], day)
    letters = {
        (letter.guarantee_id, letter.due_on): letter
        for letter in Letter.objects.filter(group=group, kind=Letter.Kind.DEMAND, loan__in=list(guarantees))
    }
    found = []
    for pk, history in told.items():
        loan, now = chosen[pk], history(day)
        rows = overdue_rows(now)
        rate = Fraction(0) if is_flat(terms_of(loan)) else loan.monthly_rate
        for guarantee in guarantees[pk]:
            mine = [(row, letters.get((guarantee.pk, row.due_on))) for row in rows]
            missed = [row for row, letter in mine if _is_missed(row, day, letter)]
            found += [
                Notice(
                    loan,
                    guarantee,
                    row,
                    day,
                    letter,
                    claim_of(row, history=history, as_of=day, missed=missed, monthly_rate=rate),
                )
                for row, letter in mine
            ]
    return sorted(found, key=lambda each: (each.row.due_on, each.loan.number, each.guarantee.position))


def pressing(found: Iterable[Notice]) -> list[Notice]:
    """Those that are not sent and whose day 30 has passed, the missed ones left out."""
    return [each for each in found if each.stage in PRESSING]


def letters(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[Letter]:
    """The letters of a group, the latest first."""
    found = Letter.objects.filter(group=group).select_related(
        "loan__member", "guarantee__member", "written_by", "sent_by"
    )
    if show != "all":
        found = found.filter(sent_on__isnull=show == "unsent")
    if q:
        members = people(group=group, by=PeopleFilter(q=q)).values("pk")
        named = Q(loan__member__in=members) | Q(guarantee__member__in=members) | Q(loan__number__icontains=q)
        found = found.filter(named | Q(sent_ref__icontains=q))
    return found.order_by("-number")


def last_letters(group: SavingsGroup, loans: Iterable[int]) -> dict[int, Letter]:
    """The last letter about each of these loans; one query."""
    rows = Letter.objects.filter(group=group, loan__in=list(loans)).order_by("number")
    return {letter.loan_id: letter for letter in rows}


def guarantors_of(loans: Iterable[int]) -> defaultdict[int, list[Guarantee]]:
    """Who stands for each of these loans now; one query."""
    found: defaultdict[int, list[Guarantee]] = defaultdict(list)
    rows = Guarantee.objects.filter(loan__in=list(loans), released_on__isnull=True, declined_at__isnull=True)
    for guarantee in rows.select_related("member").order_by("loan", "position", "pk"):
        assert guarantee.loan_id is not None
        found[guarantee.loan_id].append(guarantee)
    return found


def _is_missed(row: InstalmentStanding, on: date, letter: Letter | None) -> bool:
    return stage_of(row.due_on, on, letter.sent_on if letter else None) in (Stage.MISSED, Stage.SENT_LATE)
