"""What a check of the books reports."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from members.models import SavingsGroup


class Finding(NamedTuple):
    """One fault of a group's books: which invariant (docs/JOURNAL.md), which entry (0: none in particular)."""

    rule: str
    n: int
    text: str


Check: TypeAlias = Callable[[SavingsGroup], Iterable[tuple[str, int, str]]]
