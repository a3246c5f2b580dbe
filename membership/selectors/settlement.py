"""The settlement of a member as the books stand: the same figures on the page, in the request and at the posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, Sum

from funds.chart import head_of
from funds.models import Posting
from members.group_settings import setting
from members.models import Member
from membership.obstacles import debts_of
from membership.selectors.loans import last_repaid_on
from membership.settlement import Owed, Settlement, posting_lines, settle
from savings.models import SpecialBook
from savings.selectors.to_the_day import interest_to_the_day

PLEDGE, SPECIAL, DIVIDEND, INTEREST = "O2100", "O2200", "O2400", "O5200"
SETTLED_CODES = (PLEDGE, SPECIAL, DIVIDEND)
CASH, BANK = "O1100", "O1200"


@dataclass(frozen=True)
class Line:
    """One line of the computed settlement as it is read; `satang` is signed: paid to the member > 0, set off < 0."""

    code: str
    holder: str
    satang: int
    is_interest: bool = False
    contract: str = ""

    @property
    def name(self) -> Any:
        """What the account is called."""
        return head_of(self.code).name


@dataclass(frozen=True)
class Plan:
    """What a member who leaves on a day gets; `last_entry_on`: the accounts have entries up to that day."""

    on: date
    settlement: Settlement
    with_interest: bool
    last_entry_on: date | None

    @property
    def lines(self) -> list[Line]:
        """Owed, with its interest below, then what is set off."""
        found = []
        for owed in self.settlement.owed:
            if owed.satang:
                found.append(Line(owed.code, owed.holder, owed.satang))
            if owed.interest:
                found.append(Line(INTEREST, owed.holder, owed.interest, is_interest=True))
        return found + [
            Line(each.debt.code, each.debt.holder or each.debt.contract, -each.satang, contract=each.debt.contract)
            for each in self.settlement.set_off
        ]

    def postings(self, parts: Sequence[tuple[tuple[str, str], int]]) -> list[tuple[str, str, int]]:
        """The lines of the entry, each part paid out of its own place."""
        return posting_lines(self.settlement, interest_code=INTEREST, parts=parts)


def plan_settlement(member: Member, on: date) -> Plan:
    """Compute what a member gets who leaves on a day. Constant queries beside those of each special book."""
    group = member.group
    books = list(SpecialBook.objects.filter(member=member).select_related("product__group", "group").order_by("pk"))
    accounts = Q(account__code__in=[PLEDGE, DIVIDEND], account__holder=member.holder) | Q(
        account__code=SPECIAL, account__holder__in=[book.number for book in books]
    )
    rows = Posting.objects.filter(accounts, group=group).order_by()
    sums = {
        (code, holder): -amount
        for code, holder, amount in rows.values_list("account__code", "account__holder").annotate(total=Sum("amount"))
    }
    with_interest = bool(setting(group, "leaver_interest", on))
    owed = [Owed(PLEDGE, member.holder, sums.get((PLEDGE, member.holder), 0))]
    for book in books:
        earned = interest_to_the_day(book, on).satang if with_interest else 0
        owed.append(Owed(SPECIAL, book.number, sums.get((SPECIAL, book.number), 0), earned))
    owed.append(Owed(DIVIDEND, member.holder, sums.get((DIVIDEND, member.holder), 0)))
    days = (rows.aggregate(last=Max("booked_on"))["last"], last_repaid_on(member, on))
    last = max((day for day in days if day is not None), default=None)
    return Plan(on, settle(owed, debts_of(member, on)), with_interest, last)
