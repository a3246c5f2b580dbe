"""The demo's shop and rice bank: quick, the same each time, books whole."""

import time
import uuid
from datetime import date

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.models import Act
from funds.selectors.activities import activities_of, barn_of, loan_rows, stock_list
from intake.demo.activities import LENT, NAMESPACE, start_activities
from intake.demo.history import Table
from reports.verification import damage_of
from tests.village import TestVillage

TODAY = date(2026, 3, 5)


def table_of(village: TestVillage) -> Table:
    bank, gift = account_for(village.group, "O1200", "012-3"), account_for(village.group, "O3300")
    lines = [debit(bank, 9_000_00), credit(gift, 9_000_00)]
    how = {"group": village.group, "kind": "donation", "on": TODAY, "by": village.treasurer}
    post_entry(lines=lines, operation=uuid.uuid4(), **how)  # type: ignore[arg-type]
    return Table(village.group, {"treasurer": village.treasurer, "chair": village.chair})


def test_the_demo_keeps_a_shop_and_a_rice_bank_whose_books_are_whole(village: TestVillage) -> None:
    table = table_of(village)
    began = time.process_time()
    start_activities(table, TODAY)
    assert time.process_time() - began < 1
    shop, barn = sorted(activities_of(village.group), key=lambda each: bool(each.unit_book))
    assert [row.quantity for row in stock_list(shop)] == [23_000, 14_000, 24_000]
    assert int(barn_of(barn).deposits) == 400_000
    assert len(loan_rows(barn, open_only=True)) == min(len(LENT), len(loan_rows(barn)))
    assert Act.objects.filter(state="waiting").count() == 1
    assert list(damage_of(village.group)) == []


def test_the_demo_of_the_activities_is_the_same_each_time(village: TestVillage) -> None:
    start_activities(table_of(village), TODAY)
    shop = [uuid.uuid5(NAMESPACE, f"{village.group.code}:ร้านค้าชุมชน:{place}") for place in range(1, 8)]
    assert list(Act.objects.filter(activity__kind="shop").order_by("id").values_list("operation", flat=True)) == shop
