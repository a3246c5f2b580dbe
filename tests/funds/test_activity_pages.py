"""The pages of the activities: what an officer reads, types and gets back, over HTTP."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.act_paper import in_kind_slip, year_paper
from funds.models import Act, Activity, Good, KindLoan
from funds.selectors.activities import barn_of, loan_row, stock_of
from funds.selectors.activity_year import year_result, years_of
from funds.services.activities import start_activity
from reports.papers.slips import slip_of
from reports.selectors.entry_words import details_in_words
from tests.funds.activities import (
    BANK,
    MARCH_6,
    NEXT_JANUARY,
    SHOP,
    Work,
    give_cash,
    oil,
    open_rice_bank,
    open_shop,
    posted,
)
from tests.village import TestVillage

ON = "5/3/2569"


@pytest.fixture
def shop(village: TestVillage) -> Work:
    return open_shop(village.group, village.treasurer, village.auditor)


@pytest.fixture
def rice(village: TestVillage) -> Work:
    return open_rice_bank(village.group, village.treasurer, village.auditor)


@pytest.fixture
def treasurer(client: Client, village: TestVillage) -> Client:
    client.force_login(village.treasurer)
    return client


def read(response: Any) -> str:
    """What stands on a page: no tags of letters, so that an amount is in one piece."""
    spaced = response.content.decode().replace('<span class="money__unit">', " ")
    plain = re.sub(r"</?span[^>]*>", "", spaced)
    return plain.replace("\u2060", "").replace("\u00a0", " ")


def page(client: Client, work: Work | TestVillage, name: str, *args: Any, query: str = "", language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(reverse(name, args=[work.group.code, *args]) + query)
    assert response.status_code == 200, name
    return read(response)


def send(client: Client, work: Work | TestVillage, address: str, *args: Any, **data: Any) -> str:
    client.cookies["django_language"] = "en"
    data = {"operation": str(uuid.uuid4()), "on": ON, "way": "cash", **data}
    response = client.post(reverse(address, args=[work.group.code, *args]), data, follow=True)
    assert response.status_code == 200
    return read(response)


def second(work: Work) -> Client:
    other = Client()
    other.force_login(work.ok)
    return other


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


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(treasurer: Client, rice: Work) -> None:
    answer = send(
        treasurer, rice, "funds:act-new", rice.activity.pk, "kind_loan", member_number="4", quantity="500.5",
        due_on="31/1/2570",
    )  # fmt: skip
    assert "One member may owe 500 kg" in answer
    assert "500.5" in answer
    unreadable = send(treasurer, rice, "funds:act-new", rice.activity.pk, "kind_gift", quantity="1,5", party="วัด")
    assert "1,5" in unreadable
    assert Act.objects.filter(kind__in=["kind_loan"]).count() == 0


def test_paddy_is_lent_in_kilograms_and_what_comes_back_is_interest_first(
    treasurer: Client, rice: Work, village: TestVillage
) -> None:
    number, member = rice.activity.pk, village.member("Prani")
    send(
        treasurer, rice, "funds:act-new", number, "kind_loan", member_number=member.number, quantity="100",
        due_on="31/1/2570",
    )  # fmt: skip
    act = Act.objects.get(kind="kind_loan")
    second(rice).post(reverse("funds:act-approve", args=[rice.group.code, number, act.pk]))
    loan = KindLoan.objects.get()
    assert (loan.grams, loan.interest_grams) == (100_000, 20_000)
    assert "120 kg" in page(treasurer, rice, "funds:kind-loans", number)
    send(treasurer, rice, "funds:act-new", number, "kind_return", loan=loan.pk, quantity="50")
    row = loan_row(rice.activity, loan)
    assert (int(row.interest), int(row.principal)) == (0, 70_000)
    assert int(barn_of(rice.activity).stored) == 950_000
    assert "70 kg" in page(treasurer, rice, "funds:activity", number)


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


def test_loans_in_kind_stand_by_borrower_and_the_late_ones_say_so(
    treasurer: Client, rice: Work, village: TestVillage
) -> None:
    first, last = sorted((village.member(name) for name in ("Somchai", "Prani")), key=lambda each: each.number)
    rice.lend(first, 10_000)
    rice.lend(last, 10_000, due_on=MARCH_6)
    shown = page(treasurer, rice, "funds:kind-loans", rice.activity.pk)
    assert shown.index(first.full_name) < shown.index(last.full_name)
    assert "24 kg" in shown
    assert "late: 1" in page(treasurer, rice, "funds:kind-loans", rice.activity.pk)
    assert first.full_name not in page(treasurer, rice, "funds:kind-loans", rice.activity.pk, query=f"?q={last.number}")


def test_terms_are_typed_as_what_comes_back_for_ten_kilograms(treasurer: Client, rice: Work) -> None:
    form = {"valid_from": "1/4/2569", "per_ten": "11.5", "limit_grams": "300"}
    assert "11.5 kg" in send(treasurer, rice, "funds:activity-terms", rice.activity.pk, **form)
    newest = rice.activity.terms.order_by("-valid_from").first()
    assert newest is not None
    assert (newest.rate, newest.limit_grams) == (1500, 300_000)
    assert "from 10 to 20" in send(
        treasurer, rice, "funds:activity-terms", rice.activity.pk, **(form | {"per_ten": "9"})
    )


def test_an_activity_with_goods_does_not_end(treasurer: Client, rice: Work) -> None:
    answer = send(treasurer, rice, "funds:activity-change", rice.activity.pk, ended_on="1/5/2569")
    assert "still has goods" in answer
    rice.activity.refresh_from_db()
    assert rice.activity.ended_on is None


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


def test_the_years_result_is_income_less_the_cost_of_what_was_sold(treasurer: Client, shop: Work) -> None:
    good = oil(shop)
    shop.do("purchase", 20_000, good=good, satang=900_00)
    shop.do("sale", 8_000, good=good, satang=440_00)
    wrong = shop.do("sale", 1_000, good=good, satang=55_00)
    shop.undo(wrong)
    shop.do("count", 11_000, good=good, reason="แตก 1 ขวด")
    result = year_result(shop.activity, years_of(shop.activity)[0])
    assert (result.earned, result.spent, result.result) == (440_00, 405_00, 35_00)
    assert (result.goods.before, result.goods.after) == (0, stock_of([good])[good.pk].satang)
    bought = sum(flow.amount for flow in result.goods.moves if flow.kind == "activity_purchase")
    assert result.earned - bought + result.goods.after - result.goods.before == result.result
    assert "35" in page(treasurer, shop, "funds:activity-year", shop.activity.pk)
    address = reverse("funds:activity-year-paper", args=[shop.group.code, shop.activity.pk])
    assert treasurer.get(address).content.startswith(b"%PDF")


def test_a_rice_banks_year_is_read_in_kilograms_too(treasurer: Client, rice: Work, village: TestVillage) -> None:
    loan = rice.lend(village.member("Prani"), 100_000).made_loan
    rice.do("kind_return", 50_000, loan=loan)
    rice.do("kind_loss", 5_000, reason="หนู")
    result = year_result(rice.activity, years_of(rice.activity)[0])
    assert (int(result.interest), int(result.lost), int(result.in_kind)) == (20_000, 5_000, 15_000)
    assert result.barn is not None
    assert result.own is not None
    assert int(result.barn.after) == int(barn_of(rice.activity).stored)
    assert (int(result.own[0]), int(result.own[1])) == (0, 1_015_000)
    paper = year_paper(result)
    assert any("945" in row for part in paper.parts for row in part.total)


def test_a_sales_receipt_says_what_was_paid_and_not_what_it_had_cost(shop: Work) -> None:
    good = oil(shop)
    voucher = slip_of(shop.group, posted(shop.do("purchase", 20_000, good=good, satang=900_00)))
    receipt = slip_of(shop.group, posted(shop.do("sale", 1_000, good=good, satang=55_00, party="นางสาวดี")))
    assert voucher is not None
    assert receipt is not None
    assert (voucher.comes_in, voucher.total) == (False, 900_00)
    assert (receipt.comes_in, receipt.total, len(receipt.lines)) == (True, 55_00, 1)
    assert receipt.person == "นางสาวดี"


def test_paddy_with_a_price_prints_a_money_slip_and_paddy_alone_none(rice: Work, village: TestVillage) -> None:
    give_cash(village.group, 5_000_00, village.treasurer)
    bought = slip_of(rice.group, posted(rice.do("kind_purchase", 100_000, satang=1_000_00)))
    sold = slip_of(rice.group, posted(rice.do("kind_sale", 10_000, satang=120_00)))
    assert bought is not None
    assert sold is not None
    assert (bought.total, sold.total) == (1_000_00, 120_00)
    gift = rice.do("kind_gift", 10_000, party="วัด")
    assert slip_of(rice.group, posted(gift)) is None
    assert slip_of(rice.group, posted(rice.undo(gift))) is None


def test_the_slip_in_kind_is_signed_by_the_borrower_and_says_what_comes_back(
    treasurer: Client, rice: Work, village: TestVillage
) -> None:
    member = village.member("Prani")
    lent = rice.lend(member, 100_000)
    back = rice.do("kind_return", 50_000, loan=lent.made_loan)
    paper = in_kind_slip(lent)
    assert ("รวมที่ต้องส่งคืน", "120 กก.") in paper.rows
    assert (member.full_name, "ผู้ยืม") in paper.signatures
    assert "31 มกราคม 2570" in paper.promise.replace("\u00a0", " ")
    assert in_kind_slip(back).rows[-1] == ("คงเหลือที่ต้องส่งคืน", "70 กก.")
    rice.undo(back)
    assert in_kind_slip(back).void
    for act in (lent, back):
        answer = treasurer.get(reverse("funds:act-slip", args=[rice.group.code, rice.activity.pk, act.pk]))
        assert answer.content.startswith(b"%PDF")
    loss = rice.do("kind_loss", 1_000, reason="หนู")
    missing = treasurer.get(reverse("funds:act-slip", args=[rice.group.code, rice.activity.pk, loss.pk]))
    assert missing.status_code == 404


def test_the_journal_has_a_word_for_everything_that_an_act_says(rice: Work, village: TestVillage) -> None:
    lent = rice.lend(village.member("Prani"), 100_000, due_on=NEXT_JANUARY)
    counted = rice.do("kind_count", 899_000, reason="หนู")
    for act in (lent, counted):
        names = [name for name, _said in details_in_words(posted(act))]
        assert not {"activity", "interest", "difference", "due", "loan", "slip"} & set(names)


def test_goods_are_received_and_given_away_for_nothing_on_their_pages(treasurer: Client, shop: Work) -> None:
    good = oil(shop)
    given = {"on": ON, "good": good.pk, "quantity": "10", "satang": "300", "party": "วัด"}
    assert "posted" in send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_in", **given)
    away = {"on": ON, "good": good.pk, "quantity": "2", "party": "โรงเรียน"}
    assert "reason" in str(send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_out", **away)).lower()
    assert not Act.objects.filter(kind="gift_out").exists()
    send(treasurer, shop, "funds:act-new", shop.activity.pk, "gift_out", **away, reason="วันเด็ก")
    assert Act.objects.get(kind="gift_out").is_waiting


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
