"""What must hold of the loans besides the journal itself; the command that verifies the books runs these."""

from loans.checks.acts import check_acts
from loans.checks.books import check_outstanding, check_repayments, check_schedules
from loans.checks.payouts import check_contracts, check_payouts
from loans.checks.security import check_cover, check_holds, check_limits

CHECKS = (
    check_limits,
    check_cover,
    check_holds,
    check_contracts,
    check_payouts,
    check_repayments,
    check_schedules,
    check_outstanding,
    check_acts,
)
