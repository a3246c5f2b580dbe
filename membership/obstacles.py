"""What stands in the way of leaving, and what is set off: each package names its own in the settings.

`settings.LEAVING_OBSTACLES` lists functions `(member, on, for_update) -> list[Obstacle]`; with `for_update` they are
asked behind the book's lock, and lock what could still change. `settings.LEAVING_DEBTS` lists functions
`(member, on) -> list[Debt]` whose debts are set off against the savings. So this package knows nothing above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from members.models import Member
from membership.settlement import Debt


@dataclass(frozen=True)
class Obstacle:
    """One thing that must be put in order before somebody leaves; `url` is where that is done or seen."""

    text: str
    url: str = ""
    satang: int = 0


def obstacles_of(member: Member, on: date, *, for_update: bool = False) -> list[Obstacle]:
    """Everything that stands in a member's way, in the settings' order."""
    found: list[Obstacle] = []
    for name in settings.LEAVING_OBSTACLES:
        found += import_string(name)(member, on, for_update)
    return found


def debts_of(member: Member, on: date) -> Sequence[Debt]:
    """Every debt that is set off, in the settings' order: an earlier one is paid first."""
    found: list[Debt] = []
    for name in settings.LEAVING_DEBTS:
        found += import_string(name)(member, on)
    return found
