"""How much dividend and rebate nobody has fetched yet, whichever year it is of."""

from dataclasses import dataclass

from funds.selectors import balances
from members.models import SavingsGroup
from shareout.share_out_postings import PAYABLE


@dataclass(frozen=True)
class Unfetched:
    """How many members have something to fetch, and how much together (satang)."""

    count: int
    satang: int


def unfetched(group: SavingsGroup) -> Unfetched:
    """What stands payable to members; one query."""
    owed = [-satang for satang in balances(group, PAYABLE).values() if satang < 0]
    return Unfetched(len(owed), sum(owed))
