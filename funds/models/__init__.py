"""The rows of the books, one module a noun."""

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

__all__ = [
    "CODE_LENGTH",
    "ENTRIES_PER_GROUP",
    "Account",
    "AccountYear",
    "Book",
    "Entry",
    "EntryDetails",
    "Hold",
    "Opening",
    "Posting",
    "entry_id",
]
