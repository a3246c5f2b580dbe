"""Balances of savings: sums of postings, signed so that savings read as positive."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from funds import selectors as books
from members.models import Member, SavingsGroup
from savings.models import SpecialBook

PLEDGE_SAVINGS = "O2100"
SPECIAL_SAVINGS = "O2200"


@dataclass(frozen=True, slots=True)
class MemberBalance:
    """A member's savings in satang: pledge savings, and all books of special savings together."""

    pledge: int = 0
    special: int = 0


def balances_of_members(group: SavingsGroup, as_of: date | None = None) -> dict[str, MemberBalance]:
    """The savings of every member who has any, by holder (`0005`). The books' credit is shown as positive."""
    pledge = books.balances(group, PLEDGE_SAVINGS, as_of=as_of)
    special: defaultdict[str, int] = defaultdict(int)
    for holder, satang in books.balances(group, SPECIAL_SAVINGS, as_of=as_of).items():
        special[holder.split("-", 1)[0]] -= satang
    found = {
        holder: MemberBalance(pledge=-pledge.get(holder, 0), special=special.get(holder, 0))
        for holder in sorted({*pledge, *special})
    }
    return {holder: balance for holder, balance in found.items() if balance != MemberBalance()}


def special_books_of(group: SavingsGroup, members: Iterable[Member | int]) -> dict[int, str]:
    """The number of each member's first book of special savings, by member id; those without one are left out.

    members: themselves, or their ids.
    """
    found: dict[int, str] = {}
    rows = SpecialBook.objects.filter(group=group, member__in=list(members)).order_by("pk")
    for member_id, number in rows.values_list("member_id", "number"):
        found.setdefault(member_id, number)
    return found
