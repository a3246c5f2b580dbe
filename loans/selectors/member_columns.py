"""What the register's files say of each member's loans."""

from collections import defaultdict

from django.utils.translation import gettext as _

from loans.models import Loan
from loans.selectors.standings import standings
from members.columns import Columns
from members.models import SavingsGroup
from papers.tables import Cell, Money


def loan_columns(group: SavingsGroup) -> Columns:
    """Principal outstanding, what is overdue of principal, interest and late charge, and days overdue; by member."""
    stood = standings(group)
    borrowers = dict(Loan.objects.filter(pk__in=stood).order_by().values_list("pk", "member_id"))
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pk, each in stood.items():
        row = sums[borrowers[pk]]
        row[0] += each.outstanding
        if each.days_past_due:
            row[1] += each.overdue_principal + each.interest_owed + each.fine_owed
            row[2] = max(row[2], each.days_past_due)
    cells: dict[int, list[Cell]] = {
        member: [Money(outstanding), Money(overdue), days] for member, (outstanding, overdue, days) in sums.items()
    }
    heads = [_("Principal owed"), _("Loans in arrears"), _("Days overdue")]
    return Columns(heads, cells, [Money(0), Money(0), 0])
