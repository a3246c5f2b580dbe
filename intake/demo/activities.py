"""A small shop and a rice bank in one demo village: bought, sold, lent, brought back, and a loan that still waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from funds.models import Act, Activity, Good
from funds.selectors.bank import bank_choices
from funds.services.activities import add_good, set_kind_terms, start_activity
from funds.services.acts import ActInput, approve_act, do_act
from intake.demo.history import Table
from members.models import Member, Office

NAMESPACE = UUID("6f9c1a52-0d2e-4f0b-9d53-1f6a4d1b7c30")
KG = 1000
DUE_AFTER = timedelta(days=300)
GOODS = (  # name, unit, price, pieces bought, paid, pieces sold
    ("น้ำมันพืช", "ขวด", 55_00, 24, 1_080_00, 9),
    ("น้ำตาลทราย", "ถุง", 28_00, 40, 960_00, 17),
    ("ผงซักฟอก", "ถุง", 35_00, 30, 870_00, 6),
)
LENT = (120, 80, 200, 60, 150)  # kilograms, a borrower each


@dataclass
class Work:
    """One activity on the demo's day, and who does and who approves."""

    table: Table
    activity: Activity
    on: date
    bank: str
    done: int = 0

    def ask(self, kind: str, quantity: int, **given: Any) -> Act:
        """Ask for an act; its operation follows from its place, so that the demo is the same each time."""
        self.done += 1
        operation = uuid5(NAMESPACE, f"{self.table.group.code}:{self.activity.name}:{self.done}")
        if "satang" in given:
            given = {"way": "transfer", "bank": self.bank, "slip_ref": f"A{self.on:%y%m%d}{self.done:02d}", **given}
        act = ActInput(kind=kind, done_on=self.on, quantity=quantity, **given)
        return do_act(activity=self.activity, given=act, operation=operation, by=self.table.treasurer)

    def do(self, kind: str, quantity: int, **given: Any) -> Act:
        """Ask, and have the chair approve what waits."""
        act = self.ask(kind, quantity, **given)
        return approve_act(act=act, by=self.table.officers["chair"]) if act.is_waiting else act


def start_activities(table: Table, today: date) -> None:
    """Let a village keep a shop and a rice bank."""
    offices = Office.objects.filter(group=table.group, member__isnull=False).values("member")
    active = Member.objects.filter(group=table.group, status=Member.Status.ACTIVE, kind="ordinary")
    people = list(active.exclude(pk__in=offices).order_by("number")[:8])
    bank = next((holder for holder, _label in bank_choices(table.group)), "")
    _keep_shop(table, people, today, bank)
    _keep_rice_bank(table, people, today, bank)


def _start(table: Table, keeper: Member, today: date, bank: str, **given: Any) -> Work:
    activity = start_activity(group=table.group, started_on=today, by=table.treasurer, keeper=keeper, **given)
    return Work(table, activity, today, bank)


def _keep_shop(table: Table, people: list[Member], today: date, bank: str) -> None:
    shop = _start(table, people[0], today, bank, name="ร้านค้าชุมชน", kind="shop", unit_book="")
    for name, unit, price, bought, paid, sold in GOODS:
        good: Good = add_good(activity=shop.activity, name=name, unit=unit, price_satang=price)
        shop.do("purchase", bought * 1000, good=good, satang=paid, party="ร้านค้าส่งในอำเภอ")
        shop.do("sale", sold * 1000, good=good, satang=sold * price)
    name, _unit, _price, bought, _paid, sold = GOODS[0]
    shop.do("count", (bought - sold - 1) * 1000, good=shop.activity.goods.get(name=name), reason="ขวดแตก")


def _keep_rice_bank(table: Table, people: list[Member], today: date, bank: str) -> None:
    barn = _start(table, people[1], today, bank, name="ธนาคารข้าว", kind="rice_bank", unit_book="KR")
    set_kind_terms(activity=barn.activity, valid_from=today, rate=2000, limit_grams=500 * KG, by=table.treasurer)
    barn.do("kind_gift", 3_000 * KG, party="สมาชิกร่วมสมทบ")
    barn.do("kind_deposit", 400 * KG, member=people[2])
    lent = [
        barn.do("kind_loan", kilograms * KG, member=member, due_on=today + DUE_AFTER)
        for member, kilograms in zip(people[3:], LENT, strict=False)
    ]
    barn.do("kind_return", 50 * KG, loan=lent[0].made_loan)
    barn.do("kind_sale", 100 * KG, satang=1_150_00, party="โรงสีในตำบล")
    barn.ask("kind_loan", 90 * KG, member=people[2], due_on=today + DUE_AFTER)
