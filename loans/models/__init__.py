"""The rows of the loans, one module a noun."""

from loans.models.applications import CommitteeVote, Decision, DecisionProposal, LoanApplication
from loans.models.loans import Disbursement, Guarantee, Loan, ScheduledInstalment, ScheduleVersion
from loans.models.products import Arithmetic, LoanProduct, LoanTerms
from loans.models.repayments import Letter, LoanAct, LoanReceipt, Repayment

__all__ = [
    "Arithmetic",
    "CommitteeVote",
    "Decision",
    "DecisionProposal",
    "Disbursement",
    "Guarantee",
    "Letter",
    "Loan",
    "LoanAct",
    "LoanApplication",
    "LoanProduct",
    "LoanReceipt",
    "LoanTerms",
    "Repayment",
    "ScheduleVersion",
    "ScheduledInstalment",
]
