"""What waits for a second officer, and the cards of the money page: each package names its own in the settings.

`settings.APPROVALS` lists functions `(group, user) -> list[Waiting]`; `settings.MONEY_CARDS` lists pairs of a template
and a function `(group, on) -> data`, which the template sees as `card`; `settings.CASH_RULES` lists functions
`(group, on)` that raise a DomainError when cash may not move beside the meeting. So this package knows nothing above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from members.models import SavingsGroup, User


@dataclass(frozen=True)
class Waiting:
    """One thing that a second officer has to approve; `url` is its own page, where it is approved."""

    title: str
    satang: int
    to: str
    asked_by: User
    asked_at: datetime
    url: str
    text: str = ""

    def is_own_of(self, user: User) -> bool:
        """Whether this officer asked, and so cannot approve."""
        return self.asked_by.pk == user.pk


@dataclass(frozen=True)
class Card:
    """A card of the money page."""

    template: str
    data: Any


def waiting_in(group: SavingsGroup, user: User) -> list[Waiting]:
    """Everything of a group that waits for a second officer, the oldest first."""
    found: list[Waiting] = []
    for name in settings.APPROVALS:
        found += import_string(name)(group, user)
    return sorted(found, key=lambda each: each.asked_at)


def cards_of(group: SavingsGroup, on: date) -> Sequence[Card]:
    """The cards of the money page, in the settings' order."""
    return [Card(template, import_string(name)(group, on)) for template, name in settings.MONEY_CARDS]


def require_free_cash(group: SavingsGroup, on: date) -> None:
    """Refuse cash that must go through a meeting. Raises what the rule's package raises."""
    for name in settings.CASH_RULES:
        import_string(name)(group, on)
