"""Rows of savings, one module a noun."""

from savings.models.deposits import Deposit, Way
from savings.models.interest import InterestLine, InterestRun
from savings.models.pledges import PledgeMonth, PledgePeriod
from savings.models.special import BookMove, ProductTerms, SpecialBook, SpecialProduct
from savings.models.withdrawals import Withdrawal

__all__ = [
    "BookMove",
    "Deposit",
    "InterestLine",
    "InterestRun",
    "PledgeMonth",
    "PledgePeriod",
    "ProductTerms",
    "SpecialBook",
    "SpecialProduct",
    "Way",
    "Withdrawal",
]
