"""Amounts are read strictly, never guessed, and printed the way they were meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thai.digits import to_thai, to_western
from thai.money import (
    MAX_SATANG,
    AmountError,
    AmountProblem,
    baht_in_words,
    format_baht,
    parse_baht,
)

amounts = st.integers(min_value=1, max_value=MAX_SATANG)


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("100", 100_00),
        ("1,500", 1_500_00),
        ("1500.5", 1_500_50),
        ("0.25", 25),
        ("๑,๕๐๐.๒๕", 1_500_25),
        (" 20\u00a0", 20_00),
        ("99,999,999.99", MAX_SATANG),
    ],
)
def test_a_clear_amount_is_read(typed, satang):
    assert parse_baht(typed) == satang


UNREADABLE = [
    "1,5", "15,00", "1,50,000", ",500", "1,,500", "1e3", "1E3", "0x10", "1_000", "1 000", "1.5.0", ".5", "5.", "007",
    "+5", "--5", "1-", "฿100", "100 บาท", "๑00", "1๐0", "١٠٠", "１００", "½", "²", "NaN", "inf", "Infinity", "true",
    "หนึ่งร้อย",
    "1;5", "1'000", "=1+1", "100\n200", "100\x00", "1.5e1", "ขาด", "-", "–", "\u200b100", "1\u2009000", "(100)",
]  # fmt: skip


@pytest.mark.parametrize("typed", UNREADABLE)
def test_what_cannot_be_read_in_one_way_is_refused(typed):
    with pytest.raises(AmountError) as refused:
        parse_baht(typed)
    assert refused.value.problem is AmountProblem.UNREADABLE
    assert refused.value.typed == typed.strip()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", AmountProblem.EMPTY),
        (" \u00a0", AmountProblem.EMPTY),
        ("0", AmountProblem.ZERO),
        ("0.00", AmountProblem.ZERO),
        ("๐", AmountProblem.ZERO),
        ("-5", AmountProblem.NEGATIVE),
        ("\u22125.50", AmountProblem.NEGATIVE),
        ("1.555", AmountProblem.FRACTION),
        ("0.001", AmountProblem.FRACTION),
        ("100,000,000", AmountProblem.TOO_LARGE),
        ("9" * 5000, AmountProblem.TOO_LARGE),
    ],
)
def test_each_refusal_names_its_reason(typed, problem):
    with pytest.raises(AmountError) as refused:
        parse_baht(typed)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1,5", (1_500_00, 1_50)),
        ("12,34", (12_340_00, 12_34)),
        ("1.500", (1_500_00, 1_50)),
        ("1,50,000", (150_000_00,)),
        ("1e3", ()),
    ],
)
def test_a_refusal_offers_the_readings_that_were_perhaps_meant(typed, readings):
    with pytest.raises(AmountError) as refused:
        parse_baht(typed)
    assert refused.value.readings == readings


def test_zero_is_taken_only_where_it_is_allowed():
    assert parse_baht("0", allow_zero=True) == 0
    with pytest.raises(AmountError):
        parse_baht("-0", allow_zero=True)


def test_limits_of_a_field_are_kept_to_the_satang():
    assert parse_baht("50.00", minimum=50_00, maximum=1_000_00) == 50_00
    with pytest.raises(AmountError) as low:
        parse_baht("49.99", minimum=50_00)
    with pytest.raises(AmountError) as high:
        parse_baht("1,000.01", maximum=1_000_00)
    assert (low.value.problem, low.value.limit) == (AmountProblem.TOO_SMALL, 50_00)
    assert (high.value.problem, high.value.limit) == (AmountProblem.TOO_LARGE, 1_000_00)


@given(amounts)
def test_what_is_printed_is_read_back(satang):
    printed = format_baht(satang)
    assert parse_baht(printed) == satang
    assert parse_baht(to_thai(printed)) == satang
    assert parse_baht(printed.replace(",", "")) == satang


@given(st.text(max_size=30))
def test_any_text_is_read_exactly_or_refused(typed):
    try:
        satang = parse_baht(typed)
    except AmountError:
        return
    assert 0 < satang <= MAX_SATANG


@given(st.from_regex(r"[0-9๐-๙,. \-]{1,16}", fullmatch=True))
def test_a_taken_amount_has_the_digits_that_were_typed(typed):
    try:
        satang = parse_baht(typed)
    except AmountError:
        return
    assert Decimal(to_western(typed).strip().replace(",", "")) * 100 == satang


def test_figures_are_grouped_and_signed():
    assert format_baht(1_234_56) == "1,234.56"
    assert format_baht(-20_00) == "\u221220.00"
    assert format_baht(260_00, signed=True) == "+260.00"
    assert format_baht(0, signed=True) == "0.00"
    assert format_baht(100_00, satang_shown=False) == "100"
    assert format_baht(100_50, satang_shown=False) == "100.50"


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"),
        (1_01, "หนึ่งบาทหนึ่งสตางค์"),
        (11_11, "สิบเอ็ดบาทสิบเอ็ดสตางค์"),
        (20_00, "ยี่สิบบาทถ้วน"),
        (21_21, "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        (100_00, "หนึ่งร้อยบาทถ้วน"),
        (101_00, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (2_930_00, "สองพันเก้าร้อยสามสิบบาทถ้วน"),
        (1_000_001_00, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (21_000_021_00, "ยี่สิบเอ็ดล้านยี่สิบเอ็ดบาทถ้วน"),
    ],
)
def test_an_amount_is_said_in_words(satang, words):
    assert baht_in_words(satang) == words


DIGIT_WORDS = ["", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
PLACE_WORDS = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]


def spelled(number: int) -> str:
    """Spell a number below a million million by the school rule, apart from the library that the program uses."""
    if number >= 1_000_000:
        rest = number % 1_000_000
        return spelled(number // 1_000_000) + "ล้าน" + ("เอ็ด" if rest == 1 else spelled(rest))
    words = ""
    for place, digit in reversed(list(enumerate(int(char) for char in reversed(str(number))))):
        if digit == 0:
            continue
        if place == 1:
            words += {1: "", 2: "ยี่"}.get(digit, DIGIT_WORDS[digit]) + "สิบ"
        elif place == 0 and digit == 1 and number > 10:
            words += "เอ็ด"
        else:
            words += DIGIT_WORDS[digit] + PLACE_WORDS[place]
    return words


@given(amounts)
def test_words_agree_with_the_school_rule(satang):
    baht, rest = divmod(satang, 100)
    expected = (spelled(baht) + "บาท" if baht else "") + (spelled(rest) + "สตางค์" if rest else "ถ้วน")
    assert baht_in_words(satang) == expected


def test_words_exist_in_english_too():
    assert baht_in_words(2_930_25, "en") == "two thousand, nine hundred and thirty baht and twenty-five satang"
    assert baht_in_words(0, "en") == "zero baht"


def test_a_negative_amount_has_no_words():
    with pytest.raises(ValueError, match="never negative"):
        baht_in_words(-1)
