"""Where loans stand as of a day: what is owed, due and late, reckoned from the schedules and what was paid.

Nothing of it is stored. The outstanding principal equals the balance of the loan's account O1300; a check compares.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from funds.selectors import balances
from loans.models import Loan, Repayment, ScheduledInstalment, ScheduleVersion
from loans.schedule import DayCount, Instalment, Method, Rhythm
from loans.standing import Brought, Paid, Plan, Standing, Terms, standing
from members.models import SavingsGroup

LOANS = "O1300"


def live_loans(group: SavingsGroup, on: date | None = None) -> QuerySet[Loan]:
    """The loans with principal owed at the end of a day (today unless told), by contract; two queries."""
    owed = [number for number, satang in balances(group, LOANS, on).items() if satang]
    return Loan.objects.filter(group=group, number__in=owed, paid_out_on__isnull=False)


def standing_of(loan: Loan, on: date | None = None) -> Standing:
    """Where one loan stands at the end of a day (today unless told). Raises ValueError for a loan not paid out."""
    found = standings(loan.group, on, loans=[loan])
    if loan.pk not in found:
        raise ValueError(f"loan {loan.pk} is not paid out")
    return found[loan.pk]


def standings(
    group: SavingsGroup,
    on: date | None = None,
    *,
    loans: Iterable[Loan] | None = None,
    without: int | None = None,
) -> dict[int, Standing]:
    """Where loans stand at the end of a day, by loan id: all live ones, or those given; a constant number of queries.

    A loan that was not yet paid out on that day has no standing. without: an entry (id) that counts no more, because it
    is about to be reversed.
    """
    day = on or timezone.localdate()
    chosen = live_loans(group, on) if loans is None else loans
    return {pk: of(day) for pk, of in histories(chosen, day, without=without).items()}


def histories(loans: Iterable[Loan], on: date, *, without: int | None = None) -> dict[int, Callable[[date], Standing]]:
    """How to tell where each loan stood on any day from its payout up to a day; three queries for all of them.

    A loan that was not yet paid out on that day is left out.
    """
    chosen = [loan for loan in loans if loan.paid_out_on is not None and loan.paid_out_on <= on]
    keys = [loan.pk for loan in chosen]
    if not keys:
        return {}
    plans, paid = _plans(keys, on), _paid(keys, on, without)
    return {loan.pk: _history(loan, plans[loan.pk], paid.get(loan.pk, ())) for loan in chosen if loan.pk in plans}


def _history(loan: Loan, plans: Sequence[Plan], paid: Sequence[Paid]) -> Callable[[date], Standing]:
    terms, brought = terms_of(loan), _brought(loan)

    def on(day: date) -> Standing:
        return standing(terms=terms, plans=plans, paid=paid, as_of=day, brought=brought)

    return on


def terms_of(loan: Loan) -> Terms:
    """The contract's arithmetic as the pure modules take it."""
    return Terms(
        monthly_rate=loan.monthly_rate,
        method=Method(loan.method),
        rhythm=Rhythm(loan.rhythm),
        day_count=DayCount(loan.day_count),
        late_rate=loan.late_rate,
    )


def _brought(loan: Loan) -> Brought | None:
    if loan.brought_on is None or loan.brought_satang is None:
        return None
    return Brought(loan.brought_on, loan.brought_satang)


def _plans(loans: list[int], on: date) -> Mapping[int, tuple[Plan, ...]]:
    """Every version of each schedule that had begun by a day; one that an undone act made does not count."""
    lines: dict[int, list[Instalment]] = defaultdict(list)
    versions = ScheduleVersion.objects.filter(loan__in=loans).filter(Q(version=1) | Q(starts_on__lte=on))
    rows = ScheduledInstalment.objects.filter(schedule__in=versions.order_by().values("pk"))
    fields = ("schedule_id", "number", "due_on", "principal_satang", "interest_satang")
    for schedule, *instalment in rows.order_by("schedule_id", "number").values_list(*fields):
        lines[schedule].append(Instalment(*instalment))
    found: dict[int, list[Plan]] = defaultdict(list)
    columns = ("pk", "loan_id", "starts_on", "satang", "carried_interest", "carried_fine")
    for pk, loan, starts_on, satang, interest, fine in versions.order_by("loan_id", "version").values_list(*columns):
        found[loan].append(Plan(starts_on, satang, tuple(lines[pk]), interest, fine))
    return {loan: tuple(plans) for loan, plans in found.items()}


def _paid(loans: list[int], on: date, without: int | None) -> dict[int, list[Paid]]:
    """What lowered each loan by a day, oldest first; an entry that was reversed does not count."""
    rows = Repayment.objects.filter(loan__in=loans, paid_on__lte=on, entry__reversals__isnull=True)
    if without is not None:
        rows = rows.exclude(entry=without)
    fields = ("loan_id", "paid_on", "principal_satang", "interest_satang", "fine_satang")
    found: dict[int, list[Paid]] = defaultdict(list)
    for loan, *paid in rows.order_by("paid_on", "entry_id").values_list(*fields):
        found[loan].append(Paid(*paid))
    return found
