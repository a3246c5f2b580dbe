"""The invariants of the books (docs/JOURNAL.md, "Verification"), checked from the rows."""

from funds.checks.activities import check_activities
from funds.checks.bank import check_bank
from funds.checks.books import (
    check_account_years,
    check_accounts,
    check_holds,
    check_openings,
    check_pools,
    check_strays,
    check_words,
)
from funds.checks.journal import check_journal
from funds.findings import Check

CHECKS: tuple[Check, ...] = (
    check_journal,
    check_strays,
    check_accounts,
    check_pools,
    check_words,
    check_openings,
    check_holds,
    check_account_years,
    check_activities,
    check_bank,
)
