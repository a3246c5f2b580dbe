"""The kinds of journal entries, and what each may or must have.

The triggers are written from this table, so that a kind has one definition. A kind from paper carries the prefix
`paper_` and keeps every rule of its kind, except that nobody need have approved it.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

PAPER = "paper_"
FORM = re.compile(r"[a-z_]{1,24}")
LONGEST = 24 - len(PAPER)


class Lines(Enum):
    """Whether an entry of a kind has postings."""

    REQUIRED = "two or more"
    NONE = "none"
    OPTIONAL = "none, or two or more"

    def allow(self, count: int) -> bool:
        """Whether an entry may have so many."""
        if self is Lines.REQUIRED:
            return count >= 2
        return count == 0 if self is Lines.NONE else count != 1


@dataclass(frozen=True)
class Kind:
    """One kind of entry."""

    name: str
    label: Any
    lines: Lines = Lines.REQUIRED
    two_people: bool = False  # besides every entry in which a cash or bank account falls
    reversible: bool = True
    between_pools: bool = False
    locks: bool = False  # sets locked_through to its own date
    declares: bool = False  # sets declared_through to its own date


def _decision(name: str, label: Any, *, two_people: bool = False) -> Kind:
    return Kind(name, label, lines=Lines.NONE, reversible=False, two_people=two_people)


KINDS = (
    Kind("receipt", _("Receipt")),
    Kind("withdrawal", _("Withdrawal"), two_people=True),
    Kind("expense", _("Expense"), two_people=True),
    Kind("income", _("Income")),
    Kind("subsidy", _("Subsidy")),
    Kind("donation", _("Donation")),
    Kind("subsidy_return", _("Returnable subsidy given back"), two_people=True),
    Kind("bank_loan", _("Loan that the group takes")),
    Kind("bank_loan_payment", _("Instalment of the group's bank loan"), two_people=True),
    Kind("officer_advance", _("Advance to an officer"), two_people=True),
    Kind("advance_settled", _("Settlement of an advance"), two_people=True),
    Kind("bank_fetch", _("Fetched from the bank"), two_people=True),
    Kind("bank_carry", _("Carried to the bank"), two_people=True),
    Kind("bank_transfer", _("Moved to another bank account"), two_people=True),
    Kind("cash_over", _("Cash over"), two_people=True),
    Kind("cash_short", _("Cash short"), two_people=True),
    Kind("meeting_close", _("Close of a meeting"), lines=Lines.NONE, two_people=True, reversible=False, declares=True),
    Kind(
        "opening",
        _("Opening balances"),
        lines=Lines.OPTIONAL,
        two_people=True,
        reversible=False,
        between_pools=True,
        locks=True,
        declares=True,
    ),
    Kind("loan_disbursement", _("Loan paid out"), two_people=True),
    _decision("loan_reschedule", _("New schedule of a loan"), two_people=True),
    Kind("loan_set_off", _("Loan set off against savings"), two_people=True),
    Kind("loan_write_off", _("Loan written off"), two_people=True),
    Kind("loan_recovery", _("Recovered from a loan written off")),
    Kind("loan_allowance", _("Allowance for loans"), two_people=True),
    Kind("special_interest", _("Interest on special savings"), two_people=True),
    Kind("resignation", _("Settlement of a leaver"), lines=Lines.OPTIONAL, two_people=True),
    Kind("reversal", _("Reversal"), two_people=True, reversible=False),
    Kind("prior_year", _("Correction of a closed year"), two_people=True),
    Kind(
        "year_close",
        _("Close of the account year"),
        lines=Lines.OPTIONAL,
        two_people=True,
        reversible=False,
        locks=True,
    ),
    Kind("allotment", _("Allotment of the profit"), two_people=True, between_pools=True),
    Kind("share_payment", _("Dividend and rebate paid"), two_people=True),
    Kind("pool_advance", _("Advance between the pools"), two_people=True, between_pools=True),
    _decision("bank_reconciled", _("Bank book and ledger compared"), two_people=True),
    Kind("activity_purchase", _("Goods bought for an activity"), two_people=True),
    Kind("activity_sale", _("Goods of an activity sold")),
    Kind("activity_gift", _("Goods given to an activity")),
    Kind("activity_given", _("Goods of an activity given away"), lines=Lines.OPTIONAL, two_people=True),
    Kind("activity_count", _("Count of an activity's goods"), lines=Lines.OPTIONAL, two_people=True, reversible=False),
    Kind("in_kind_deposit", _("Received in kind")),
    Kind("in_kind_withdrawal", _("Deposit in kind given back"), two_people=True),
    Kind("in_kind_loan", _("Loan in kind"), two_people=True),
    Kind("in_kind_return", _("Loan in kind brought back")),
    Kind("in_kind_purchase", _("Bought for the barn"), two_people=True),
    Kind("in_kind_sale", _("Sold from the barn"), two_people=True),
    Kind("in_kind_loss", _("Loss of stock in kind"), two_people=True),
    Kind("in_kind_count", _("Count of the barn"), lines=Lines.OPTIONAL, two_people=True, reversible=False),
    _decision("group_founding", _("Founding of the group")),
    _decision("slip_issue", _("Slip handed out")),
    _decision("slip_use", _("Slip used")),
    _decision("slip_reissue", _("Slip handed out again")),
    _decision("erasure", _("Details erased"), two_people=True),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def is_from_paper(name: str) -> bool:
    """Whether an entry of this kind was taken over from a paper book."""
    return name.startswith(PAPER)


def plain(name: str) -> str:
    """The kind's name without the mark of paper."""
    return name.removeprefix(PAPER)


@lru_cache(maxsize=256)
def kind_of(name: str) -> Kind:
    """The kind of a name, with or without the mark of paper; LookupError if there is none."""
    if not is_kind(name):
        raise LookupError(name)
    return BY_NAME[plain(name)]


def names_where(**wanted: Any) -> tuple[str, ...]:
    """The plain names of the kinds whose attributes have the wanted values."""
    return tuple(kind.name for kind in KINDS if all(getattr(kind, key) == value for key, value in wanted.items()))


def is_kind(name: str) -> bool:
    """Whether there is such a kind."""
    return plain(name) in BY_NAME and FORM.fullmatch(name) is not None
