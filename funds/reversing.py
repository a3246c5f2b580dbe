"""What other packages say to a reversal. Every path that reverses an entry passes here (funds/journal/reversals.py).

`settings.REVERSAL_RULES` lists functions `(entry, on) -> None` that raise a DomainError when the entry may not be
reversed on that day: what was built on it must be undone first. `settings.REVERSAL_FOLLOWERS` lists functions
`(entry, reversal, by) -> None`, called in the transaction that posts the reversal, with the reversing entry (of kind
`reversal` or `prior_year`): they undo what the packages above keep beside the ledger. Both are called behind the book's
lock, once for each reversal: the same operation sent again finds the entry and calls nobody. `settings.REVERSAL_PAGES`
lists functions `(entry) -> OwnPage | None`: where an entry is put right that has a page of its own for it, such as a
receipt of a meeting. So this package knows nothing above.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from funds.journal.drafts import Person
from funds.models import Entry


@dataclass(frozen=True)
class OwnPage:
    """The page on which an entry is put right, and what it is called."""

    url: str
    label: Any


def own_page(entry: Entry) -> OwnPage | None:
    """Where else an entry is put right; None where the common page does it."""
    for name in settings.REVERSAL_PAGES:
        found: OwnPage | None = import_string(name)(entry)
        if found is not None:
            return found
    return None


def require_reversible(entry: Entry, on: date) -> None:
    """Ask every package whether the entry may be reversed on a day. Raises what the refusing package raises."""
    for name in settings.REVERSAL_RULES:
        import_string(name)(entry, on)


def follow_reversal(entry: Entry, reversal: Entry, by: Person) -> None:
    """Let every package undo what it keeps beside the ledger."""
    for name in settings.REVERSAL_FOLLOWERS:
        import_string(name)(entry, reversal, by)
