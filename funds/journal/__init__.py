"""The one gate into the books. Nothing else writes entries and postings; docs/JOURNAL.md is the contract.

`post_entry(group=g, kind="receipt", on=d, by=user, lines=[debit(cash, 200_00), credit(savings, 200_00)], operation=o)`
"""

from funds.journal.drafts import EntryDraft, Line, credit, debit
from funds.journal.gate import lock_book, open_book, post_entries, post_entry
from funds.journal.reversals import correct_entry, correct_prior_year, is_closed_result, reverse_entry

__all__ = [
    "EntryDraft",
    "Line",
    "correct_entry",
    "correct_prior_year",
    "credit",
    "debit",
    "is_closed_result",
    "lock_book",
    "open_book",
    "post_entries",
    "post_entry",
    "reverse_entry",
]
