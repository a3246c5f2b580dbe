"""The result of the year, receipts and slips."""

from django.test import Client
from django.urls import reverse

from funds.act_paper import in_kind_slip, year_paper
from funds.selectors.activities import barn_of, stock_of
from funds.selectors.activity_year import year_result, years_of
from reports.papers.slips import slip_of
from reports.selectors.entry_words import details_in_words
from tests.funds.activities import (
    NEXT_JANUARY,
    Work,
    give_cash,
    oil,
    posted,
)
from tests.funds.activity_pages.conftest import page
from tests.village import TestVillage


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
