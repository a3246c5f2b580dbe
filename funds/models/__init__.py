"""The rows of the books, one module a noun."""

from funds.models.activities import Act, Activity, Good, KindLoan, KindTerms
from funds.models.bank import BankAccount, BankAccountChange, BankMove
from funds.models.bankbook import (
    BankLine,
    BankMatch,
    BankPage,
    EarlierPosting,
    MatchedLine,
    MatchedPosting,
    Reconciliation,
)
from funds.models.journal import (
    CODE_LENGTH,
    ENTRIES_PER_GROUP,
    Account,
    AccountYear,
    Book,
    Entry,
    EntryDetails,
    Hold,
    Opening,
    Posting,
    entry_id,
)
from funds.models.money import BankLoan, BankLoanInstalment, MoneyIn, Voucher, VoucherLine, Way
from funds.models.photos import Photo
from funds.models.reversals import ReversalRequest

__all__ = [
    "CODE_LENGTH",
    "ENTRIES_PER_GROUP",
    "Account",
    "AccountYear",
    "Act",
    "Activity",
    "BankAccount",
    "BankAccountChange",
    "BankLine",
    "BankLoan",
    "BankLoanInstalment",
    "BankMatch",
    "BankMove",
    "BankPage",
    "Book",
    "EarlierPosting",
    "Entry",
    "EntryDetails",
    "Good",
    "Hold",
    "KindLoan",
    "KindTerms",
    "MatchedLine",
    "MatchedPosting",
    "MoneyIn",
    "Opening",
    "Photo",
    "Posting",
    "Reconciliation",
    "ReversalRequest",
    "Voucher",
    "VoucherLine",
    "Way",
    "entry_id",
]
