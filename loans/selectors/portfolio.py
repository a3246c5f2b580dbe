"""All loans of a group at a glance: what is out, what falls due this month and came in, what is at risk. Satang."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Sum

from loans.arrears import Aged, par30
from loans.demand import Stage
from loans.models import Loan, LoanApplication, Repayment
from loans.selectors.allowance import Allowance, allowance, rescheduled
from loans.selectors.letters import Notice, notices
from loans.selectors.standings import histories, live_loans, standings
from loans.standing import Standing
from members.models import SavingsGroup
from thai.months import add_months, month_of

ASKING = ("submitted", "ready", "approved")


@dataclass(frozen=True)
class Month:
    """What falls due in the month of a day, and what was received in it, up to the day."""

    due: int
    received: int
    principal: int
    interest: int
    fine: int


@dataclass(frozen=True)
class Portfolio:
    """The live loans as of a day."""

    on: date
    loans: tuple[Loan, ...]
    standings: dict[int, Standing]
    rescheduled: frozenset[int]
    month: Month
    allowance: Allowance
    notices: tuple[Notice, ...]

    @property
    def outstanding(self) -> int:
        """The principal still out."""
        return sum(each.outstanding for each in self.standings.values())

    @property
    def borrowers(self) -> int:
        """How many members have borrowed it."""
        return len({loan.member_id for loan in self.loans})

    @property
    def late(self) -> list[Standing]:
        """The standings with something overdue."""
        return [each for each in self.standings.values() if each.days_past_due]

    @property
    def overdue(self) -> int:
        """Principal, interest and late charge overdue on them."""
        return sum(each.overdue_principal + each.interest_owed + each.fine_owed for each in self.late)

    @property
    def par30(self) -> Fraction | None:
        """Portfolio at risk; None where nothing is out."""
        return par30(
            Aged(each.outstanding, each.days_past_due, pk in self.rescheduled) for pk, each in self.standings.items()
        )

    @property
    def at_risk(self) -> int:
        """The outstanding principal that PAR30 counts."""
        share = self.par30
        return int(share * self.outstanding) if share is not None else 0


def portfolio(group: SavingsGroup, on: date) -> Portfolio:
    """The live loans as of a day; a constant number of queries."""
    live = list(live_loans(group, on).select_related("member"))
    keys = {loan.pk for loan in live}
    first = month_of(on)
    paid = Repayment.objects.filter(group=group, paid_on__range=(first, on), entry__reversals__isnull=True)
    came = paid.filter(kind__in=[Repayment.Kind.PAYMENT, Repayment.Kind.GUARANTOR])
    closed = Loan.objects.filter(pk__in=paid.order_by().values("loan")).exclude(pk__in=keys)
    told = histories([*live, *closed], on)
    stood = {pk: history(on) for pk, history in told.items()}
    mine = {pk: each for pk, each in stood.items() if pk in keys}
    sums = came.aggregate(
        principal=Sum("principal_satang", default=0),
        interest=Sum("interest_satang", default=0),
        fine=Sum("fine_satang", default=0),
    )
    last = add_months(first, 1) - timedelta(days=1)
    due = sum(row.total for each in stood.values() for row in each.instalments if first <= row.due_on <= last)
    return Portfolio(
        on=on,
        loans=tuple(live),
        standings=mine,
        rescheduled=rescheduled(keys),
        month=Month(due=due, received=sum(sums.values()), **sums),
        allowance=allowance(group, on, found=mine),
        notices=tuple(notices(group, on, loans=live)),
    )


def applications_under_way(group: SavingsGroup) -> dict[str, int]:
    """How many applications wait for guarantors, for the committee, for a contract; one query."""
    rows = LoanApplication.objects.filter(group=group, status__in=ASKING).order_by().values_list("status", flat=True)
    found = list(rows)
    return {status: found.count(status) for status in ASKING}


def notices_by_stage(found: tuple[Notice, ...]) -> dict[str, int]:
    """How many notices stand at each stage."""
    stages = [each.stage for each in found]
    return {stage.value: stages.count(stage) for stage in Stage}


def money_card(group: SavingsGroup, on: date) -> dict[str, int]:
    """What the money page says of the loans."""
    stood = standings(group, on).values()
    late = [each for each in stood if each.days_past_due]
    return {
        "loans": len(stood),
        "outstanding": sum(each.outstanding for each in stood),
        "late": len(late),
        "overdue": sum(each.overdue_principal + each.interest_owed + each.fine_owed for each in late),
    }
