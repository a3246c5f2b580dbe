"""Reads of savings: what is due, which months are open, balances, the passbook."""

from savings.selectors.balances import MemberBalance, balances_of_members, special_books_of
from savings.selectors.due import PledgeDue, current_pledges, last_paid_month, open_pledge_months, pledge_due
from savings.selectors.months import (
    FineState,
    MemberMonths,
    MonthFine,
    fines_of_months,
    fines_total,
    members_months,
    months_total,
)
from savings.selectors.passbook import BookLine, Passbook, SavingsBook, passbook
from savings.selectors.register import Mark, Register, RegisterRow, register, register_years, totals_of
from savings.selectors.vows import applied_pledge, first_pledge_month, possible_pledge_months, vows

__all__ = [
    "BookLine",
    "FineState",
    "Mark",
    "MemberBalance",
    "MemberMonths",
    "MonthFine",
    "Passbook",
    "PledgeDue",
    "Register",
    "RegisterRow",
    "SavingsBook",
    "applied_pledge",
    "balances_of_members",
    "current_pledges",
    "fines_of_months",
    "fines_total",
    "first_pledge_month",
    "last_paid_month",
    "members_months",
    "months_total",
    "open_pledge_months",
    "passbook",
    "pledge_due",
    "possible_pledge_months",
    "register",
    "register_years",
    "special_books_of",
    "totals_of",
    "vows",
]
