"""The slip of a deposit by PromptPay: one page in both sizes, the account name in print, the warning where due."""

from dataclasses import replace

import pytest

from papers.deposit_slip import SIZES, DepositPaper, _data, deposit_slip_pdf, deposit_slip_png
from papers.promptpay import promptpay_text
from papers.qr import qr_png

PAPER = DepositPaper(
    group="กลุ่มออมทรัพย์เพื่อการผลิต บ้านหนองรวงข้าว",
    place="หมู่ที่ 3 ตำบลทุ่งสัจจา อำเภอนาเจริญ",
    bank="ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร",
    account_name="นางสมพร อินทร์แก้ว และนายสมชาย ใจดีมีสุขเสมอ เพื่อกลุ่มออมทรัพย์",
    account_number="012-3-45678-9",
    promptpay="081-234-5678",
    text=promptpay_text("0812345678", 1_234_50),
    is_private=True,
    satang=1_234_50,
    member="นางปราณี นาคำ",
    member_number="5",
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("paper", [PAPER, replace(PAPER, is_private=False, satang=None, member="", member_number="")])
def test_the_slip_is_one_page(size, paper):
    assert len(deposit_slip_png(paper, size=size)) == 1
    assert deposit_slip_pdf(paper, size=size).startswith(b"%PDF")


def test_the_slip_says_the_amount_in_figures_and_words():
    data = _data(PAPER, "a5")
    assert data["amount"] == "1,234.50"
    assert data["words"] == "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"
    assert data["is-private"] is True


def test_a_size_that_is_not_known_is_the_small_one():
    assert _data(PAPER, "a0")["size"] == "a5"


def test_the_code_is_a_picture_too():
    assert qr_png(PAPER.text).startswith(b"\x89PNG")
