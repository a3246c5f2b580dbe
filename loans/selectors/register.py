"""The register of debtors: every loan of a group with where it stands; what it comes to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from funds.models import Entry
from funds.selectors import balances
from loans.models import Guarantee, Loan, Repayment, ScheduleVersion
from loans.selectors.standings import LOANS, standings
from loans.standing import Standing
from members.models import SavingsGroup
from members.selectors.people import PeopleFilter, people

SHOWS = ("live", "late", "waiting", "closed", "all")
WAITING, RUNNING, LATE, CLOSED, WRITTEN_OFF, CANCELLED, VOID = (
    "waiting", "running", "late", "closed", "written_off", "cancelled", "void",
)  # fmt: skip
LIVE = (RUNNING, LATE)
ENDED = (CLOSED, WRITTEN_OFF, CANCELLED, VOID)


@dataclass(frozen=True)
class RegisterRow:
    """A loan, its state, and the principal still owed by the books (satang); `standing` is told of live loans only."""

    loan: Loan
    state: str
    outstanding: int
    standing: Standing | None
    guarantees: tuple[Guarantee, ...]

    @property
    def is_live(self) -> bool:
        """Whether principal is owed."""
        return self.state in LIVE

    @property
    def days_late(self) -> int:
        """Days since the oldest unpaid due date."""
        return self.standing.days_past_due if self.standing else 0

    @property
    def overdue(self) -> int:
        """All that should have been paid before today: fine, interest and principal (satang)."""
        return self.standing.due_satang if self.standing and self.days_late else 0

    @property
    def next_due_on(self) -> date | None:
        """The day on which something falls due next."""
        return self.standing.next_due_on if self.standing else None

    @property
    def next_due(self) -> int:
        """What falls due then (satang)."""
        return self.standing.next_due_satang if self.standing else 0

    @property
    def is_rescheduled(self) -> bool:
        """Whether the schedule is not the first one."""
        return bool(getattr(self.loan, "is_rescheduled", False))


@dataclass(frozen=True)
class RegisterTotals:
    """A list's sums (satang)."""

    count: int
    lent: int
    outstanding: int
    next_due: int
    overdue: int
    late: int


def loans_of(group: SavingsGroup) -> QuerySet[Loan]:
    """Every loan of a group with what tells its state beside the balance, by contract."""
    counted = Repayment.objects.filter(loan=OuterRef("pk"), entry__reversals__isnull=True)
    return (
        Loan.objects.filter(group=group)
        .select_related("group", "member", "product")
        .annotate(
            is_void=Exists(Entry.objects.filter(reverses=OuterRef("entry"))),
            is_written_off=Exists(counted.filter(kind=Repayment.Kind.WRITE_OFF)),
            is_rescheduled=Exists(ScheduleVersion.objects.filter(loan=OuterRef("pk"), version__gt=1)),
        )
        .order_by("contracted_on", "pk")
    )


def register(group: SavingsGroup, on: date, *, words: str = "", show: str = "all") -> list[RegisterRow]:
    """The loans of a group as they stand, by contract; `words`: a contract's or member's number, or a name.

    A constant number of queries.
    """
    found = loans_of(group)
    if words:
        named = people(group=group, by=PeopleFilter(q=words)).values("pk")
        found = found.filter(Q(number__icontains=words) | Q(member__in=named))
    rows = register_rows(group, found, on)
    return [row for row in rows if is_shown(row, show)]


def register_rows(group: SavingsGroup, loans: Iterable[Loan], on: date) -> list[RegisterRow]:
    """Where loans of `loans_of` stand on a day; constant queries."""
    chosen, owed = list(loans), balances(group, LOANS, on)
    live = [loan for loan in chosen if owed.get(loan.number) and loan.paid_out_on is not None]
    found = standings(group, on, loans=live)
    guarantees = _guarantees(chosen)
    rows = []
    for loan in chosen:
        outstanding, standing = owed.get(loan.number, 0), found.get(loan.pk)
        state = state_of(loan, outstanding, standing)
        rows.append(RegisterRow(loan, state, outstanding, standing, tuple(guarantees[loan.pk])))
    return rows


def state_of(loan: Loan, outstanding: int, standing: Standing | None) -> str:
    """What has become of a loan of `loans_of`."""
    if getattr(loan, "is_void", False):
        return VOID
    if loan.cancelled_on is not None:
        return CANCELLED
    if loan.paid_out_on is None:
        return WAITING
    if outstanding:
        return LATE if standing is not None and standing.days_past_due else RUNNING
    return WRITTEN_OFF if getattr(loan, "is_written_off", False) else CLOSED


def is_shown(row: RegisterRow, show: str) -> bool:
    """Whether a filter of the list lets a row through."""
    wanted = {"live": LIVE, "late": (LATE,), "waiting": (WAITING,), "closed": ENDED}
    return row.state in wanted.get(show, (row.state,))


def register_totals(rows: Sequence[RegisterRow]) -> RegisterTotals:
    """The sums of a list."""
    return RegisterTotals(
        count=len(rows),
        lent=sum(row.loan.satang for row in rows),
        outstanding=sum(row.outstanding for row in rows),
        next_due=sum(row.next_due for row in rows),
        overdue=sum(row.overdue for row in rows),
        late=sum(1 for row in rows if row.state == LATE),
    )


def _guarantees(loans: Sequence[Loan]) -> dict[int, list[Guarantee]]:
    """Who stands for each loan, in their order, without those who declined or were replaced."""
    rows = Guarantee.objects.filter(
        loan__in=[loan.pk for loan in loans], declined_at__isnull=True, released_on__isnull=True
    )
    found: dict[int, list[Guarantee]] = defaultdict(list)
    for row in rows.select_related("member").order_by("position", "pk"):
        assert row.loan_id is not None
        found[row.loan_id].append(row)
    return found
