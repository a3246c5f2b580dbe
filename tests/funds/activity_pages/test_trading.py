"""An activity begins; goods are bought, sold, received, given away and taken back on their pages."""

import pytest
from django.test import Client
from django.urls import reverse

from funds.models import Act, Activity, Good
from funds.selectors.activities import stock_of
from tests.funds.activities import (
    BANK,
    Work,
    oil,
    open_rice_bank,
)
from tests.funds.activity_pages.conftest import ON, page, second, send
from tests.village import TestVillage


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pages_open_with_nothing_there(language: str, treasurer: Client, village: TestVillage) -> None:
    for name in ("funds:activities", "funds:activity-start", "funds:money"):
        assert page(treasurer, village, name, language=language)
    assert "No activity yet" in page(treasurer, village, "funds:activities")


def test_an_activity_begins_in_the_browser_and_a_second_of_its_name_is_refused(
    treasurer: Client, village: TestVillage
) -> None:
    form = {"name": BANK, "kind": "rice_bank", "unit_book": "KR", "started_on": "1/3/2569", "keeper_number": "1"}
    assert BANK in send(treasurer, village, "funds:activity-start", **form)
    activity = Activity.objects.get()
    assert (activity.unit_book, activity.keeper.number if activity.keeper else 0) == ("KR", 1)
    assert "already" in send(treasurer, village, "funds:activity-start", **form)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_a_new_activity_opens_empty(
    language: str, treasurer: Client, shop: Work, village: TestVillage
) -> None:
    rice = open_rice_bank(village.group, village.treasurer, village.auditor, stored=0)
    for work in (shop, rice):
        for name in (
            "activity", "activity-change", "activity-goods", "good-new", "kind-loans", "activity-year", "activity-acts",
        ):  # fmt: skip
            assert page(treasurer, work, f"funds:{name}", work.activity.pk, language=language)
    assert page(treasurer, rice, "funds:activity-terms", rice.activity.pk, language=language)
    for kind in ("purchase", "sale", "count"):
        assert "Add a good" in page(treasurer, shop, "funds:act-new", shop.activity.pk, kind)
    assert "Nothing is lent" in page(treasurer, rice, "funds:act-new", rice.activity.pk, "kind_return")


def test_goods_are_bought_with_two_people_and_sold_by_one(treasurer: Client, shop: Work) -> None:
    number = shop.activity.pk
    added = send(treasurer, shop, "funds:good-new", number, name="น้ำมันพืช", unit="ขวด", price_satang="55")
    assert "55.00" in added
    good = Good.objects.get()
    asked = send(
        treasurer, shop, "funds:act-new", number, "purchase", good=good.pk, quantity="๒๐", satang="900", party="ร้านส่ง"
    )
    assert "waits for approval" in asked
    act = Act.objects.get()
    assert (act.quantity, act.satang, act.state) == (20_000, 900_00, "waiting")
    other = second(shop)
    assert "น้ำมันพืช" in page(other, shop, "funds:approvals")
    other.post(reverse("funds:act-approve", args=[shop.group.code, number, act.pk]))
    act.refresh_from_db()
    assert (act.state, act.approved_by) == ("posted", shop.ok)
    send(treasurer, shop, "funds:act-new", number, "sale", good=good.pk, quantity="1.5", satang="80", party="")
    assert stock_of([good])[good.pk].quantity == 18_500
    shown = page(treasurer, shop, "funds:activity", number)
    assert "18.5 ขวด" in shown
    assert shop.activity.name in page(treasurer, shop, "funds:money")


def test_the_one_who_asked_does_not_approve_on_the_own_device(treasurer: Client, shop: Work) -> None:
    act = shop.ask("purchase", 1_000, good=oil(shop), satang=10_00)
    answer = treasurer.post(reverse("funds:act-approve", args=[shop.group.code, shop.activity.pk, act.pk]), follow=True)
    act.refresh_from_db()
    assert act.is_waiting
    assert 'role="alert"' in answer.content.decode()


def test_what_waits_can_be_taken_back_and_what_is_posted_can_be_undone(treasurer: Client, shop: Work) -> None:
    good = oil(shop)
    first = shop.ask("purchase", 1_000, good=good, satang=10_00)
    assert "Taken back" in send(treasurer, shop, "funds:act-cancel", shop.activity.pk, first.pk)
    bought = shop.do("purchase", 2_000, good=good, satang=20_00)
    asked = send(treasurer, shop, "funds:act-undo", shop.activity.pk, bought.pk, reason="ลงผิด")
    assert "waits for approval" in asked
    undo = Act.objects.get(kind="undo")
    second(shop).post(reverse("funds:act-approve", args=[shop.group.code, shop.activity.pk, undo.pk]))
    assert stock_of([good])[good.pk].quantity == 0
    assert "Undone by" in page(treasurer, shop, "funds:act", shop.activity.pk, bought.pk)


def test_goods_are_received_and_given_away_for_nothing_on_their_pages(treasurer: Client, shop: Work) -> None:
    good = oil(shop)
    given = {"on": ON, "good": good.pk, "quantity": "10", "satang": "300", "party": "วัด"}
    assert "posted" in send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_in", **given)
    away = {"on": ON, "good": good.pk, "quantity": "2", "party": "โรงเรียน"}
    assert "reason" in str(send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_out", **away)).lower()
    assert not Act.objects.filter(kind="gift_out").exists()
    send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_out", **away, reason="วันเด็ก")
    assert Act.objects.get(kind="gift_out").is_waiting


def test_another_groups_activity_and_a_wrong_kind_are_not_found(treasurer: Client, shop: Work, rice: Work) -> None:
    code = shop.group.code
    for address in (
        reverse("funds:act-new", args=[code, shop.activity.pk, "kind_loan"]),
        reverse("funds:act-new", args=[code, shop.activity.pk, "undo"]),
        reverse("funds:act-new", args=[code, shop.activity.pk, "nothing"]),
        reverse("funds:activity-terms", args=[code, shop.activity.pk]),
        reverse("funds:activity", args=[code, 10_000]),
        reverse("funds:act", args=[code, shop.activity.pk, Act.objects.get(kind="kind_gift").pk]),
    ):
        assert treasurer.get(address).status_code == 404, address
