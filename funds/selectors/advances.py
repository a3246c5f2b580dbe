"""What is out: advances between the pools and advances to officers, since when, and who has to bring it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from funds import chart
from funds.models import Account, Posting
from members.models import Member, SavingsGroup

LENT = {"O1900": chart.OPERATING, "A1900": chart.ADMINISTRATIVE}
TO_OFFICERS = {"O1500": chart.OPERATING, "A1500": chart.ADMINISTRATIVE}


@dataclass(frozen=True)
class PoolDebt:
    """What one pool has lent to the other and not got back, satang > 0; `lender` is the pool's letter."""

    lender: str
    satang: int
    since: date

    @property
    def code(self) -> str:
        """The lender's account."""
        return f"{self.lender}1900"

    def days(self, on: date) -> int:
        """For how many days it has been out."""
        return (on - self.since).days


@dataclass(frozen=True)
class OfficerAdvance:
    """What an officer holds of a pool's money and has not accounted for, satang > 0."""

    pool: str
    holder: str
    name: str
    satang: int
    since: date
    days: int

    @property
    def code(self) -> str:
        """The advance's account."""
        return f"{self.pool}1500"

    @property
    def number(self) -> int:
        """The officer's member number."""
        return int(self.holder)


def pool_debts(group: SavingsGroup) -> list[PoolDebt]:
    """What the pools owe each other now; empty when nothing does. One query."""
    return [PoolDebt(LENT[code], satang, since) for (code, _), (satang, since) in _open(group, LENT).items()]


def pool_debt(group: SavingsGroup, lender: str) -> int:
    """What the other pool owes to this one, satang."""
    return next((debt.satang for debt in pool_debts(group) if debt.lender == lender), 0)


def officer_advances(group: SavingsGroup, on: date, *, words: str = "") -> list[OfficerAdvance]:
    """The open advances of a group, the oldest first; words are looked for in name and number. Two queries."""
    found = _open(group, TO_OFFICERS)
    members = Member.objects.filter(group=group, number__in={int(holder) for _, holder in found})
    names = {member.holder: member.full_name for member in members}
    advances = [
        OfficerAdvance(TO_OFFICERS[code], holder, names.get(holder, holder), satang, since, (on - since).days)
        for (code, holder), (satang, since) in found.items()
    ]
    wanted = [each for each in advances if words.lower() in f"{each.name} {each.holder}".lower()]
    return sorted(wanted, key=lambda each: (each.since, each.holder))


def advances_total(advances: Iterable[OfficerAdvance]) -> int:
    """What officers hold together, satang."""
    return sum(each.satang for each in advances)


def _open(group: SavingsGroup, codes: Iterable[str]) -> dict[tuple[str, str], tuple[int, date]]:
    """The open balances of these codes by (code, holder), each with the day since which it was never nothing.

    Put in order here: asked to do it, the database reads the whole journal in order to find these few.
    """
    accounts = Account.objects.filter(group=group, code__in=list(codes)).values("pk")
    rows = Posting.objects.filter(group=group, account__in=accounts).order_by()
    lines = rows.values_list("entry_id", "line", "account__code", "account__holder", "booked_on", "amount")
    found: dict[tuple[str, str], tuple[int, date]] = {}
    for _entry, _line, code, holder, booked_on, amount in sorted(lines):
        before, since = found.get((code, holder), (0, booked_on))
        found[code, holder] = (before + amount, since if before else booked_on)
    return {key: value for key, value in found.items() if value[0] > 0}
