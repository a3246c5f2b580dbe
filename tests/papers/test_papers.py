"""Papers are typeset in Thai with the vendored fonts, one page where one is enough, never from what a person typed."""

import time
from dataclasses import replace
from datetime import date

import pytest
import typst
from fontTools.ttLib import TTFont

from papers.minutes import CashCountPaper, MinutesPaper, PoolTotals, minutes_pdf, minutes_png
from papers.money_slips import PaperLine
from papers.passbook import LINES_A_PAGE, PassbookPaper, PassbookPaperLine, passbook_pdf, passbook_png
from papers.receipt import ReceiptPaper, receipts_data, receipts_pdf, receipts_png
from papers.seal import Seal, code_blocks
from papers.sign_sheet import SignLine, SignSheetPaper, sign_sheet_pdf, sign_sheet_png
from papers.slips import ActivationPaper, activation_slips, activation_slips_png
from papers.typst import PAPERS, render_pdf
from papers.voucher import VoucherPaper, vouchers_data, vouchers_pdf, vouchers_png

CODE = "376451895733938100859054224529"
SEAL = Seal(2486, CODE, f"https://satcha.example/c/nong-ruang-khao/2486/{CODE}")
JANUARY_5 = date(2026, 1, 5)

RECEIPT = ReceiptPaper(
    group="กลุ่มออมทรัพย์เพื่อการผลิต บ้านหนองรวงข้าว",
    place="หมู่ที่ 3 ตำบลทุ่งสัจจา อำเภอนาเจริญ",
    on=JANUARY_5,
    payer="นางปราณี นาคำ",
    member_number="6",
    occasion="ประชุมครั้งที่ 1/2569",
    lines=(
        PaperLine("เงินสัจจะ เดือนธันวาคม 2568 (ส่งช้า)", 100_00),
        PaperLine("เงินสัจจะ เดือนมกราคม 2569", 100_00),
        PaperLine("ค่าปรับ", 20_25),
    ),
    balances=(PaperLine("เงินสัจจะสะสม", 11_700_00),),
    receiver="นางสมพร อินทร์แก้ว",
    seal=SEAL,
)
VOUCHER = VoucherPaper(
    group=RECEIPT.group,
    place=RECEIPT.place,
    on=JANUARY_5,
    payee=RECEIPT.payer,
    lines=(PaperLine("ถอนเงินสัจจะสะสมพิเศษ", 5_000_00),),
    requested_by="นางสมพร อินทร์แก้ว",
    approved_by="นายวิชัย ทองดี",
    seal=SEAL,
)


def test_the_sum_of_a_receipt_is_computed_in_figures_and_words():
    slip = receipts_data([RECEIPT])["slips"][0]
    assert slip["sum"] == {"text": "", "baht": "220", "satang": "25"}
    assert slip["words"] == "สองร้อยยี่สิบบาทยี่สิบห้าสตางค์"
    assert [(row["baht"], row["satang"]) for row in slip["lines"]] == [("100", "00"), ("100", "00"), ("20", "25")]


def test_a_receipt_shows_its_number_date_code_and_balance_after():
    slip = receipts_data([RECEIPT])["slips"][0]
    assert (slip["number"], slip["on"], slip["person"]) == ("2486", "5\u00a0มกราคม\u00a02569", "นางปราณี นาคำ")
    assert slip["seal"]["blocks"] == ["37645", "18957", "33938", "10085", "90542", "24529"]
    assert slip["balances"] == [{"text": "เงินสัจจะสะสม", "amount": "11,700.00"}]


def test_a_voided_paper_names_both_numbers():
    receipt = receipts_data([replace(RECEIPT, voided_by=2501)])["slips"][0]
    voucher = vouchers_data([replace(VOUCHER, voided_by=2502)])["slips"][0]
    assert receipt["void"] == "ใบเสร็จเลขที่ 2486 ยกเลิกแล้ว โดยรายการหักล้างเลขที่ 2501"
    assert voucher["void"] == "ใบสำคัญจ่ายเลขที่ 2486 ยกเลิกแล้ว โดยรายการหักล้างเลขที่ 2502"
    assert receipts_data([RECEIPT])["slips"][0]["void"] == ""


def test_the_void_mark_is_printed_over_the_page():
    assert receipts_png([replace(RECEIPT, voided_by=2501)]) != receipts_png([RECEIPT])


def test_a_receipt_is_one_page_up_to_ten_lines_and_never_loses_one():
    ten = replace(RECEIPT, lines=tuple(PaperLine(f"เงินสัจจะ เดือนที่ {n}", 100_00) for n in range(10)))
    thirty = replace(RECEIPT, lines=tuple(PaperLine(f"เงินสัจจะ เดือนที่ {n}", 100_00) for n in range(30)))
    assert len(receipts_png([ten])) == 1
    assert len(receipts_png([thirty])) > 1


def test_ten_lines_the_longest_names_and_three_balances_fit_one_page():
    name = "นางสาวประภาพรรณวดี ศรีสุวรรณภูมิพิทักษ์ไพศาลสกุล ณ อยุธยา"
    amounts = tuple(PaperLine(f"เงินสัจจะ เดือนที่ {n}", 9_999_999_99) for n in range(10))
    full = replace(RECEIPT, payer=name, receiver=name, lines=amounts, balances=amounts[:3])
    voucher = replace(VOUCHER, payee=name, requested_by=name, approved_by=name, lines=amounts)
    assert [len(receipts_png([full])), len(vouchers_png([voucher]))] == [1, 1]


