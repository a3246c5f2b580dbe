"""A shop and a rice bank of the village, and the shortest way to do something there."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.models import Act, Activity, Entry, Good
from funds.selectors import balances
from funds.services.activities import add_good, set_kind_terms, start_activity
from funds.services.acts import ActInput, approve_act, do_act
from members.models import Member, SavingsGroup, User

MARCH_1, MARCH_5, MARCH_6 = date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 6)
NEXT_JANUARY = date(2027, 1, 31)
SHOP, BANK = "ร้านค้าชุมชน", "ธนาคารข้าว"


@dataclass
class Work:
    """One activity and the officers who do and approve."""

    activity: Activity
    by: User
    ok: User

    @property
    def group(self) -> SavingsGroup:
        return self.activity.group

    def ask(self, kind: str, quantity: int, **given: Any) -> Act:
        how = {"operation": uuid4(), "by": self.by, **{k: given.pop(k) for k in ("operation", "by") if k in given}}
        if kind in ("purchase", "sale", "kind_purchase", "kind_sale"):
            given = {"way": "cash", "party": "ร้านค้าส่ง", **given}
        given = {"done_on": MARCH_5, **given}
        return do_act(activity=self.activity, given=ActInput(kind=kind, quantity=quantity, **given), **how)

    def do(self, kind: str, quantity: int, **given: Any) -> Act:
        act = self.ask(kind, quantity, **given)
        return approve_act(act=act, by=self.ok) if act.is_waiting else act

    def undo(self, act: Act, reason: str = "ลงผิด") -> Act:
        return self.do("undo", act.quantity, undoes=act, reason=reason)

    def lend(self, member: Member, grams: int, **given: Any) -> Act:
        return self.do("kind_loan", grams, member=member, **{"due_on": NEXT_JANUARY, **given})

    def raw(self, code: str) -> dict[str, int]:
        return {holder: amount for holder, amount in balances(self.group, code).items() if amount}

    def total(self, code: str) -> int:
        return sum(self.raw(code).values())


def give_cash(group: SavingsGroup, satang: int, by: User) -> None:
    """Put money into the box: a donation."""
    lines = [debit(account_for(group, "O1100"), satang), credit(account_for(group, "O3300"), satang)]
    post_entry(group=group, kind="donation", on=MARCH_1, by=by, lines=lines, operation=uuid4())


def open_shop(group: SavingsGroup, by: User, ok: User, cash: int = 10_000_00) -> Work:
    """A shop with money to buy from."""
    if cash:
        give_cash(group, cash, by)
    activity = start_activity(group=group, name=SHOP, kind="shop", unit_book="", started_on=MARCH_1, by=by)
    return Work(activity, by, ok)


def open_rice_bank(
    group: SavingsGroup, by: User, ok: User, stored: int = 1_000_000, limit: int = 500_000, rate: int = 2000
) -> Work:
    """A rice bank with paddy of its own in the barn: 12 kg come back for 10."""
    activity = start_activity(group=group, name=BANK, kind="rice_bank", unit_book="KR", started_on=MARCH_1, by=by)
    set_kind_terms(activity=activity, valid_from=MARCH_1, rate=rate, limit_grams=limit, by=by)
    work = Work(activity, by, ok)
    if stored:
        work.do("kind_gift", stored, party="ผู้บริจาค")
    return work


def oil(work: Work, **fields: Any) -> Good:
    """Something to sell."""
    return add_good(activity=work.activity, name="น้ำมันพืช", unit="ขวด", **fields)


def posted(act: Act) -> Entry:
    """The entry that an act became."""
    assert act.entry is not None
    return act.entry
