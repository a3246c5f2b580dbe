"""Reads of savings: what is due, which months are open, balances, the passbook."""

from savings.selectors.balances import MemberBalance, balances_of_members, special_books_of
from savings.selectors.due import PledgeDue, current_pledges, last_paid_month, open_pledge_months, pledge_due
from savings.selectors.passbook import BookLine, Passbook, SavingsBook, passbook

__all__ = [
    "BookLine",
    "MemberBalance",
    "Passbook",
    "PledgeDue",
    "SavingsBook",
    "balances_of_members",
    "current_pledges",
    "last_paid_month",
    "open_pledge_months",
    "passbook",
    "pledge_due",
    "special_books_of",
]