def test_each_receipt_has_its_own_page_in_the_given_order():
    assert len(receipts_png([RECEIPT, replace(RECEIPT, voided_by=1), RECEIPT])) == 3


def test_the_same_data_give_the_same_file():
    assert receipts_pdf([RECEIPT]) == receipts_pdf([RECEIPT])


def test_what_a_person_typed_is_never_read_as_markup():
    nasty = '#panic("x") *b* $1$ \\ "quote" @ref <label> #import "/etc/passwd" `raw` // \u202e'
    pdf = receipts_pdf([replace(RECEIPT, payer=nasty, group=nasty, lines=(PaperLine(nasty, 1_00),))])
    assert pdf.startswith(b"%PDF-")


def test_two_hundred_receipts_are_printed_in_a_moment():
    papers = [replace(RECEIPT, seal=replace(SEAL, number=n, url=f"{SEAL.url}{n}")) for n in range(200)]
    receipts_pdf([RECEIPT])
    started = time.process_time()  # not the clock: other tests run beside this one
    pdf = receipts_pdf(papers)
    assert time.process_time() - started < 5
    assert len(pdf) < 2_500_000


def test_every_paper_is_a_pdf_of_the_expected_number_of_pages():
    lines = [PassbookPaperLine(JANUARY_5, "เงินสัจจะ ม.ค.", 100_00, 0, 100_00 * n) for n in range(1, LINES_A_PAGE * 2)]
    book = PassbookPaper(RECEIPT.group, RECEIPT.payer, "6", lines, JANUARY_5, seal=SEAL, brought_forward_on=JANUARY_5)
    slips = [
        ActivationPaper(
            "กลุ่ม", "หมู่ 3", "นาย ก", "0001", "ban-1", "K7M2-QX4T", "https://satcha.example/a/x", JANUARY_5, "มาลี"
        )
    ] * 5
    count = CashCountPaper(((1000_00, 3), (25, 2)), expected=3_020_50, counted_by="วิชัย", reason="ทอนผิด")
    pools = [PoolTotals("เงินทุนดำเนินการ", [PaperLine("เงินสัจจะ", 3_000_50)], PaperLine("เงินสดในมือ", 3_000_50))] * 2
    minutes = MinutesPaper(
        "กลุ่ม", "หมู่ 3", "1/2569", JANUARY_5, "ศาลา", [("มาประชุม", "8 คน")], pools, count, [("ก", "เหรัญญิก")] * 3, SEAL
    )
    names = SignSheetPaper("กลุ่ม", "ลงชื่อ", "1/2569", JANUARY_5, [SignLine(str(n), "ชื่อ", n) for n in range(60)], "รับ")
    for pdf, pages, expected in (
        (vouchers_pdf([VOUCHER]), vouchers_png([VOUCHER]), 1),
        (passbook_pdf(book), passbook_png(book), 2),
        (activation_slips(slips), activation_slips_png(slips), 2),
        (minutes_pdf(minutes), minutes_png(minutes), 1),
        (sign_sheet_pdf(names), sign_sheet_png(names), 3),  # 21 to a page, each summed
    ):
        assert pdf.startswith(b"%PDF-")
        assert len(pages) == expected


def test_minutes_of_a_meeting_without_a_count_are_printed():
    minutes = MinutesPaper("กลุ่ม", "หมู่ 3", "1/2569", JANUARY_5, "ศาลา", [], [], None, [("", "เหรัญญิก")] * 3, SEAL)
    assert len(minutes_png(minutes)) == 1


def test_an_empty_passbook_is_a_page():
    assert len(passbook_png(PassbookPaper("กลุ่ม", "นาย ก", "1", [], JANUARY_5))) == 1


def test_an_unknown_paper_is_a_mistake_of_the_program():
    with pytest.raises((typst.TypstError, RuntimeError)):
        render_pdf("no_such_paper", {})


def test_a_code_has_thirty_digits():
    assert code_blocks("37645 18957 33938 10085 90542 24529") == ["37645", "18957", "33938", "10085", "90542", "24529"]
    for wrong in ("1" * 29, "1" * 31, "x" * 30, "๑" * 30):
        with pytest.raises(ValueError, match="30 digits"):
            code_blocks(wrong)


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold"])
def test_the_fonts_have_the_letters_of_both_scripts_under_two_names(style):
    latin = TTFont(PAPERS / "fonts" / f"SarabunLatin-{style}.ttf")
    thai = TTFont(PAPERS / "fonts" / f"SarabunThai-{style}.ttf")
    assert {ord(char) for char in "0123456789,.–−·/()“”"} <= set(latin.getBestCmap())
    assert set(range(0x0E01, 0x0E3B)) | set(range(0x0E3F, 0x0E5C)) <= set(thai.getBestCmap())
    assert latin["name"].getDebugName(16) == "Sarabun Latin"
    assert thai["name"].getDebugName(16) == "Sarabun Thai"
    assert latin["OS/2"].usWeightClass == thai["OS/2"].usWeightClass


def test_figures_have_the_same_width_so_that_columns_stand():
    font = TTFont(PAPERS / "fonts" / "SarabunLatin-Regular.ttf")
    names = font.getBestCmap()
    assert len({font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1
