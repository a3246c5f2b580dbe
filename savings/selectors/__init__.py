"""Reads of savings: what is due, which months are open, balances, the passbook."""

from savings.selectors.balances import MemberBalance, balances_of_members, special_books_of
from savings.selectors.due import PledgeDue, current_pledges, last_paid_month, open_pledge_months, pledge_due
from savings.selectors.passbook import BookLine, Passbook, SavingsBook, passbook
from savings.selectors.vows import applied_pledge, first_pledge_month, possible_pledge_months, vows

__all__ = [
    "BookLine",
    "MemberBalance",
    "Passbook",
    "PledgeDue",
    "SavingsBook",
    "applied_pledge",
    "balances_of_members",
    "current_pledges",
    "first_pledge_month",
    "last_paid_month",
    "open_pledge_months",
    "passbook",
    "pledge_due",
    "possible_pledge_months",
    "special_books_of",
    "vows",
]
