"""One cell at a time: every way in which villages write amounts, dates and numbers, and nothing guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.workbook import cells
from intake.workbook.grid import Broken
from intake.workbook.problems import CellError
from thai.dates import format_date
from thai.digits import to_thai
from thai.money import MAX_SATANG, format_baht


@pytest.mark.parametrize(
    ("written", "satang"),
    [
        (Decimal(200), 200_00),
        (Decimal("24.75"), 24_75),
        (Decimal("0.1") + Decimal("0.2"), 30),
        (Decimal("264.00000000000006"), 264_00),
        ("14,850.00", 14_850_00),
        ("๖๙,๐๐๐.๐๐", 69_000_00),
        (" 1,500 บาท ", 1_500_00),
        ("฿250", 250_00),
        ("0", 0),
        (None, None),
        ("  ", None),
        ("-", None),
        ("–", None),
    ],
)
def test_an_amount_is_read_in_every_form_that_has_one_reading(written, satang):
    assert cells.read_amount(written) == satang


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1,5", "amount_unreadable"),
        ("1.234", "amount_fraction"),
        (Decimal("1.005"), "amount_fraction"),
        (Decimal(-5), "amount_negative"),
        ("-500", "amount_negative"),
        ("(500)", "amount_negative"),
        ("ขาด", "amount_unreadable"),
        ("1e3", "amount_unreadable"),
        ("๑2", "amount_unreadable"),
        (date(2025, 1, 5), "amount_unreadable"),
        (True, "amount_unreadable"),
        (Decimal("Infinity"), "amount_too_large"),
        (Decimal("NaN"), "amount_too_large"),
        (Decimal(100000000), "amount_too_large"),
        (Broken("cell_error", "#REF!"), "cell_error"),
        (Broken("cell_formula"), "cell_formula"),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_or_none_is_refused(written, code):
    with pytest.raises(CellError) as refused:
        cells.read_amount(written)
    assert refused.value.code == code


@pytest.mark.parametrize("written", [None, "", "-", "ขาด", " ขาด ", "ขาดส่ง", "x", Decimal(0)])
def test_a_missed_month_is_nothing_paid(written):
    assert cells.read_payment(written) == 0


@pytest.mark.parametrize(
    "written",
    ["05/01/2568", "5 ม.ค. 2568", "๐๕/๐๑/๒๕๖๘", "5/1/2025", "2025-01-05", "5 มกราคม 2568", "๕ ม.ค. ๒๕๖๘",
     date(2025, 1, 5), date(2568, 1, 5), Decimal(45662)],
)  # fmt: skip
def test_a_date_is_the_same_day_in_either_era_and_every_form(written):
    assert cells.read_date(written) == date(2025, 1, 5)


@pytest.mark.parametrize("written", ["31/02/2568", "5/13/2568", "2568", Decimal(2568), "เมื่อวาน", "5/1/0", True])
def test_a_date_that_is_none_is_refused(written):
    with pytest.raises(CellError):
        cells.read_date(written)


@pytest.mark.parametrize("written", [Decimal(7), Decimal("7.0"), "7", "007", "๗", " 7 "])
def test_a_member_number_is_read_with_zeros_in_front_and_in_thai_digits(written):
    assert cells.read_member_number(written) == 7


@pytest.mark.parametrize("written", [Decimal(0), Decimal("1.5"), "10000", "-1", "ส7", "7/2", date(2025, 1, 7)])
def test_what_is_no_member_number_is_refused(written):
    with pytest.raises(CellError):
        cells.read_member_number(written)


@pytest.mark.parametrize(
    ("written", "contract"),
    [("1/2567", "1/2567"), (" 1 / 2567", "1/2567"), ("๑/๒๕๖๗", "1/2567"), (date(2567, 1, 1), "1/2567"), ("ก12", "ก12")],
)
def test_a_contract_number_survives_the_spreadsheet_that_took_it_for_a_date(written, contract):
    assert cells.read_contract_number(written) == contract


def test_a_name_loses_its_stray_spaces_and_doubled_vowels():
    assert cells.read_text("  มาลี \u200b  รอด\u00a0ภัย ") == "มาลี รอด ภัย"
    assert cells.read_text("เเก้ว") == "แก้ว"
    assert cells.read_text("ทองคํา") == "ทองคำ"


def test_a_national_id_that_is_wrong_carries_no_digit_into_the_message():
    with pytest.raises(CellError) as refused:
        cells.read_national_id("1-2345-67890-12-3")
    assert refused.value.values == {}


@given(st.integers(0, MAX_SATANG))
def test_every_amount_comes_back_however_it_is_printed(satang):
    printed = format_baht(satang)
    for written in (printed, to_thai(printed), printed.replace(",", ""), f"{printed} บาท", Decimal(satang) / 100):
        assert cells.read_amount(written) == satang


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_comes_back_however_it_is_printed(on):
    for style in ("long", "short", "numeric"):
        assert cells.read_date(format_date(on, style)) == on
        assert cells.read_date(to_thai(format_date(on, style))) == on


_VALUES = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("0123456789๐๑๒๓๔๕๖๗๘๙,.-/() บาท", max_size=15),
    st.decimals(),
    st.dates(),
    st.booleans(),
    st.builds(Broken, st.just("cell_error"), st.text(max_size=8)),
)


@given(_VALUES)
def test_whatever_stands_in_a_cell_is_read_or_refused_and_never_crashes(value):
    for reader in (
        cells.read_amount, cells.read_payment, cells.read_date, cells.read_member_number, cells.read_text,
        cells.read_contract_number, cells.read_instalments, cells.read_national_id,
    ):  # fmt: skip
        try:
            found = reader(value)
        except CellError:
            continue
        if reader in (cells.read_amount, cells.read_payment):
            assert found is None or 0 <= found <= MAX_SATANG
