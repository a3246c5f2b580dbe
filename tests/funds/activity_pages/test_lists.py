"""Lists are found, summed by unit and sent as files."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.services.activities import start_activity
from tests.funds.activities import (
    BANK,
    MARCH_6,
    SHOP,
    Work,
    oil,
)
from tests.funds.activity_pages.conftest import page


def test_lists_are_found_summed_by_unit_and_sent_as_files(treasurer: Client, shop: Work, rice: Work) -> None:
    good = oil(shop)
    shop.do("purchase", 20_000, good=good, satang=900_00)
    shop.do("sale", 1_500, good=good, satang=80_00)
    shown = page(treasurer, shop, "funds:activity-acts", shop.activity.pk)
    assert "came in 20 ขวด" in shown
    assert "went out 1.5 ขวด" in shown
    assert "Nothing found" in page(treasurer, shop, "funds:activity-acts", shop.activity.pk, query="?q=zzz")
    for name, work in (
        ("activity-acts", shop), ("activity-goods", shop), ("kind-loans", rice), ("activity-acts", rice),
    ):  # fmt: skip
        for form in ("csv", "xlsx"):
            address = reverse(f"funds:{name}", args=[work.group.code, work.activity.pk])
            assert treasurer.get(address, {"format": form}).status_code == 200
    listed = treasurer.get(reverse("funds:activities", args=[shop.group.code]), {"format": "csv"}).content.decode()
    assert SHOP in listed
    assert BANK in listed


def test_what_is_undone_counts_in_no_sum(treasurer: Client, rice: Work) -> None:
    gift = rice.do("kind_gift", 30_000, party="วัด")
    rice.undo(gift)
    assert "came in 1,000 กก." in page(treasurer, rice, "funds:activity-acts", rice.activity.pk)


def test_the_list_of_activities_asks_as_much_for_three_as_for_one(treasurer: Client, rice: Work, village: Any) -> None:
    address = reverse("funds:activities", args=[village.group.code])
    treasurer.get(address)
    with CaptureQueriesContext(connection) as one:
        treasurer.get(address)
    for name, book in (("ปุ๋ย", "KF"), ("ร้านค้า", "")):
        kind = "fertiliser" if book else "shop"
        start_activity(
            group=village.group, name=name, kind=kind, unit_book=book, started_on=MARCH_6, by=village.treasurer
        )
    with CaptureQueriesContext(connection) as three:
        treasurer.get(address)
    assert len(three) == len(one)
