"""What is late and at risk in many groups at once, for whoever reads a whole district. Satang."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from funds.models import Posting
from loans.arrears import PAR_DAYS
from loans.models import Loan
from loans.selectors.allowance import rescheduled
from loans.selectors.standings import LOANS, histories


@dataclass(slots=True)
class Risk:
    """The live loans of one group: how many are late, and how much PAR30 counts of the principal still out."""

    late: int = 0
    at_risk: int = 0


def risk_by_group(groups: Iterable[int], on: date) -> dict[int, Risk]:
    """How many loans of each group are late on a day and what of them is at risk; six queries for all the groups.

    At risk is the principal outstanding of loans more than 30 days late or with a new schedule, as PAR30 counts it.
    """
    rows = Posting.objects.filter(group_id__in=list(groups), account__code=LOANS, booked_on__lte=on)
    owed = rows.order_by().values_list("group_id", "account__holder").annotate(satang=Sum("amount"))
    live = {(group, number) for group, number, satang in owed if satang}
    lent = Loan.objects.filter(group_id__in={group for group, _number in live}, paid_out_on__isnull=False)
    loans = {loan.pk: loan for loan in lent if (loan.group_id, loan.number) in live}
    told, again = histories(loans.values(), on), rescheduled(loans)
    found: dict[int, Risk] = defaultdict(Risk)
    for pk, history in told.items():
        row, each = found[loans[pk].group_id], history(on)
        row.late += each.days_past_due > 0
        row.at_risk += each.outstanding if each.days_past_due > PAR_DAYS or pk in again else 0
    return found
